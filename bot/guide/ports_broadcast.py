"""What broadcasts need of the world, as protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.guide.broadcast import Audience, Broadcast, Fate, State, Steps, Tally
from bot.guide.screen import Screen


class Broadcasts(Protocol):
    """Remembers broadcasts, and who is to get them. Times are aware.

    Who gets one is fixed when it is confirmed. From then on each person's message is waiting, in flight, or has its
    :data:`~bot.guide.broadcast.Fate`. In flight is written before anything is sent, and nothing that was ever in flight
    waits again unless it was surely not sent: so nobody gets a message twice.
    """

    async def keep_draft(self, draft: Broadcast) -> None:
        """Keep the draft, in place of any other draft of the same admin. One that was confirmed stays as it is."""

    async def draft(self, admin: int) -> Broadcast | None:
        """The draft that this admin works on."""

    async def drop_draft(self, admin: int) -> None:
        """Forget it."""

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        """The broadcast with this id."""

    async def audience_size(self, audience: Audience, steps: Steps, now: datetime) -> int:
        """How many people it has now."""

    async def audience_languages(self) -> Mapping[str, int]:
        """How many people who are not gone have each language, by its primary subtag in lower case; most first."""

    async def confirm(
        self, draft: Broadcast, steps: Steps, now: datetime, message: int | None = None
    ) -> bool:
        """Make a broadcast of exactly this draft, and fix who gets it, in one transaction.

        False, and nothing is changed, if the draft was changed, confirmed or dropped meanwhile.
        """

    async def under_way(self) -> Sequence[Broadcast]:
        """All that are confirmed and have not ended, in the order in which they were confirmed."""

    async def steer(self, broadcast_id: int, state: State) -> None:
        """Turn it ``on``, ``paused`` or ``cancelled``, if it is under way and not cancelled already."""

    async def show_on(self, broadcast_id: int, message: int | None) -> None:
        """From now on this message shows how far it is; ``None``: nothing does."""

    async def tally(self, broadcast_id: int) -> Tally:
        """How far it is; all zero for one that is not known."""

    async def take(self, broadcast_id: int, most: int) -> Sequence[int]:
        """Up to ``most`` people whose message waits; it is in flight from now on. Nobody unless it is ``on``.

        Whoever is known to be gone by now is left out, and theirs is blocked.
        """

    async def put_back(self, broadcast_id: int, people: Collection[int]) -> None:
        """These people's messages were surely not sent: they wait again."""

    async def land(
        self, broadcast_id: int, fates: Mapping[int, Fate], gone: Collection[int], now: datetime
    ) -> None:
        """Keep what became of messages in flight, or unknown; and which of these people are gone. All at once."""

    async def lose_flights(self) -> None:
        """Of whatever is in flight it is unknown what became of it: who sent it is dead."""

    async def end(self, broadcast_id: int, now: datetime) -> None:
        """It is over: keep its tally, and forget its words."""

    async def purge_broadcasts(self, drafts_before: datetime) -> None:
        """Forget drafts that were last changed before that, and who got what has ended."""


class Teller(Protocol):
    """Puts into words how far a broadcast is."""

    def progress(self, broadcast: Broadcast, tally: Tally, *, queued: bool) -> Screen:
        """How far it is, with buttons to steer it while it has not ended. ``queued``: another one goes first."""

    def report(self, broadcast: Broadcast, tally: Tally) -> Screen:
        """What came of it, at the end."""

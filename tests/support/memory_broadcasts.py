"""Broadcasts in memory: the port that the tests' store keeps beside all the others."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.guide.broadcast import Audience, Broadcast, Fate, State, Steps, Tally
from bot.guide.journey import DONE, SKIPPED, STEP
from bot.guide.person import Person


class MemoryBroadcasts:
    """The port :class:`bot.guide.ports_broadcast.Broadcasts`. ``broadcast_error`` breaks it."""

    people: dict[int, Person]

    def __init__(self) -> None:
        self.broadcasts: dict[int, Broadcast] = {}
        self.recipients: dict[int, dict[int, str]] = {}
        self.results: dict[int, Tally] = {}
        self.broadcast_error: Exception | None = None

    async def keep_draft(self, draft: Broadcast) -> None:
        await self._asked()
        known = self.broadcasts.get(draft.id)
        if known is None or (known.state == "draft" and known.admin == draft.admin):
            self._forget_draft(draft.admin)
            self.broadcasts[draft.id] = replace(draft, at=draft.at.replace(microsecond=0))

    async def draft(self, admin: int) -> Broadcast | None:
        await self._asked()
        drafts = (each for each in self.broadcasts.values() if each.state == "draft")
        return next((each for each in drafts if each.admin == admin), None)

    async def drop_draft(self, admin: int) -> None:
        await self._asked()
        self._forget_draft(admin)

    def _forget_draft(self, admin: int) -> None:
        kept = self.broadcasts.items()
        self.broadcasts = {
            number: each for number, each in kept if each.state != "draft" or each.admin != admin
        }

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        await self._asked()
        return self.broadcasts.get(broadcast_id)

    async def audience_size(self, audience: Audience, steps: Steps, now: datetime) -> int:
        await self._asked()
        return len(self._chosen(audience, steps, now))

    async def audience_languages(self) -> Mapping[str, int]:
        await self._asked()
        found = Counter(_tag(each) for each in self.people.values() if each.language and not each.gone)
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    async def confirm(
        self, draft: Broadcast, steps: Steps, now: datetime, message: int | None = None
    ) -> bool:
        await self._asked()
        known = self.broadcasts.get(draft.id)
        if known is None or known.state != "draft" or known.post is None:
            return False
        if (known.admin, known.revision) != (draft.admin, draft.revision):
            return False
        del self.broadcasts[draft.id]
        at = now.replace(microsecond=0)
        # At the end: they stand in the order in which they were confirmed.
        self.broadcasts[draft.id] = replace(known, state="on", at=at, message=message)
        self.recipients[draft.id] = dict.fromkeys(self._chosen(draft.audience, steps, now), "waiting")
        return True

    async def under_way(self) -> Sequence[Broadcast]:
        await self._asked()
        return [each for each in self.broadcasts.values() if each.state != "draft" and not each.ended]

    async def steer(self, broadcast_id: int, state: State) -> None:
        await self._asked()
        known = self.broadcasts.get(broadcast_id)
        if known and known.state in ("on", "paused") and not known.ended:
            self.broadcasts[broadcast_id] = replace(known, state=state)

    async def show_on(self, broadcast_id: int, message: int | None) -> None:
        await self._asked()
        if known := self.broadcasts.get(broadcast_id):
            self.broadcasts[broadcast_id] = replace(known, message=message)

    async def tally(self, broadcast_id: int) -> Tally:
        await self._asked()
        return self.results.get(broadcast_id) or self._tally(broadcast_id)

    def _tally(self, broadcast_id: int) -> Tally:
        counts = Counter(state for person, state in self._known(broadcast_id).items())
        return Tally(
            counts["waiting"],
            counts["flight"],
            counts["sent"],
            counts["failed"],
            counts["blocked"],
            counts["unknown"],
        )

    def _known(self, broadcast_id: int) -> dict[int, str]:
        """Those who were not erased meanwhile."""
        rows = self.recipients.get(broadcast_id, {})
        self.recipients[broadcast_id] = {
            person: state for person, state in rows.items() if person in self.people
        }
        return self.recipients[broadcast_id]

    async def take(self, broadcast_id: int, most: int) -> Sequence[int]:
        await self._asked()
        known, rows = self.broadcasts.get(broadcast_id), self._known(broadcast_id)
        if known is None or known.state != "on":
            return []
        waiting = sorted(person for person, state in rows.items() if state == "waiting")
        for first in range(0, len(waiting), most):
            seen = waiting[first : first + most]
            rows.update({person: "blocked" if self.people[person].gone else "flight" for person in seen})
            if taken := [person for person in seen if rows[person] == "flight"]:
                return taken
        return []

    async def put_back(self, broadcast_id: int, people: Collection[int]) -> None:
        await self._asked()
        rows = self._known(broadcast_id)
        rows.update({person: "waiting" for person in people if rows.get(person) == "flight"})

    async def land(
        self, broadcast_id: int, fates: Mapping[int, Fate], gone: Collection[int], now: datetime
    ) -> None:
        await self._asked()
        rows = self._known(broadcast_id)
        for person, fate in fates.items():
            if rows.get(person) in ("flight", "unknown"):
                rows[person] = fate
        for person in gone:
            if person in self.people:
                self.people[person] = replace(self.people[person], gone=True)

    async def lose_flights(self) -> None:
        await self._asked()
        for rows in self.recipients.values():
            rows.update({person: "unknown" for person, state in rows.items() if state == "flight"})

    async def end(self, broadcast_id: int, now: datetime) -> None:
        await self._asked()
        known = self.broadcasts.get(broadcast_id)
        if known and known.state != "draft" and not known.ended:
            self.results[broadcast_id] = self._tally(broadcast_id)
            self.broadcasts[broadcast_id] = replace(known, post=None, ended=True)

    async def purge_broadcasts(self, drafts_before: datetime) -> None:
        await self._asked()
        drafts = [each for each in self.broadcasts.values() if each.state == "draft"]
        for old in drafts:
            if old.at < drafts_before:
                del self.broadcasts[old.id]
        for number, each in self.broadcasts.items():
            if each.ended:
                self.recipients.pop(number, None)

    def _chosen(self, audience: Audience, steps: Steps, now: datetime) -> list[int]:
        return [each.id for each in self.people.values() if _belongs(each, audience, steps, now)]

    async def _asked(self) -> None:
        await asyncio.sleep(0)  # give way, as a database does
        if self.broadcast_error is not None:
            raise self.broadcast_error


def _belongs(person: Person, audience: Audience, steps: Steps, now: datetime) -> bool:
    if person.gone or (audience.language and _tag(person) != audience.language):
        return False
    since = now - timedelta(days=audience.days)
    if audience.days and (person.seen_at is None or person.seen_at < since):
        return False
    if not audience.stage or not steps:
        return True
    through = sum(person.marks.value(STEP, *ids) in (DONE, SKIPPED) for ids in steps)
    stage = "none" if not through else "all" if through == len(steps) else "some"
    return audience.stage == stage


def _tag(person: Person) -> str:
    return (person.language or "").lower().replace("_", "-").partition("-")[0]

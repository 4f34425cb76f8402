"""A broadcast: what an operator wrote, who gets it, and how far it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["draft", "on", "paused", "cancelled"]
"""``draft`` until it is confirmed; ``on`` while it is sent or waits for its turn. ``cancelled`` is for good."""

Stage = Literal["", "none", "some", "all"]
"""How many of the steps somebody is through: none, some or all of them; empty: whoever."""

Fate = Literal["sent", "failed", "blocked", "unknown"]
"""What became of one person's message. ``unknown``: nobody knows whether it arrived, and it is not sent again."""

Steps = Sequence[Collection[str]]
"""The steps that there are now, each by all the ids that it ever had."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message exactly as somebody wrote it.

    ``text`` is the message, or the caption of ``photo``, which is Telegram's id of a file. ``entities`` are Telegram's
    own for the text, as JSON: only the edge knows what is in them.
    """

    text: str
    entities: str = "[]"
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a broadcast: everybody who is not gone and to whom all of this applies.

    ``language`` is a primary subtag in lower case (``pt`` is also for ``pt-BR``), empty for any. ``days``: active within
    so many days; 0 for whenever.
    """

    language: str = ""
    stage: Stage = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast. Ids are never used again.

    ``language`` is that of ``admin``, who made it. ``revision`` rises with every change of a draft, so that a button can
    say which one it was made for. ``at`` (aware, UTC) is when the draft was changed last, or when it was confirmed.
    ``message`` is the one in the admin's chat that shows how far it is, if any does. Once it has ended it has no ``post`` any more.
    """

    id: int
    admin: int
    at: datetime
    language: str | None = None
    state: State = "draft"
    post: Post | None = None
    audience: Audience = Audience()
    revision: int = 0
    message: int | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people's messages are where. All of them together are those who were chosen, but for whoever was erased."""

    waiting: int = 0
    in_flight: int = 0
    sent: int = 0
    failed: int = 0
    blocked: int = 0
    unknown: int = 0

    @property
    def left(self) -> int:
        """Of how many nothing is known yet."""
        return self.waiting + self.in_flight

    @property
    def done(self) -> int:
        return self.sent + self.failed + self.blocked + self.unknown

    @property
    def total(self) -> int:
        return self.left + self.done

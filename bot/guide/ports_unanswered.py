"""What operators need to learn what was asked in vain, as a protocol."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What somebody asked in vain, and nobody knows who. ``day`` is that of UTC.

    ``id`` is from 0 to 2^56 - 1, the same whenever the same text is asked in the same language on the same day.
    """

    id: int
    text: str
    language: str
    day: date


class Questions(Protocol):
    """Remembers what was asked in vain: a turn's :class:`~bot.guide.person.Asked` is kept with its other changes.

    What is asked several times on a day is kept once.
    """

    async def unanswered(self, since: date, most: int = MOST) -> Sequence[Unanswered]:
        """Up to ``most`` questions of that day (of UTC) and later that nobody ignored, those of the last day first."""

    async def ignore(self, ids: Collection[int]) -> None:
        """Show these no more, in one transaction. Asked on another day, they are shown again."""

    async def purge_unanswered(self, before: date) -> None:
        """Forget what was asked before that day (of UTC), ignored or not."""

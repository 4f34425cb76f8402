"""What was asked in vain, in memory: the port that the tests' store keeps beside all the others."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime

from bot.guide.person import Asked, Change
from bot.guide.ports_unanswered import MOST, Unanswered


class MemoryQuestions:
    """The port :class:`bot.guide.ports_unanswered.Questions`."""

    def __init__(self) -> None:
        self.questions: dict[tuple[date, Asked], Unanswered] = {}
        self.ignored: set[int] = set()

    def _note(self, changes: Iterable[Change], now: datetime) -> None:
        day = now.astimezone(UTC).date()
        for change in changes:
            if isinstance(change, Asked):
                number = len(self.questions)
                self.questions.setdefault(
                    (day, change), Unanswered(number, change.text, change.language, day)
                )

    async def unanswered(self, since: date, most: int = MOST) -> Sequence[Unanswered]:
        await asyncio.sleep(0)
        there = (each for each in self.questions.values() if each.day >= since)
        shown = [each for each in there if each.id not in self.ignored]
        return sorted(shown, key=lambda each: -each.day.toordinal())[:most]

    async def ignore(self, ids: Collection[int]) -> None:
        self.ignored.update(ids)

    async def purge_unanswered(self, before: date) -> None:
        self.questions = {key: each for key, each in self.questions.items() if each.day >= before}

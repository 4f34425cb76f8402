"""People, and somebody who is told when a turn has changed one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.guide.person import Change, Person
from bot.guide.ports import NO_ANSWERS, People

Changed = Callable[[int, Sequence[Change]], None]


class Watched:
    """The port :class:`bot.guide.ports.People`; ``changed`` are told of changes once they are stored."""

    def __init__(self, people: People, changed: Sequence[Changed]) -> None:
        self._people = people
        self._changed = changed

    async def person(self, person_id: int) -> Person:
        return await self._people.person(person_id)

    async def save(
        self,
        person_id: int,
        changes: Sequence[Change],
        now: datetime,
        answers: Mapping[int, str] = NO_ANSWERS,
    ) -> None:
        await self._people.save(person_id, changes, now, answers)
        for tell in self._changed:
            tell(person_id, changes)

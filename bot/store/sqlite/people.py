"""People in an SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.errors import LaneLostError
from bot.guide.person import Change, Person
from bot.guide.ports import NO_ANSWERS
from bot.store.rows import ERASE, Statement, person_of, statements, storable
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.schema import transaction
from bot.store.sqlite.scrub import Scrubber, make_due


class SqlitePeople:
    """Implements :class:`bot.guide.ports.People`."""

    def __init__(self, connections: Connections, scrubber: Scrubber, lost: set[int]) -> None:
        self._connections = connections
        self._scrubber = scrubber
        self._lost = lost

    async def person(self, person_id: int) -> Person:
        def read(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return list(self._connections.queries.person(connection, person=person_id))

        return person_of(person_id, await self._connections.read(read))

    async def save(
        self,
        person_id: int,
        changes: Sequence[Change],
        now: datetime,
        answers: Mapping[int, str] = NO_ANSWERS,
    ) -> None:
        batch = statements(changes, now)
        if batch or answers:
            owners = set[int]()
            write = partial(self._write, person_id=person_id, batch=batch, answers=answers, owners=owners)
            try:
                if any(statement.query == ERASE for statement in batch):
                    # What follows it, outside of the transaction, is its own matter.
                    await self._connections.write(write)
                else:
                    await self._connections.write_together(write)
            except LaneLostError:
                self._lost.update(owners or {person_id})
                raise

    def _write(
        self,
        connection: sqlite3.Connection,
        person_id: int,
        batch: Sequence[Statement],
        answers: Mapping[int, str],
        owners: set[int],
    ) -> None:
        """``owners`` then are whose letters these are, as far as the letters are still there."""
        queries, erased = self._connections.queries, 0
        with transaction(connection):
            owners.update(
                whose for letter in answers for (whose,) in queries.waits(connection, letter=letter)
            )
            for letter, answer in answers.items():
                if not queries.answer(connection, letter=letter, answer=storable(answer)):
                    raise LaneLostError(f"{self._connections.path}: letter {letter} is done with already")
            for statement in batch:
                run = getattr(queries, statement.query)
                rows = run(connection, person=person_id, **statement.parameters)
                erased += rows if statement.query == ERASE else 0
            if erased:
                make_due(connection)
        if erased:
            self._scrubber.erased(connection, answers)

"""What was asked in vain, in an SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import date

from bot.guide.ports_unanswered import MOST, Unanswered
from bot.store.rows import PURGE_AT_ONCE, day_number, unanswered_of
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.schema import transaction


class SqliteQuestions:
    """Implements :class:`bot.guide.ports_unanswered.Questions`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queries = connections.queries

    async def unanswered(self, since: date, most: int = MOST) -> Sequence[Unanswered]:
        def read(connection: sqlite3.Connection) -> list[Unanswered]:
            rows = self._queries.unanswered(connection, since=day_number(since), most=most)
            return [unanswered_of(row) for row in rows]

        return await self._connections.read(read)

    async def ignore(self, ids: Collection[int]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for number in ids:
                    self._queries.ignore_question(connection, id=number)

        await self._connections.write(write)

    async def purge_unanswered(self, before: date) -> None:
        def write(connection: sqlite3.Connection) -> int:
            with transaction(connection):
                run = self._queries.purge_unanswered
                return int(run(connection, before=day_number(before), most=PURGE_AT_ONCE))

        # In pieces: turns wait for the one connection that writes.
        while await self._connections.write(write) == PURGE_AT_ONCE:
            pass

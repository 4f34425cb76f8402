"""What was asked in vain, in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from bot.guide.ports_unanswered import MOST, Unanswered
from bot.store.postgres.connections import Connections
from bot.store.rows import PURGE_AT_ONCE, day_number, unanswered_of


class PostgresQuestions:
    """Implements :class:`bot.guide.ports_unanswered.Questions`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def unanswered(self, since: date, most: int = MOST) -> Sequence[Unanswered]:
        async with self._connections.use() as connection:
            rows = self._connections.queries.unanswered(connection, since=day_number(since), most=most)
            return [unanswered_of(tuple(row)) async for row in rows]

    async def ignore(self, ids: Collection[int]) -> None:
        async with self._connections.transaction() as connection:
            # In the order in which others lock several of them.
            for number in sorted(ids):
                await self._connections.queries.ignore_question(connection, id=number)

    async def purge_unanswered(self, before: date) -> None:
        purge = self._connections.queries.purge_unanswered
        # In pieces: turns wait for no long transaction.
        while True:
            async with self._connections.use() as connection:
                done = await purge(connection, before=day_number(before), most=PURGE_AT_ONCE)
            if int(done.rpartition(" ")[2]) < PURGE_AT_ONCE:
                return

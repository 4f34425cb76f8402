"""How many people do what, in an SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, datetime

from bot.guide.ports_statistics import Depths, Figures
from bot.store.migrations import read_migrations
from bot.store.rows import day_number, seconds, storable
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.errors import explained
from bot.store.sqlite.schema import MIGRATIONS, transaction
from bot.store.statistics_rows import (
    counts_of,
    depths_of,
    figures_of,
    first_moment,
    require_schema,
    since,
)

LOCK_SECONDS = 5.0

_FINISHED = """
SELECT steps, COUNT(*) FROM (
    SELECT GROUP_CONCAT(item || '=' || value, ' ') AS steps FROM marks WHERE kind = ? GROUP BY person
) GROUP BY steps
"""


class SqliteStatistics:
    """Implements :class:`bot.guide.ports_statistics.Health` and :class:`bot.guide.ports_statistics.Statistics`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queries = connections.queries
        self._schema = len(read_migrations(MIGRATIONS))

    async def check(self) -> None:
        def read(connection: sqlite3.Connection) -> int:
            ((number,),) = self._queries.schema(connection)
            return int(number)

        require_schema(await self._connections.read(read), self._schema, str(self._connections.path))

    async def depths(self, now: datetime) -> Depths:
        def read(connection: sqlite3.Connection) -> Depths:
            (row,) = self._queries.depths(connection, now=seconds(now))
            return depths_of(row)

        return await self._connections.read(read)

    async def count(self, day: date, counts: Mapping[str, int]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for name, value in counts.items():
                    self._queries.add_count(connection, day=day_number(day), name=storable(name), value=value)

        if counts:
            await self._connections.write(write)

    async def counts(self, first: date) -> Mapping[date, Mapping[str, int]]:
        return await self._connections.read(
            lambda connection: counts_of(self._queries.counts(connection, first=day_number(first)))
        )

    async def figures(self, kinds: Sequence[str], step: str, done: str, now: datetime, days: int) -> Figures:
        # On a connection of its own: it may take seconds, and turns wait for the one that reads.
        return await asyncio.to_thread(self._figures, kinds, step, done, now, days)

    def _figures(self, kinds: Sequence[str], step: str, done: str, now: datetime, days: int) -> Figures:
        queries, path = self._queries, self._connections.path
        with (
            explained(path),
            closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA query_only = ON")
            # All as of one moment.
            connection.execute("BEGIN")
            (headcount,) = queries.headcount(connection, **since(now))
            return figures_of(
                headcount=headcount,
                marked=[(kind, list(queries.marked(connection, kind=kind))) for kind in kinds],
                finished=connection.execute(_FINISHED, (step,)),
                paces=queries.paces(connection, kind=step, value=done),
                sources=queries.sources(connection),
                joined=queries.joined(connection, first=first_moment(now, days)),
            )

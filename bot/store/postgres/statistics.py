"""How many people do what, in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.guide.ports_statistics import Depths, Figures
from bot.store.migrations import read_migrations
from bot.store.postgres.connections import Connections
from bot.store.postgres.schema import MIGRATIONS
from bot.store.rows import day_number, seconds, storable
from bot.store.statistics_rows import (
    counts_of,
    depths_of,
    figures_of,
    first_moment,
    require_schema,
    since,
)


class PostgresStatistics:
    """Implements :class:`bot.guide.ports_statistics.Health` and :class:`bot.guide.ports_statistics.Statistics`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._schema = len(read_migrations(MIGRATIONS))

    async def check(self) -> None:
        async with self._connections.use() as connection:
            ((number,),) = await _all(self._connections.queries.schema(connection))
        require_schema(number, self._schema, self._connections.place)

    async def depths(self, now: datetime) -> Depths:
        async with self._connections.use() as connection:
            (row,) = await _all(self._connections.queries.depths(connection, now=seconds(now)))
        return depths_of(row)

    async def count(self, day: date, counts: Mapping[str, int]) -> None:
        if not counts:
            return
        async with self._connections.transaction() as connection:
            # In one order everywhere, or two replicas would wait for each other.
            for name in sorted(counts):
                await self._connections.queries.add_count(
                    connection, day=day_number(day), name=storable(name), value=counts[name]
                )

    async def counts(self, first: date) -> Mapping[date, Mapping[str, int]]:
        async with self._connections.use() as connection:
            rows = await _all(self._connections.queries.counts(connection, first=day_number(first)))
        return counts_of(rows)

    async def figures(self, kinds: Sequence[str], step: str, done: str, now: datetime, days: int) -> Figures:
        queries, own = self._connections.queries, self._connections.own_queries
        async with self._connections.use() as connection:
            (headcount,) = await _all(queries.headcount(connection, **since(now)))
            marked = [(kind, await _all(queries.marked(connection, kind=kind))) for kind in kinds]
            finished = await _all(own.finished(connection, kind=step))
            paces = await _all(queries.paces(connection, kind=step, value=done))
            sources = await _all(queries.sources(connection))
            joined = await _all(queries.joined(connection, first=first_moment(now, days)))
        return figures_of(
            headcount=headcount, marked=marked, finished=finished, paces=paces, sources=sources, joined=joined
        )


async def _all(rows: AsyncIterator[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) async for row in rows]

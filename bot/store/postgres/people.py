"""People in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import asyncpg

from bot.errors import LaneLostError
from bot.guide.person import Change, Person
from bot.guide.ports import NO_ANSWERS
from bot.store.postgres.connections import Connections, Shared
from bot.store.postgres.held import Held
from bot.store.postgres.lease import Lease
from bot.store.postgres.turn import together
from bot.store.rows import Statement, person_of, statements, storable

_LANE_LOST = "FL001"
_NOBODY = 0


class PostgresPeople:
    """Implements :class:`bot.guide.ports.People`."""

    def __init__(self, connections: Connections, lease: Lease, held: Held) -> None:
        self._connections = connections
        self._lease = lease
        self._held = held

    async def person(self, person_id: int) -> Person:
        async with self._connections.use() as connection:
            rows = [row async for row in self._connections.queries.person(connection, person=person_id)]
        return person_of(person_id, rows)

    async def save(
        self,
        person_id: int,
        changes: Sequence[Change],
        now: datetime,
        answers: Mapping[int, str] = NO_ANSWERS,
    ) -> None:
        batch = statements(changes, now)
        if not batch and not answers:
            return
        fence: dict[str, object] = {
            # Without answers there is no fence, and no replica needed.
            "replica": await self._lease.replica() if answers else _NOBODY,
            "letters": list(answers),
            "answers": [storable(answer) for answer in answers.values()],
        }
        try:
            await self._write(person_id, batch, int(now.timestamp()), fence)
        except asyncpg.PostgresError as error:
            if error.sqlstate != _LANE_LOST:
                raise
            # With no wait between this and the caller's knowing of it: until then nothing of it may be dealt again.
            self._held.lost(person_id)
            raise LaneLostError(
                f"{self._connections.place}: the letters {sorted(answers)} are not this process's any more"
            ) from error

    async def _write(
        self, person_id: int, batch: Sequence[Statement], at: int, fence: Mapping[str, object]
    ) -> None:
        total = together(batch)
        async with self._connections.use() as connection:
            if total is None:
                await self._one_by_one(connection, person_id, batch, fence)
            else:
                save = self._connections.own_queries.save_turn
                await save(connection, person=person_id, at=at, **total.parameters(), **fence)

    async def _one_by_one(
        self, connection: Shared, person_id: int, batch: Sequence[Statement], fence: Mapping[str, object]
    ) -> None:
        async with connection.transaction():
            await self._connections.own_queries.hold_lane(connection, person=person_id, **fence)
            for statement in batch:
                run = getattr(self._connections.queries, statement.query)
                await run(connection, person=person_id, **statement.parameters)

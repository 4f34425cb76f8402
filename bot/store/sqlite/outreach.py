"""Who is due, in an SQLite file, which one process serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from bot.guide.person import Person
from bot.guide.ports import Outcome
from bot.store.rows import person_of, seconds, statements, storable
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.schema import transaction

_CLAIM = """
UPDATE people SET tip_claim = :until WHERE id IN (
    SELECT id FROM people
    WHERE next_tip_at <= :now AND gone_at IS NULL AND (tip_claim IS NULL OR tip_claim <= :now)
    ORDER BY next_tip_at, id LIMIT :most
) RETURNING id, next_tip_at
"""
_FORGET_CLAIMS = "UPDATE people SET tip_claim = NULL WHERE tip_claim IS NOT NULL"


def forget_claims(connection: sqlite3.Connection) -> None:
    """For the one process that serves from the file, at its start: whoever claimed somebody is gone."""
    with transaction(connection):
        connection.execute(_FORGET_CLAIMS)


class SqliteOutreach:
    """Implements :class:`bot.guide.ports.Outreach`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queries = connections.queries

    async def due(self, now: datetime, most: int, claimed_until: datetime) -> Sequence[Person]:
        given = {"now": seconds(now), "most": most, "until": seconds(claimed_until)}

        def claim(connection: sqlite3.Connection) -> list[Person]:
            with transaction(connection):
                claimed = connection.execute(_CLAIM, given).fetchall()
                claimed.sort(key=lambda row: (row[1], row[0]))
                return [
                    person_of(person, self._queries.person(connection, person=person))
                    for person, _ in claimed
                ]

        return await self._connections.write(claim) if await self._anybody(now) else ()

    async def _anybody(self, now: datetime) -> bool:
        """Without a look into the writer's queue."""
        first = await self.next_due()
        return first is not None and first <= now

    async def next_due(self) -> datetime | None:
        def read(connection: sqlite3.Connection) -> list[int]:
            rows = (*self._queries.first_unclaimed(connection), *self._queries.first_claimed(connection))
            return [at for (at,) in rows if at is not None]

        found = await self._connections.read(read)
        return datetime.fromtimestamp(min(found), UTC) if found else None

    async def count_due(self, first: datetime, last: datetime) -> int:
        def read(connection: sqlite3.Connection) -> int:
            rows = self._queries.count_due(connection, first=seconds(first), last=seconds(last))
            return int(next(iter(rows))[0])

        return await self._connections.read(read)

    async def dealt_with(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        batches = [(outcome.person_id, statements(outcome.changes, now)) for outcome in outcomes]

        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for person, batch in batches:
                    if not list(self._queries.is_known(connection, person=person)):
                        continue
                    for statement in batch:
                        getattr(self._queries, statement.query)(
                            connection, person=person, **statement.parameters
                        )
                    self._queries.give_up_claim(connection, person=person)

        if batches:
            await self._connections.write(write)

    async def let_go(self, people: Collection[int]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for person in people:
                    self._queries.give_up_claim(connection, person=person)

        if people:
            await self._connections.write(write)

    async def planned(self, after: int, most: int) -> Sequence[Person]:
        def read(connection: sqlite3.Connection) -> list[Person]:
            rows = self._queries.planned(connection, after=after, most=most)
            return [person_of(person, [row]) for person, *row in rows]

        return await self._connections.read(read)

    async def replan(self, due: Mapping[int, datetime | None]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for person, at in due.items():
                    self._queries.replan(connection, person=person, next_at=seconds(at))

        if due:
            await self._connections.write(write)

    async def note(self, name: str) -> str | None:
        def read(connection: sqlite3.Connection) -> list[str]:
            return [value for (value,) in self._queries.note(connection, name=name)]

        found = await self._connections.read(read)
        return found[0] if found else None

    async def take_note(self, name: str, value: str) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                self._queries.take_note(connection, name=storable(name), value=storable(value))

        await self._connections.write(write)

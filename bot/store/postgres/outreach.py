"""Who is due, in a PostgreSQL database that several replicas may share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from bot.guide.person import Person
from bot.guide.ports import Outcome
from bot.store.postgres.connections import Connections, Shared
from bot.store.rows import Statement, person_of, seconds, statements, storable

Batch = Sequence[tuple[int, Sequence[Statement]]]


class PostgresOutreach:
    """Implements :class:`bot.guide.ports.Outreach`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def due(self, now: datetime, most: int, claimed_until: datetime) -> Sequence[Person]:
        claim = self._connections.own_queries.claim_due
        async with self._connections.use() as connection:
            rows = [
                row
                async for row in claim(connection, now=seconds(now), most=most, until=seconds(claimed_until))
            ]
        return [
            person_of(person, [row[1:] for row in theirs])
            for person, theirs in groupby((tuple(row) for row in rows), key=lambda row: int(row[0]))
        ]

    async def next_due(self) -> datetime | None:
        queries = self._connections.queries
        async with self._connections.use() as connection:
            rows = [row async for row in queries.first_unclaimed(connection)]
            rows += [row async for row in queries.first_claimed(connection)]
        found = [at for (at,) in rows if at is not None]
        return datetime.fromtimestamp(min(found), UTC) if found else None

    async def count_due(self, first: datetime, last: datetime) -> int:
        async with self._connections.use() as connection:
            rows = self._connections.queries.count_due(connection, first=seconds(first), last=seconds(last))
            return sum([int(count) async for (count,) in rows])

    async def dealt_with(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        batches = [(outcome.person_id, statements(outcome.changes, now)) for outcome in outcomes]
        if not batches:
            return
        at, own = int(now.timestamp()), self._connections.own_queries
        people = [person for person, _ in batches]
        async with self._connections.transaction() as connection:
            known = {person async for (person,) in own.lock_known(connection, people=people)}
            batches = [(person, batch) for person, batch in batches if person in known]
            if _simple(batches):
                await self._outcomes_at_once(connection, batches, at)
            else:
                await self._outcomes_one_by_one(connection, batches)
            await own.give_up_claims(connection, people=list(known))

    async def _outcomes_at_once(self, connection: Shared, batches: Batch, at: int) -> None:
        own = self._connections.own_queries
        tipped = [(person, each) for person, each in _of(batches, "tipped")]
        await own.all_tipped(
            connection,
            people=[person for person, _ in tipped],
            due_ats=[each["due_at"] for _, each in tipped],
            next_ats=[each["next_at"] for _, each in tipped],
            tipped_ons=[each["tipped_on"] for _, each in tipped],
        )
        marks = {
            (person, each["kind"], each["item"]): each["value"] for person, each in _of(batches, "put_mark")
        }
        await own.all_marked(
            connection,
            people=[person for person, _, _ in marks],
            kinds=[kind for _, kind, _ in marks],
            items=[item for _, _, item in marks],
            contents=list(marks.values()),
            at=at,
        )

    async def _outcomes_one_by_one(self, connection: Shared, batches: Batch) -> None:
        for person, batch in batches:
            for statement in batch:
                run = getattr(self._connections.queries, statement.query)
                await run(connection, person=person, **statement.parameters)

    async def let_go(self, people: Collection[int]) -> None:
        if people:
            async with self._connections.use() as connection:
                await self._connections.own_queries.give_up_claims(connection, people=list(people))

    async def planned(self, after: int, most: int) -> Sequence[Person]:
        async with self._connections.use() as connection:
            rows = [
                tuple(row)
                async for row in self._connections.queries.planned(connection, after=after, most=most)
            ]
        return [person_of(person, [row]) for person, *row in rows]

    async def replan(self, due: Mapping[int, datetime | None]) -> None:
        if due:
            next_ats = [seconds(at) for at in due.values()]
            async with self._connections.use() as connection:
                await self._connections.own_queries.replan_all(
                    connection, people=list(due), next_ats=next_ats
                )

    async def note(self, name: str) -> str | None:
        async with self._connections.use() as connection:
            found = [value async for (value,) in self._connections.queries.note(connection, name=name)]
        return found[0] if found else None

    async def take_note(self, name: str, value: str) -> None:
        async with self._connections.use() as connection:
            await self._connections.queries.take_note(connection, name=storable(name), value=storable(value))


_AT_ONCE = frozenset({"add_person", "tipped", "put_mark"})


def _simple(batches: Batch) -> bool:
    """Whether every mark is put once, at most, so that order does not matter."""
    puts = [(person, each["kind"], each["item"]) for person, each in _of(batches, "put_mark")]
    every = {statement.query for _, batch in batches for statement in batch}
    return every <= _AT_ONCE and len(puts) == len(set(puts))


def _of(batches: Batch, query: str) -> Iterable[tuple[int, dict[str, str | int | None]]]:
    return (
        (person, statement.parameters)
        for person, batch in batches
        for statement in batch
        if statement.query == query
    )

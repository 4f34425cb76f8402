"""The inbox in a PostgreSQL database, which several processes may serve: each person's lane is one process's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot.guide.ports import DeadLetter, Letter, Taken
from bot.store.postgres.connections import Connections
from bot.store.postgres.held import Held
from bot.store.postgres.lease import Lease
from bot.store.rows import EARLIEST_ID, PURGE_AT_ONCE, letter_of, storable


class PostgresInbox:
    """Implements :class:`bot.guide.ports.Inbox`."""

    def __init__(self, connections: Connections, lease: Lease, held: Held) -> None:
        self._connections = connections
        self._queries = connections.queries
        self._own_queries = connections.own_queries
        self._lease = lease
        self._held = held

    async def put(self, letters: Sequence[Letter], now: datetime) -> Taken:
        # Of doubles the first counts.
        each = list({letter.id: letter for letter in reversed(letters)}.values())
        if not each:
            return Taken(frozenset())
        replica = await self._lease.replica()
        with self._doubted():
            async with self._connections.use() as connection:
                rows = self._own_queries.put_letters(
                    connection,
                    replica=replica,
                    ids=[letter.id for letter in each],
                    people=[letter.person for letter in each],
                    bodies=[storable(letter.body) for letter in each],
                    at=int(now.timestamp()),
                )
                taken = [(row["letter"], row["owner"], row["more"]) async for row in rows]
        later = {person for _, person, more in taken if more and person not in self._held}
        self._held.told(person for _, person, _ in taken)
        return Taken(
            frozenset(letter for letter, person, _ in taken if person not in later), frozenset(later)
        )

    async def claim(self) -> Collection[int]:
        replica = await self._lease.renew()
        held = self._held.to_compare()
        with self._doubted():
            async with self._connections.use(self._lease.claim_within) as connection:
                rows = self._own_queries.claim_lanes(connection, replica=replica, held=held)
                gained = [row[0] async for row in rows]
        self._held.told(gained)
        return gained

    async def waiting(self, person: int, after: int | None, most: int) -> Sequence[Letter]:
        first = EARLIEST_ID if after is None else after
        async with self._connections.use() as connection:
            rows = self._queries.waiting(connection, person=person, after=first, most=most)
            return [letter_of(row) async for row in rows]

    async def begin(self, ids: Collection[int], by: int = 1) -> None:
        async with self._connections.use() as connection:
            await self._own_queries.begin_letters(connection, letters=list(ids), by=by)

    async def settle(self, ids: Collection[int], idle: Collection[int]) -> Collection[int]:
        replica = await self._lease.replica()
        leaving = self._held.leaving(idle)
        with self._doubted():
            async with self._connections.use() as connection:
                rows = self._own_queries.settle_letters(
                    connection, replica=replica, letters=list(ids), idle=list(idle)
                )
                kept = [row[0] async for row in rows]
        self._held.left(leaving, kept)
        return kept

    async def bury(self, letter_id: int | None, dead: DeadLetter, now: datetime) -> None:
        async with self._connections.transaction() as connection:
            await self._queries.bury(
                connection,
                reference=dead.reference,
                letter=letter_id,
                reason=storable(dead.reason),
                shape=storable(dead.shape),
                at=int(now.timestamp()),
            )
            if letter_id is not None:
                await self._queries.let_go(connection, letter=letter_id)

    async def purge(self, *, dead_before: datetime, known_before: datetime) -> None:
        await self._purge("purge_dead", dead_before)
        await self._purge("purge_known", known_before)

    async def _purge(self, query: str, before: datetime) -> None:
        run = getattr(self._queries, query)
        while True:
            # In pieces: turns wait for no long transaction.
            async with self._connections.use() as connection:
                done = await run(connection, before=int(before.timestamp()), most=PURGE_AT_ONCE)
            if done != f"DELETE {PURGE_AT_ONCE}":
                return

    @contextmanager
    def _doubted(self) -> Iterator[None]:
        """What fails, or is cancelled, in this block may have been done all the same."""
        try:
            yield
        except BaseException:
            self._held.doubt()
            raise

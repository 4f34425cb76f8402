"""The inbox in an SQLite file, which one process serves: all lanes are its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.guide.ports import DeadLetter, Letter, Taken
from bot.store.rows import EARLIEST_ID, PURGE_AT_ONCE, letter_of, storable
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.outreach import forget_claims
from bot.store.sqlite.schema import transaction
from bot.store.sqlite.scrub import Scrubber
from bot.store.sqlite.serving import Serving


class SqliteInbox:
    """Implements :class:`bot.guide.ports.Inbox`."""

    def __init__(self, connections: Connections, scrubber: Scrubber, lost: set[int]) -> None:
        self._connections = connections
        self._queries = connections.queries
        self._scrubber = scrubber
        self._lost = lost
        self._serving = Serving(connections.path)

    async def put(self, letters: Sequence[Letter], now: datetime) -> Taken:
        at = int(now.timestamp())

        def write(connection: sqlite3.Connection) -> Taken:
            new, waiting = set[int](), set[int]()
            with transaction(connection):
                for letter in letters:
                    if self._queries.know(connection, letter=letter.id, at=at):
                        body = storable(letter.body)
                        self._queries.keep(
                            connection, letter=letter.id, person=letter.person, body=body, at=at
                        )
                        new.add(letter.id)
                    elif letter.id not in new:
                        found = self._queries.waits(connection, letter=letter.id)
                        waiting.update(person for (person,) in found)
            return Taken(frozenset(new), frozenset(waiting))

        return await self._connections.write_together(write)

    async def claim(self) -> Collection[int]:
        if not self._serving.take():
            return await self._claim_lost() if self._lost else ()
        try:
            await self._connections.write(forget_claims)
            return await self._people_waiting()
        except BaseException:
            self._serving.give_up()
            raise

    async def _claim_lost(self) -> Collection[int]:
        """Those whom the caller was made to forget, and who have letters."""
        # Who is added while this waits was perhaps not looked for, and stays for the next claim.
        lost = frozenset(self._lost)
        waiting = [person for person in await self._people_waiting() if person in lost]
        self._lost.difference_update(lost)
        return waiting

    async def _people_waiting(self) -> list[int]:
        return await self._connections.read(
            lambda connection: [person for (person,) in self._queries.people_waiting(connection)]
        )

    async def waiting(self, person: int, after: int | None, most: int) -> Sequence[Letter]:
        first = EARLIEST_ID if after is None else after

        def read(connection: sqlite3.Connection) -> list[Letter]:
            rows = self._queries.waiting(connection, person=person, after=first, most=most)
            return [letter_of(row) for row in rows]

        return await self._connections.read(read)

    async def begin(self, ids: Collection[int], by: int = 1) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for letter in ids:
                    self._queries.begin_work(connection, letter=letter, by=by)

        await self._connections.write_together(write)

    async def settle(self, ids: Collection[int], idle: Collection[int]) -> Collection[int]:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for letter in ids:
                    self._queries.let_go(connection, letter=letter)

        if ids:
            await self._connections.write_together(
                write, lambda connection: self._scrubber.settled(connection, ids)
            )
        return ()

    async def bury(self, letter_id: int | None, dead: DeadLetter, now: datetime) -> None:
        at = int(now.timestamp())

        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                self._queries.bury(
                    connection,
                    reference=dead.reference,
                    letter=letter_id,
                    reason=storable(dead.reason),
                    shape=storable(dead.shape),
                    at=at,
                )
                if letter_id is not None:
                    self._queries.let_go(connection, letter=letter_id)
            if letter_id is not None:
                self._scrubber.settled(connection, [letter_id])

        await self._connections.write(write)

    async def purge(self, *, dead_before: datetime, known_before: datetime) -> None:
        await self._purge("purge_dead", dead_before)
        await self._purge("purge_known", known_before)
        await self._connections.write(self._scrubber.catch_up)

    async def _purge(self, query: str, before: datetime) -> None:
        def write(connection: sqlite3.Connection) -> int:
            with transaction(connection):
                run = getattr(self._queries, query)
                return int(run(connection, before=int(before.timestamp()), most=PURGE_AT_ONCE))

        # In pieces: turns wait for the one connection that writes.
        while await self._connections.write(write) == PURGE_AT_ONCE:
            pass

    def give_up(self) -> None:
        """Let another process serve."""
        self._serving.give_up()

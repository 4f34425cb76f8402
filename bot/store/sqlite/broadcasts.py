"""Broadcasts in an SQLite file, which one process serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.guide.broadcast import Audience, Broadcast, Fate, State, Steps, Tally
from bot.store.broadcast_rows import (
    RECIPIENTS,
    audience_sql,
    broadcast_of,
    draft_parameters,
    in_flight_of,
    languages_of,
    tally_from_json,
    tally_of,
    tally_to_json,
)
from bot.store.rows import PURGE_AT_ONCE, seconds
from bot.store.sqlite.connections import Connections
from bot.store.sqlite.schema import transaction

_PUT_BACK = (
    "UPDATE broadcast_people SET state = 'waiting' WHERE broadcast = ? AND person = ? AND state = 'flight'"
)
_LAND = """
UPDATE broadcast_people SET state = ? WHERE broadcast = ? AND person = ? AND state IN ('flight', 'unknown')
"""
_LEAVE = "UPDATE people SET gone_at = COALESCE(gone_at, ?) WHERE id = ?"


class SqliteBroadcasts:
    """Implements :class:`bot.guide.ports_broadcast.Broadcasts`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queries = connections.queries

    async def keep_draft(self, draft: Broadcast) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                self._queries.drop_other_drafts(connection, admin=draft.admin, broadcast=draft.id)
                self._queries.keep_draft(connection, **draft_parameters(draft))

        await self._connections.write(write)

    async def draft(self, admin: int) -> Broadcast | None:
        found = await self._all("draft_of", admin=admin)
        return found[0] if found else None

    async def drop_draft(self, admin: int) -> None:
        await self._do("forget_draft", person=admin)

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        found = await self._all("broadcast", broadcast=broadcast_id)
        return found[0] if found else None

    async def audience_size(self, audience: Audience, steps: Steps, now: datetime) -> int:
        those, given = audience_sql(audience, steps, now, _place)

        def read(connection: sqlite3.Connection) -> int:
            return int(connection.execute(f"SELECT COUNT(*) {those}", given).fetchone()[0])

        return await self._connections.read(read)

    async def audience_languages(self) -> Mapping[str, int]:
        return await self._connections.read(
            lambda connection: languages_of(self._queries.broadcast_languages(connection))
        )

    async def confirm(
        self, draft: Broadcast, steps: Steps, now: datetime, message: int | None = None
    ) -> bool:
        those, given = audience_sql(draft.audience, steps, now, _place, first=2)
        which = {"broadcast": draft.id, "admin": draft.admin, "revision": draft.revision}

        def write(connection: sqlite3.Connection) -> bool:
            with transaction(connection):
                if not self._queries.confirm_draft(connection, **which, message=message, at=seconds(now)):
                    return False
                connection.execute(RECIPIENTS.format("?1") + those, [draft.id, *given])
                return True

        return await self._connections.write(write)

    async def under_way(self) -> Sequence[Broadcast]:
        return await self._all("broadcasts_under_way")

    async def steer(self, broadcast_id: int, state: State) -> None:
        await self._do("steer_broadcast", broadcast=broadcast_id, state=state)

    async def show_on(self, broadcast_id: int, message: int | None) -> None:
        await self._do("show_broadcast_on", broadcast=broadcast_id, message=message)

    async def tally(self, broadcast_id: int) -> Tally:
        return await self._connections.read(lambda connection: self._tally(connection, broadcast_id))

    async def take(self, broadcast_id: int, most: int) -> Sequence[int]:
        def write(connection: sqlite3.Connection) -> list[tuple[int, str]]:
            with transaction(connection):
                return list(self._queries.take_people(connection, broadcast=broadcast_id, most=most))

        # Each in a transaction of its own: however many are gone, turns come between.
        while taken := await self._connections.write(write):
            if people := in_flight_of(taken):
                return people
        return []

    async def put_back(self, broadcast_id: int, people: Collection[int]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                connection.executemany(_PUT_BACK, [(broadcast_id, person) for person in people])

        if people:
            await self._connections.write(write)

    async def land(
        self, broadcast_id: int, fates: Mapping[int, Fate], gone: Collection[int], now: datetime
    ) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                rows = [(fate, broadcast_id, person) for person, fate in fates.items()]
                connection.executemany(_LAND, rows)
                connection.executemany(_LEAVE, [(seconds(now), person) for person in gone])

        if fates:
            await self._connections.write(write)

    async def lose_flights(self) -> None:
        await self._do("lose_flights")

    async def end(self, broadcast_id: int, now: datetime) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                tally = tally_to_json(self._tally(connection, broadcast_id))
                self._queries.end_broadcast(connection, broadcast=broadcast_id, tally=tally, at=seconds(now))

        await self._connections.write(write)

    async def purge_broadcasts(self, drafts_before: datetime) -> None:
        await self._do("purge_drafts", before=seconds(drafts_before))
        # In pieces: turns wait for no long transaction.
        while await self._do("purge_recipients", most=PURGE_AT_ONCE) == PURGE_AT_ONCE:
            continue

    def _tally(self, connection: sqlite3.Connection, broadcast_id: int) -> Tally:
        for (result,) in self._queries.broadcast_result(connection, broadcast=broadcast_id):
            return tally_from_json(result)
        return tally_of(self._queries.count_by_fate(connection, broadcast=broadcast_id))

    async def _all(self, query: str, **given: int) -> list[Broadcast]:
        run = getattr(self._queries, query)
        return await self._connections.read(
            lambda connection: [broadcast_of(row) for row in run(connection, **given)]
        )

    async def _do(self, query: str, **given: str | int | None) -> int:
        """Run one statement; how many rows it concerned."""
        run = getattr(self._queries, query)

        def write(connection: sqlite3.Connection) -> int:
            with transaction(connection):
                return int(run(connection, **given))

        return await self._connections.write(write)


def _place(number: int) -> str:
    return f"?{number}"

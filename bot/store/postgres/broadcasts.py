"""Broadcasts in a PostgreSQL database that several replicas may share."""

from __future__ import annotations

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
from bot.store.postgres.connections import Connections, Shared
from bot.store.rows import PURGE_AT_ONCE, seconds


class PostgresBroadcasts:
    """Implements :class:`bot.guide.ports_broadcast.Broadcasts`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def keep_draft(self, draft: Broadcast) -> None:
        queries = self._connections.queries
        async with self._connections.transaction() as connection:
            await queries.drop_other_drafts(connection, admin=draft.admin, broadcast=draft.id)
            await queries.keep_draft(connection, **draft_parameters(draft))

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
        async with self._connections.use() as connection:
            return int(await connection.fetchval(f"SELECT COUNT(*) {those}", *given))

    async def audience_languages(self) -> Mapping[str, int]:
        async with self._connections.use() as connection:
            rows = self._connections.queries.broadcast_languages(connection)
            return languages_of([tuple(row) async for row in rows])

    async def confirm(
        self, draft: Broadcast, steps: Steps, now: datetime, message: int | None = None
    ) -> bool:
        those, given = audience_sql(draft.audience, steps, now, _place, first=2)
        which = {"broadcast": draft.id, "admin": draft.admin, "revision": draft.revision}
        async with self._connections.transaction() as connection:
            done = await self._connections.queries.confirm_draft(
                connection, **which, message=message, at=seconds(now)
            )
            if _rows(done) == 0:
                return False
            # In the order in which others lock several people.
            await connection.execute(f"{RECIPIENTS.format('$1')}{those} ORDER BY people.id", draft.id, *given)
            return True

    async def under_way(self) -> Sequence[Broadcast]:
        return await self._all("broadcasts_under_way")

    async def steer(self, broadcast_id: int, state: State) -> None:
        await self._do("steer_broadcast", broadcast=broadcast_id, state=state)

    async def show_on(self, broadcast_id: int, message: int | None) -> None:
        await self._do("show_broadcast_on", broadcast=broadcast_id, message=message)

    async def tally(self, broadcast_id: int) -> Tally:
        async with self._connections.use() as connection:
            return await self._tally(connection, broadcast_id)

    async def take(self, broadcast_id: int, most: int) -> Sequence[int]:
        async with self._connections.use() as connection:
            while True:
                rows = self._connections.queries.take_people(connection, broadcast=broadcast_id, most=most)
                taken = [tuple(row) async for row in rows]
                if (people := in_flight_of(taken)) or not taken:
                    return people

    async def put_back(self, broadcast_id: int, people: Collection[int]) -> None:
        if people:
            async with self._connections.use() as connection:
                await self._connections.own_queries.put_back_all(
                    connection, broadcast=broadcast_id, people=list(people)
                )

    async def land(
        self, broadcast_id: int, fates: Mapping[int, Fate], gone: Collection[int], now: datetime
    ) -> None:
        if not fates:
            return
        own, people = self._connections.own_queries, list(fates)
        async with self._connections.transaction() as connection:
            if gone:
                await own.lock_people(connection, people=list(gone))
                await own.leave_all(connection, people=list(gone), at=seconds(now))
            await own.land_all(connection, broadcast=broadcast_id, people=people, fates=list(fates.values()))

    async def lose_flights(self) -> None:
        await self._do("lose_flights")

    async def end(self, broadcast_id: int, now: datetime) -> None:
        async with self._connections.transaction() as connection:
            tally = tally_to_json(await self._tally(connection, broadcast_id))
            await self._connections.queries.end_broadcast(
                connection, broadcast=broadcast_id, tally=tally, at=seconds(now)
            )

    async def purge_broadcasts(self, drafts_before: datetime) -> None:
        await self._do("purge_drafts", before=seconds(drafts_before))
        # In pieces: turns wait for no long transaction.
        while await self._do("purge_recipients", most=PURGE_AT_ONCE) == PURGE_AT_ONCE:
            continue

    async def _tally(self, connection: Shared, broadcast_id: int) -> Tally:
        queries = self._connections.queries
        async for (result,) in queries.broadcast_result(connection, broadcast=broadcast_id):
            return tally_from_json(result)
        return tally_of(
            [tuple(row) async for row in queries.count_by_fate(connection, broadcast=broadcast_id)]
        )

    async def _all(self, query: str, **given: int) -> list[Broadcast]:
        run = getattr(self._connections.queries, query)
        async with self._connections.use() as connection:
            return [broadcast_of(row) async for row in run(connection, **given)]

    async def _do(self, query: str, **given: str | int | None) -> int:
        """Run one statement; how many rows it concerned."""
        async with self._connections.use() as connection:
            return _rows(await getattr(self._connections.queries, query)(connection, **given))


def _rows(done: str) -> int:
    """Of the server's word for it, such as ``UPDATE 3``."""
    return int(done.rpartition(" ")[2])


def _place(number: int) -> str:
    return f"${number}"

"""The life of this process in the eyes of the others that share its database."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.errors import StoreError
from bot.store.postgres.connections import Connection, Connections
from bot.store.postgres.errors import TROUBLE, explained

LEASE_SECONDS = 20.0
"""How long after its last :meth:`Lease.renew` a process that froze still counts as alive."""

LOCK_CLASS = int.from_bytes(b"lane")
"""First key of the advisory locks by which replicas are known to live; migration 0002 looks for them."""

_COMMAND_SECONDS = 5.0


class Lease:
    """This process's number among the replicas, a lock in its name on a connection of its own, and a time limit.

    The number stays the same when the connection is lost and made again: lanes held in memory stay ours, unless
    another replica took them meanwhile.
    """

    def __init__(self, connections: Connections, seconds: float) -> None:
        self._connections = connections
        self._queries = connections.own_queries
        self._seconds = seconds
        self._replica: int | None = None
        self._connection: Connection | None = None
        self._one_by_one = asyncio.Lock()

    async def replica(self) -> int:
        """Our number; the first call registers us."""
        if self._replica is None:
            await self.renew()
        assert self._replica is not None
        return self._replica

    async def renew(self) -> int:
        """Be alive for some more seconds; our number."""
        if self._connections.closed:
            raise StoreError(f"{self._connections.place}: is closed already")
        with explained(self._connections.place):
            async with self._one_by_one:
                try:
                    return await self._renew()
                except BaseException:
                    self._let_go()
                    raise

    async def give_up(self) -> None:
        """Leave the replicas at once; if the database is away, the end of the connection says it."""
        async with self._one_by_one:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            with suppress(*TROUBLE):
                await self._queries.give_up_lanes(connection, replica=self._replica)
                await connection.close(timeout=_COMMAND_SECONDS)
            connection.terminate()

    async def _renew(self) -> int:
        connection = self._connection
        if connection is None or connection.is_closed():
            connection = self._connection = await self._connections.alone(_COMMAND_SECONDS)
            # The lock comes before the row: nobody shall see a replica without its lock and think it dead.
            await self._lock(connection)
        await self._queries.renew_lease(connection, replica=self._replica, seconds=self._seconds)
        assert self._replica is not None
        return self._replica

    async def _lock(self, connection: Connection) -> None:
        replica = self._replica
        if replica is None:
            replica = int(await self._queries.new_replica(connection))
        else:
            await self._queries.end_ghosts(connection, keyspace=LOCK_CLASS, replica=replica)
        await self._queries.lock_replica(connection, keyspace=LOCK_CLASS, replica=replica)
        self._replica = replica

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

"""The store on a PostgreSQL database: opened, and its schema brought up to date."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, suppress

from bot.store.migrations import read_migrations
from bot.store.postgres.address import address_of
from bot.store.postgres.broadcasts import PostgresBroadcasts
from bot.store.postgres.connections import Connections
from bot.store.postgres.duty import Sleep, duty
from bot.store.postgres.errors import explained
from bot.store.postgres.held import Held
from bot.store.postgres.inbox import PostgresInbox
from bot.store.postgres.lease import LEASE_SECONDS, Lease
from bot.store.postgres.outreach import PostgresOutreach
from bot.store.postgres.people import PostgresPeople
from bot.store.postgres.questions import PostgresQuestions
from bot.store.postgres.schema import MIGRATIONS, migrate
from bot.store.postgres.statistics import PostgresStatistics

CLOSE_SECONDS = 1.0
"""What is under way by then is cut off. Either it is done or it is not; nothing is half-written."""


class PostgresStore(
    PostgresPeople, PostgresInbox, PostgresOutreach, PostgresBroadcasts, PostgresQuestions, PostgresStatistics
):
    """Implements :class:`bot.guide.ports.Store`."""

    def __init__(self, connections: Connections, lease: Lease, sleep: Sleep) -> None:
        held = Held()
        PostgresPeople.__init__(self, connections, lease, held)
        PostgresInbox.__init__(self, connections, lease, held)
        PostgresOutreach.__init__(self, connections)
        PostgresBroadcasts.__init__(self, connections)
        PostgresQuestions.__init__(self, connections)
        PostgresStatistics.__init__(self, connections)
        self._sleep = sleep

    def duty(self, name: str) -> AbstractAsyncContextManager[None]:
        return duty(self._connections, name, self._sleep)

    async def close(self) -> None:
        # A server that does not answer may not keep the process from ending.
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._connections.close()
                await self._lease.give_up()
        self._connections.cut()
        self._lease.cut()


async def open_postgres(
    url: str, *, lock_timeout: float, lease_seconds: float = LEASE_SECONDS, sleep: Sleep = asyncio.sleep
) -> PostgresStore:
    """Opens the database that ``url`` names. See :func:`bot.store.open_store`.

    ``lease_seconds`` is how long a process that froze keeps its lanes.
    """
    connections = Connections(address_of(url), lock_timeout)
    await bring_up_to_date(connections)
    await connections.open()
    return PostgresStore(connections, Lease(connections, lease_seconds), sleep)


async def bring_up_to_date(connections: Connections) -> None:
    """Make the schema, or run the migrations that it lacks."""
    with explained(connections.place):
        # A migration takes as long as it takes.
        connection = await connections.alone(command_timeout=None)
        try:
            await migrate(connection, read_migrations(MIGRATIONS), connections.place)
        finally:
            await connection.close()

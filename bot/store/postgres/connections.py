"""Connections to one database: a few that are shared, and those that somebody needs alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import aiosql
import asyncpg
from asyncpg.pool import PoolConnectionProxy

from bot.errors import StoreError
from bot.store.postgres.address import Address
from bot.store.postgres.errors import TROUBLE, explained

QUERIES = Path(__file__).parents[1] / "queries"
OWN_QUERIES = Path(__file__).parent / "queries"

AT_MOST = 10
"""Shared connections of one process."""

CONNECT_SECONDS = 5.0
COMMAND_SECONDS = 10.0
_CLOSE_SECONDS = 5.0

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Shared: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"


def _session(lock_timeout: float) -> dict[str, str]:
    """Settings of each session, the server's own names for them."""
    return {
        "application_name": "firstlabel",
        # A change that was acknowledged survives a crash of the server.
        "synchronous_commit": "on",
        "lock_timeout": f"{max(1, round(lock_timeout * 1000))}ms",
        # A process that freezes in a transaction keeps nobody waiting for its locks.
        "idle_in_transaction_session_timeout": "5s",
        # A process that lost its network is gone for the server within 20 seconds. (Local sockets need none of it.)
        "tcp_keepalives_idle": "5",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
        "tcp_user_timeout": "20000",
    }


class Connections:
    """Connections are made as they are needed, and again after the server was away."""

    def __init__(self, address: Address, lock_timeout: float) -> None:
        self.place = address.place
        self._url = address.url
        self._session = _session(lock_timeout)
        # Their methods are made of the files' queries, so there are no types to check them by.
        self.queries: Any = aiosql.from_path(QUERIES, "asyncpg")
        self.own_queries: Any = aiosql.from_path(OWN_QUERIES, "asyncpg")
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._closed = False
        self._under_way = 0
        self._all_done = asyncio.Event()

    async def open(self) -> None:
        """Make ready for :meth:`use`, which connects as needed."""
        with explained(self.place):
            self._pool = await asyncpg.create_pool(
                self._url,
                min_size=0,
                max_size=AT_MOST,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings=self._session,
                reset=_leave_as_it_is,
            )

    @asynccontextmanager
    async def use(self) -> AsyncIterator[Shared]:
        """A shared connection for the length of the block; trouble with it is a ``StoreError``."""
        if self._closed or self._pool is None:
            raise StoreError(f"{self.place}: is closed already")
        self._under_way += 1
        try:
            with explained(self.place):
                async with self._pool.acquire(timeout=COMMAND_SECONDS) as connection:
                    with _ended_if_confused(connection):
                        yield connection
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._all_done.set()

    async def alone(self, command_timeout: float | None = COMMAND_SECONDS) -> Connection:
        """A connection that is the caller's to use and to close. Raises what the library raises."""
        return await asyncpg.connect(
            self._url,
            timeout=CONNECT_SECONDS,
            command_timeout=command_timeout,
            server_settings=self._session,
        )

    @property
    def closed(self) -> bool:
        return self._closed

    async def close(self) -> None:
        """Finish what is under way, let nothing new begin."""
        if self._closed:
            return
        self._closed = True
        if self._under_way:
            self._all_done.clear()
            await self._all_done.wait()
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), _CLOSE_SECONDS)
        except TROUBLE:
            self._pool.terminate()


@contextmanager
def _ended_if_confused(connection: Shared) -> Iterator[None]:
    """For a moment after the server said good-bye the library takes a connection for good, and stumbles over it."""
    try:
        yield
    except asyncpg.InternalClientError:
        connection.terminate()
        raise


async def _leave_as_it_is(_: object) -> None:
    """Instead of the library's own clean-up, a round trip each time: nothing here changes a session's state."""

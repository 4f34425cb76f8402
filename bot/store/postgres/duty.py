"""A duty is one process's at a time: an advisory lock on a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.errors import StoreError
from bot.store.postgres.connections import Connection, Connections
from bot.store.postgres.errors import TROUBLE, meaning_of

RETRY_SECONDS = 1.0
"""Between two tries to get a duty."""

HEARTBEAT_SECONDS = 5.0
"""Between two looks whether the connection still holds. Within twice that a holder who lost it knows."""

Sleep = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def duty(connections: Connections, name: str, sleep: Sleep) -> AsyncIterator[None]:
    """See :meth:`bot.guide.ports.Store.duty`. While waiting, restarts of the server are waited out."""
    connection = await _win(connections, name, sleep)
    held = _Held(connection)
    heartbeat = asyncio.create_task(_watch(connection, sleep), name=f"duty-{name}")
    try:
        yield
    except asyncio.CancelledError:
        if not held.lost_alone():
            raise
    finally:
        held.release()
        heartbeat.cancel()
        await asyncio.gather(heartbeat, return_exceptions=True)
        with suppress(*TROUBLE):
            await connection.close(timeout=RETRY_SECONDS)
    if held.lost:
        raise StoreError(f"{connections.place}: the duty {name} was lost with the connection")


class _Held:
    """Cancels the task that has the duty when its connection ends."""

    def __init__(self, connection: Connection) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._connection = connection
        self.lost = False
        self._released = False
        connection.add_termination_listener(self._ended)
        if connection.is_closed():
            self._ended(connection)

    def lost_alone(self) -> bool:
        """Whether the cancellation is only ours, as in :class:`asyncio.Timeout`."""
        return self.lost and self._task.cancelling() <= self._cancelling + 1

    def release(self) -> None:
        """The block has ended: from now on nothing of ours cancels the task."""
        self._released = True
        self._connection.remove_termination_listener(self._ended)
        if self.lost:
            self._task.uncancel()

    def _ended(self, _: object) -> None:
        # The library may have this call under way already when the listener is taken off.
        if not self._released and not self.lost:
            self.lost = True
            self._task.cancel()


async def _win(connections: Connections, name: str, sleep: Sleep) -> Connection:
    """A connection that has the lock.

    It asks again and again rather than waiting in the server: so a cancelled wait leaves nothing behind there, and
    one connection that breaks is only one try.
    """
    connection: Connection | None = None
    try:
        while True:
            if connections.closed:
                raise StoreError(f"{connections.place}: is closed already")
            try:
                connection = connection or await connections.alone()
                if await connections.own_queries.try_duty(connection, name=name):
                    return connection
            except TROUBLE as error:
                if meaning_of(error) is None:
                    raise
                _end(connection)
                connection = None
            await sleep(RETRY_SECONDS)
    except BaseException:
        _end(connection)
        raise


async def _watch(connection: Connection, sleep: Sleep) -> None:
    """Ends the connection when the server no longer answers on it: a cable that is cut says nothing."""
    try:
        while True:
            await sleep(HEARTBEAT_SECONDS)
            await connection.execute("SELECT 1", timeout=HEARTBEAT_SECONDS)
    except TROUBLE:
        _end(connection)


def _end(connection: Connection | None) -> None:
    if connection is not None:
        connection.terminate()

"""One SQLite file through two connections: one that writes, one that reads, each with a thread of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import aiosqlite

from bot.errors import StoreError
from bot.store.sqlite.batches import Batches
from bot.store.sqlite.errors import explained

QUERIES = Path(__file__).parents[1] / "queries"

CLOSE_SECONDS = 1.0

T = TypeVar("T")


class Connections:
    """A read and a write are one hop to their connection's thread each, a write with its whole transaction.

    The thread takes them one after the other, so no lock is needed beside it, and a caller that is cancelled
    meanwhile leaves nothing half-written. What has not begun by then is not done at all: each piece of work may wait
    long for another process's lock, and nobody waits for it any more.
    """

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        # Its methods are made of the files' queries, so there are no types to check them by.
        self.queries: Any = aiosql.from_path(QUERIES, "sqlite3")
        self._batches = Batches(self._run_batch)
        self._closed = False
        self._cut = False
        self._under_way = 0
        self._all_done = asyncio.Event()

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._run(self._reader, work)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._run(self._writer, work)

    async def write_together(
        self,
        work: Callable[[sqlite3.Connection], T],
        after: Callable[[sqlite3.Connection], None] | None = None,
    ) -> T:
        """A write that may share its transaction with others: see :class:`bot.store.sqlite.batches.Batches`."""
        with self._counted(), explained(self.path):
            return await self._batches.write(work, after)

    async def close(self) -> None:
        """Finish what is under way, and after a second only the one piece of work that has begun.

        What queues behind that is then a ``StoreError`` to its caller: while another process keeps the file locked
        each piece would wait for that in vain.
        """
        if self._closed:
            return
        self._closed = True
        if self._under_way:
            self._all_done.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_done.wait(), CLOSE_SECONDS)
        self._cut = True
        # The last connection to close moves the log into the file, and only the writer may write.
        await self._reader.close()
        await self._writer.close()

    async def _run(self, connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        wanted = True

        def work_if_wanted(raw: sqlite3.Connection) -> T:
            if self._cut or not wanted:
                raise self._is_closed()
            return work(raw)

        try:
            with self._counted(), explained(self.path):
                return await in_thread(connection, work_if_wanted)
        finally:
            wanted = False

    async def _run_batch(self, work: Callable[[sqlite3.Connection], None]) -> None:
        def work_unless_cut(raw: sqlite3.Connection) -> None:
            if self._cut:
                raise self._is_closed()
            work(raw)

        await in_thread(self._writer, work_unless_cut)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if self._closed:
            raise self._is_closed()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._all_done.set()

    def _is_closed(self) -> StoreError:
        return StoreError(f"{self.path}: is closed already")


async def connect(path: Path, lock_timeout: float) -> aiosqlite.Connection:
    """A connection that waits up to ``lock_timeout`` seconds for a lock that another process holds."""
    # Without an isolation level Python begins no transaction by itself.
    connection = aiosqlite.connect(path, timeout=lock_timeout, isolation_level=None)
    # A process that fails before it closes its store ends, instead of waiting for this thread for ever. What was
    # acknowledged is on the disk by then, and what was not is undone at the next start.
    connection._thread.daemon = True
    return await connection


async def in_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Runs ``work`` in the connection's thread, in one hop.

    aiosqlite's public methods hop once a statement, and the hops cost several times what the statements do. What
    it builds those methods from is not public, so this is the one place that uses it.
    """
    submit: Callable[..., Awaitable[T]] = connection._execute
    return await submit(work, connection._conn)

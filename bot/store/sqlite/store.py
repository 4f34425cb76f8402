"""The store on one SQLite file: a connection that writes, one that reads, each with a thread of its own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import aiosqlite

from bot.errors import StoreError
from bot.guide.person import Change, Person
from bot.store.migrations import read_migrations
from bot.store.rows import ERASE, Statement, person_of, statements
from bot.store.sqlite.errors import explained
from bot.store.sqlite.files import path_of, prepare_file
from bot.store.sqlite.schema import migrate, transaction
from bot.store.sqlite.scrub import AT_ONCE_BYTES, is_due, make_due, scrub

_HERE = Path(__file__).parent
MIGRATIONS = _HERE / "migrations"
QUERIES = _HERE.parent / "queries" / "people.sql"

_LOCK_PAUSE = 0.005
"""Seconds between two tries to get a lock."""

T = TypeVar("T")


async def open_sqlite(url: str, *, lock_timeout: float) -> SqliteStore:
    """Opens the file that ``url`` names, made and migrated as needed. See :func:`bot.store.open_store`."""
    path = path_of(url)
    prepare_file(path)
    with explained(path):
        async with AsyncExitStack() as opened:
            writer = await _connect(path, lock_timeout)
            opened.push_async_callback(writer.close)
            await _in_thread(writer, partial(prepare, path=path))
            reader = await _connect(path, lock_timeout)
            opened.push_async_callback(reader.close)
            await reader.execute_fetchall("PRAGMA query_only = ON")
            store = SqliteStore(path, writer, reader)
            opened.pop_all()
    return store


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set up the writing connection and bring the schema up to date."""
    if _keep_log(connection) != "wal":
        raise StoreError(
            f"{path}: no write-ahead log can be kept there: put the file in a folder on a local disk"
        )
    # A change that was acknowledged survives a power cut, too, not only a kill of the process.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    migrate(connection, read_migrations(MIGRATIONS), path)
    if is_due(connection):
        scrub(connection, path)


def _keep_log(connection: sqlite3.Connection) -> str:
    """Ask for a write-ahead log; what kind of journal there is then.

    A new file is changed over under a lock that SQLite does not wait for, and two processes may meet it together.
    """
    (milliseconds,) = connection.execute("PRAGMA busy_timeout").fetchone()
    deadline = time.monotonic() + milliseconds / 1000
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_LOCK_PAUSE)
        else:
            return str(mode)


class SqliteStore:
    """Implements :class:`bot.guide.ports.Store`.

    A read and a write are one hop to their connection's thread each, a write with its whole transaction. The
    thread takes them one after the other, so no lock is needed beside it, and a caller that is cancelled
    meanwhile leaves nothing half-written.
    """

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        # Its methods are made of the file's queries, so there are no types to check them by.
        self._queries: Any = aiosql.from_path(QUERIES, "sqlite3")
        self._closed = False

    async def person(self, person_id: int) -> Person:
        def read(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return list(self._queries.person(connection, person=person_id))

        return person_of(person_id, await self._run(self._reader, read))

    async def save(self, person_id: int, changes: Sequence[Change], now: datetime) -> None:
        batch = statements(changes, now)
        if not batch:
            return
        await self._run(self._writer, partial(self._write, person_id=person_id, batch=batch))

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        # The last connection to close moves the log into the file, and only the writer may write.
        await self._reader.close()
        await self._writer.close()

    async def _run(self, connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise StoreError(f"{self._path}: is closed already")
        with explained(self._path):
            return await _in_thread(connection, work)

    def _write(self, connection: sqlite3.Connection, person_id: int, batch: Sequence[Statement]) -> None:
        erased = 0
        with transaction(connection):
            for statement in batch:
                run = getattr(self._queries, statement.query)
                rows = run(connection, person=person_id, **statement.parameters)
                erased += rows if statement.query == ERASE else 0
            if erased:
                make_due(connection)
        if erased:
            scrub(connection, self._path, AT_ONCE_BYTES)


async def _connect(path: Path, lock_timeout: float) -> aiosqlite.Connection:
    # Without an isolation level Python begins no transaction by itself.
    connection = aiosqlite.connect(path, timeout=lock_timeout, isolation_level=None)
    # A process that fails before it closes its store ends, instead of waiting for this thread for ever. What was
    # acknowledged is on the disk by then, and what was not is undone at the next start.
    connection._thread.daemon = True
    return await connection


async def _in_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Runs ``work`` in the connection's thread, in one hop.

    aiosqlite's public methods hop once a statement, and the hops cost several times what the statements do. What
    it builds those methods from is not public, so this is the one place that uses it.
    """
    submit: Callable[..., Awaitable[T]] = connection._execute
    return await submit(work, connection._conn)

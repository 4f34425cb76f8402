"""The store on one SQLite file: opened, made and migrated as needed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from bot.errors import StoreError
from bot.store.migrations import read_migrations
from bot.store.sqlite.broadcasts import SqliteBroadcasts
from bot.store.sqlite.connections import Connections, connect, in_thread
from bot.store.sqlite.errors import explained
from bot.store.sqlite.files import path_of, prepare_file
from bot.store.sqlite.inbox import SqliteInbox
from bot.store.sqlite.outreach import SqliteOutreach
from bot.store.sqlite.people import SqlitePeople
from bot.store.sqlite.questions import SqliteQuestions
from bot.store.sqlite.schema import MIGRATIONS, migrate
from bot.store.sqlite.scrub import Scrubber
from bot.store.sqlite.statistics import SqliteStatistics

_LOCK_PAUSE = 0.005
"""Seconds between two tries to get a lock."""


class SqliteStore(
    SqlitePeople, SqliteInbox, SqliteOutreach, SqliteBroadcasts, SqliteQuestions, SqliteStatistics
):
    """Implements :class:`bot.guide.ports.Store`."""

    def __init__(self, connections: Connections, scrubber: Scrubber) -> None:
        lost: set[int] = set()
        SqlitePeople.__init__(self, connections, scrubber, lost)
        SqliteInbox.__init__(self, connections, scrubber, lost)
        SqliteOutreach.__init__(self, connections)
        SqliteBroadcasts.__init__(self, connections)
        SqliteQuestions.__init__(self, connections)
        SqliteStatistics.__init__(self, connections)

    @asynccontextmanager
    async def duty(self, name: str) -> AsyncIterator[None]:
        """Whoever serves from the file has every duty."""
        yield

    async def close(self) -> None:
        await self._connections.close()
        self.give_up()


async def open_sqlite(
    url: str, *, lock_timeout: float, monotonic: Callable[[], float] = time.monotonic
) -> SqliteStore:
    """Opens the file that ``url`` names. See :func:`bot.store.open_store`."""
    path = path_of(url)
    prepare_file(path)
    scrubber = Scrubber(path, monotonic)
    with explained(path):
        async with AsyncExitStack() as opened:
            writer = await connect(path, lock_timeout)
            opened.push_async_callback(writer.close)
            await in_thread(writer, partial(prepare, path=path, scrubber=scrubber))
            reader = await connect(path, lock_timeout)
            opened.push_async_callback(reader.close)
            await reader.execute_fetchall("PRAGMA query_only = ON")
            store = SqliteStore(Connections(path, writer, reader), scrubber)
            opened.pop_all()
    return store


def prepare(connection: sqlite3.Connection, path: Path, scrubber: Scrubber) -> None:
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
    scrubber.opened(connection)


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

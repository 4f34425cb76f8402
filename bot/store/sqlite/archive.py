"""An SQLite file as a whole: to be copied, or filled."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from bot.errors import StoreError
from bot.store.sqlite.errors import explained
from bot.store.sqlite.files import path_of
from bot.store.sqlite.schema import transaction, version_of
from bot.store.sqlite.serving import Serving, require_unserved
from bot.store.sqlite.store import open_sqlite
from bot.store.tables import BACKED_UP, NOT_BACKED_UP, TABLES, Counts, Filling, Row, Snapshot, Table


class SqliteArchive:
    """Implements :class:`bot.store.tables.Archive`. It works in the event loop's thread, which has nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = str(path)

    @asynccontextmanager
    async def unserved(self) -> AsyncIterator[None]:
        serving = Serving(self._path)
        serving.take()
        try:
            yield
        finally:
            serving.give_up()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield _Snapshot(connection)

    @asynccontextmanager
    async def filling(self) -> AsyncIterator[Filling]:
        with self._connected() as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            with transaction(connection):
                if any(_counts(connection).values()):
                    raise StoreError(
                        f"{self.place}: holds data already: only an empty database can be filled"
                    )
                yield _Filling(connection)

    async def counts(self) -> Counts:
        with self._connected() as connection:
            return _counts(connection)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with explained(self._path), closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            yield connection


async def require_sqlite_unserved(url: str, *, must_exist: bool) -> None:
    """See :class:`bot.store.opening.Unserved`."""
    path = path_of(url)
    if must_exist:
        _require(path)
    require_unserved(path)


async def open_sqlite_archive(url: str, *, must_exist: bool, up_to_date: bool = True) -> SqliteArchive:
    """See :class:`bot.store.opening.ArchiveOpener`."""
    path = path_of(url)
    if must_exist:
        _require(path)
    if up_to_date:
        await (await open_sqlite(url, lock_timeout=5.0)).close()
    return SqliteArchive(path)


def _require(path: Path) -> None:
    if not path.exists():
        raise StoreError(f"{path}: there is no such file")


def copy_file(source: Path, target: Path) -> Counts:
    """Copy a database, consistent though a bot writes it meanwhile; its rows, by table.

    What waits to be answered or sent is left out, to the last byte. ``target`` is a file that is empty or not there. The
    schema stays as it is.
    """
    if not source.exists():
        raise StoreError(f"{source}: there is no such file, so there is nothing to back up")
    # Not made if it vanished just now, and otherwise opened as the bot opens it: a log needs to be written to be read.
    with (
        explained(source),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as read,
    ):
        if not version_of(read):
            raise StoreError(f"{source}: is not a database of this bot")
        with explained(target), closing(sqlite3.connect(target)) as written:
            # In one step, which is one transaction: in several it would begin again whenever the bot writes.
            read.backup(written)
            _leave_out_what_waits(written)
            counts = _counts(written)
            return {table.name: counts[table.name] for table in BACKED_UP if table.name in counts}


def _leave_out_what_waits(copy: sqlite3.Connection) -> None:
    there = [name for name in NOT_BACKED_UP if name in _counts(copy)]
    if there:
        for name in there:
            copy.execute(f"DELETE FROM {name}")  # noqa: S608  # names are ours
        copy.commit()
        # A deleted row leaves its bytes in the file until that is rebuilt.
        copy.execute("VACUUM")


class _Snapshot:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def counts(self) -> Counts:
        return _counts(self._connection)

    async def batches(self, table: Table, at_once: int) -> AsyncIterator[Sequence[Row]]:
        with closing(self._connection.execute(table.select)) as cursor:
            while rows := cursor.fetchmany(at_once):
                yield rows


class _Filling:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def add(self, table: Table, rows: Sequence[Row]) -> None:
        places = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})"  # noqa: S608
        self._connection.executemany(statement, rows)


def _counts(connection: sqlite3.Connection) -> Counts:
    """Of the tables that there are: an older schema has fewer."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        table.name: int(connection.execute(table.count).fetchone()[0])
        for table in TABLES
        if table.name in there
    }

"""Brings the schema of an SQLite file up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StoreError
from bot.store.migrations import Migration, pending
from bot.store.sqlite.errors import meaning_of

MIGRATIONS = Path(__file__).parent / "migrations"

_JOURNAL = """
CREATE TABLE IF NOT EXISTS migrations (
    number     INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT
"""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it. The lock is taken at the start, so no statement in it meets a lock.

    Within another one it is a part of that, which can be undone by itself.
    """
    if connection.in_transaction:
        with _part(connection):
            yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has ended the transaction by itself after some errors, such as a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _part(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration], path: Path) -> None:
    """Run what is pending, each migration in one transaction together with the record of its number.

    Raises :class:`~bot.errors.SchemaTooNewError` for a file ahead of this program, and
    :class:`~bot.errors.StoreError` for a migration that fails: the file is then as the one before left it.
    """
    for migration in pending(migrations, version_of(connection), str(path)):
        with transaction(connection):
            # Another process may have been quicker while this one waited for the lock.
            if migration in pending(migrations, version_of(connection), str(path)):
                _run(connection, migration, path)


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last migration; 0 for a new file."""
    listed = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'")
    if listed.fetchone() is None:
        return 0
    (number,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM migrations").fetchone()
    return int(number)


def _run(connection: sqlite3.Connection, migration: Migration, path: Path) -> None:
    try:
        connection.execute(_JOURNAL)
        for statement in _statements(migration.sql):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)",
            (migration.number, migration.name, int(time.time())),
        )
    except sqlite3.Error as error:
        if meaning_of(error):
            raise
        raise StoreError(f"{path}: migration {migration.name} failed and was undone: {error}") from error


def _statements(script: str) -> Iterator[str]:
    """One by one: ``executescript`` would commit what the transaction has done so far."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement

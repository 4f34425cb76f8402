"""Brings the schema of a PostgreSQL database up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from bot.errors import StoreError
from bot.store.migrations import Migration, pending
from bot.store.postgres.connections import Connection
from bot.store.postgres.errors import meaning_of

MIGRATIONS = Path(__file__).parent / "migrations"

_JOURNAL = """
CREATE TABLE IF NOT EXISTS migrations (
    number     integer PRIMARY KEY,
    name       text    NOT NULL,
    applied_at bigint  NOT NULL
)
"""

# Not to_regclass(), which may answer from before the wait for the lock. Another schema of the search path may hold
# another program's table of this name.
_IS_THERE = """
SELECT EXISTS (
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relname = 'migrations' AND nspname = current_schema()
)
"""


async def migrate(connection: Connection, migrations: Sequence[Migration], place: str) -> None:
    """Run what is pending, in one transaction. Of several processes that start together, one does it.

    Raises :class:`~bot.errors.SchemaTooNewError` for a database ahead of this program, and
    :class:`~bot.errors.StoreError` for a migration that fails: the database is then as it was.
    """
    if not await lacking(connection, migrations, place):
        return
    async with connection.transaction():
        # Whoever is quicker may take its time.
        await connection.execute("SET LOCAL lock_timeout = 0")
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('firstlabel migrations', 0))")
        for migration in await lacking(connection, migrations, place):
            await _run(connection, migration, place)


async def lacking(
    connection: Connection, migrations: Sequence[Migration], place: str
) -> tuple[Migration, ...]:
    """The migrations that the database has not had yet."""
    known = await connection.fetchval(_IS_THERE)
    version = await connection.fetchval("SELECT COALESCE(max(number), 0) FROM migrations") if known else 0
    return pending(migrations, version, place)


async def _run(connection: Connection, migration: Migration, place: str) -> None:
    try:
        await connection.execute(_JOURNAL)
        await connection.execute(migration.sql)
        await connection.execute(
            "INSERT INTO migrations (number, name, applied_at) VALUES ($1, $2, $3)",
            migration.number,
            migration.name,
            int(time.time()),
        )
    except asyncpg.PostgresError as error:
        if meaning_of(error):
            raise
        raise StoreError(f"{place}: migration {migration.name} failed and was undone: {error}") from error

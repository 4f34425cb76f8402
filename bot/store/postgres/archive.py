"""A PostgreSQL database as a whole: to be copied, or filled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.errors import StoreError
from bot.store.migrations import read_migrations
from bot.store.postgres.address import address_of
from bot.store.postgres.connections import Connection, Connections
from bot.store.postgres.errors import explained
from bot.store.postgres.schema import MIGRATIONS, lacking
from bot.store.postgres.store import bring_up_to_date
from bot.store.tables import TABLES, Counts, Filling, Row, Snapshot, Table

_SERVED_SINCE = 2
"""The migration by which the database knows who serves."""


class PostgresArchive:
    """Implements :class:`bot.store.tables.Archive`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.place = connections.place

    @asynccontextmanager
    async def unserved(self) -> AsyncIterator[None]:
        async with self._transaction() as connection:
            # A bot that starts meanwhile cannot register: it says that the database is locked, and ends.
            await connection.execute("LOCK TABLE replicas IN SHARE MODE")
            await _require_unserved(self._connections, connection)
            yield

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        async with self._transaction(isolation="repeatable_read", readonly=True) as connection:
            yield _Snapshot(connection)

    @asynccontextmanager
    async def filling(self) -> AsyncIterator[Filling]:
        async with self._transaction() as connection:
            if any((await _counts(connection)).values()):
                raise StoreError(f"{self.place}: holds data already: only an empty database can be filled")
            yield _Filling(connection)

    async def counts(self) -> Counts:
        async with self._transaction(isolation="repeatable_read", readonly=True) as connection:
            return await _counts(connection)

    async def require_current_schema(self) -> None:
        """Raises ``StoreError`` when the schema is another than this program's; changes nothing."""
        async with self._transaction(readonly=True) as connection:
            if await lacking(connection, read_migrations(MIGRATIONS), self.place):
                raise StoreError(
                    f"{self.place}: is empty or of an older version: start the bot on it once, then back it up"
                )

    @asynccontextmanager
    async def _transaction(self, **kind: Any) -> AsyncIterator[Connection]:
        with explained(self.place):
            # How long a step takes depends on how much there is.
            connection = await self._connections.alone(command_timeout=None)
            try:
                async with connection.transaction(**kind):
                    # It rests while the other database works.
                    await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                    yield connection
            finally:
                await connection.close()


async def require_postgres_unserved(url: str, *, must_exist: bool) -> None:
    """See :class:`bot.store.opening.Unserved`. A database is never made here, so it always ``must_exist``."""
    connections = Connections(address_of(url), lock_timeout=5.0)
    with explained(connections.place):
        connection = await connections.alone()
        try:
            lacks = await lacking(connection, read_migrations(MIGRATIONS), connections.place)
            if all(migration.number > _SERVED_SINCE for migration in lacks):
                await _require_unserved(connections, connection)
        finally:
            await connection.close()


async def _require_unserved(connections: Connections, connection: Connection) -> None:
    if await connections.own_queries.is_served(connection):
        raise StoreError(f"{connections.place}: a bot serves from it: stop that one first")


async def open_postgres_archive(url: str, *, must_exist: bool, up_to_date: bool = True) -> PostgresArchive:
    """See :class:`bot.store.opening.ArchiveOpener`. A database is never made here, so it always ``must_exist``."""
    connections = Connections(address_of(url), lock_timeout=5.0)
    archive = PostgresArchive(connections)
    if up_to_date:
        await bring_up_to_date(connections)
    else:
        await archive.require_current_schema()
    return archive


class _Snapshot:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def counts(self) -> Counts:
        return await _counts(self._connection)

    async def batches(self, table: Table, at_once: int) -> AsyncIterator[Sequence[Row]]:
        cursor = await self._connection.cursor(table.select)
        while rows := await cursor.fetch(at_once):
            yield [tuple(row) for row in rows]


class _Filling:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, table: Table, rows: Sequence[Row]) -> None:
        await self._connection.copy_records_to_table(table.name, records=rows, columns=table.columns)


async def _counts(connection: Connection) -> Counts:
    return {table.name: int(await connection.fetchval(table.count)) for table in TABLES}

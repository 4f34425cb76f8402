"""A look into a bot's database from outside, while the bot runs or after it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from tests.faults.waiting import LONG_PATIENCE, until

Rows = list[tuple[Any, ...]]

_DANGLING = "SELECT COUNT(*) FROM marks WHERE person NOT IN (SELECT id FROM people)"
_FORGOTTEN = "SELECT COUNT(*) FROM inbox WHERE update_id NOT IN (SELECT update_id FROM known_updates)"


class Database(Protocol):
    """``kind`` is the URL's scheme."""

    url: str
    kind: str

    async def rows(self, sql: str) -> Rows: ...

    async def run(self, sql: str) -> None:
        """Change something behind the bot's back."""

    async def complaints(self) -> list[str]:
        """What is unsound about it."""


class SqliteDatabase:
    kind = "sqlite"

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = Path(url.removeprefix("sqlite:///"))

    async def rows(self, sql: str) -> Rows:
        return await asyncio.to_thread(self._rows, sql)

    def _rows(self, sql: str) -> Rows:
        with closing(sqlite3.connect(self.path, timeout=30)) as connection:
            return connection.execute(sql).fetchall()

    async def run(self, sql: str) -> None:
        await asyncio.to_thread(self._run, sql)

    def _run(self, sql: str) -> None:
        with closing(sqlite3.connect(self.path, timeout=30)) as connection, connection:
            connection.execute(sql)

    async def complaints(self) -> list[str]:
        checks = await self.rows("PRAGMA integrity_check")
        found = [str(line) for (line,) in checks if line != "ok"]
        found += [f"foreign key: {row}" for row in await self.rows("PRAGMA foreign_key_check")]
        return [*found, *await _strays(self)]


class PostgresDatabase:
    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url

    async def rows(self, sql: str) -> Rows:
        import asyncpg

        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    async def run(self, sql: str) -> None:
        await self.rows(sql)

    async def complaints(self) -> list[str]:
        return await _strays(self)


async def _strays(database: Database) -> list[str]:
    counts = {"marks of nobody": _DANGLING, "letters that are not known": _FORGOTTEN}
    found = {what: (await database.rows(sql))[0][0] for what, sql in counts.items()}
    return [f"{count} {what}" for what, count in found.items() if count]


def database_at(url: str) -> Database:
    return SqliteDatabase(url) if url.startswith("sqlite:") else PostgresDatabase(url)


async def until_empty(database: Database) -> None:
    """Wait until the inbox is empty."""

    async def empty() -> bool:
        return await database.rows("SELECT COUNT(*) FROM inbox") == [(0,)]

    await until(empty, LONG_PATIENCE)

"""SQLite files with many people in them, as the bot would have written them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.guide.person import Remember, Schedule, Seen, Start
from bot.outreach.planning import NOTE
from bot.store import open_store
from tests.faults.subscribers import planned_at

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
KNOWN = 100_000_000
"""The id of the first person in a file; others follow."""

_STRIDE = 617_233
"""Has no divisor in common with a number of people that is a power of ten."""


def with_people(path: Path, people: int, due: datetime | None = None) -> int:
    """Make a file with so many people, who have ticked a few things; how many bytes it takes for each.

    With ``due`` a tip is due for all of them then, where it is about noon now.
    """
    asyncio.run(_first(path, due))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table, key in (("people", "id"), ("marks", "person")):
            names = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join("number.value" if name == key else f"copied.{name}" for name in names)
            connection.execute(
                f"WITH RECURSIVE number(value) AS"
                f" (SELECT {KNOWN + 1} UNION ALL SELECT value + 1 FROM number LIMIT {people - 1})"
                f" INSERT INTO {table} ({', '.join(names)})"
                f" SELECT {values} FROM number, (SELECT * FROM {table} WHERE {key} = {KNOWN}) AS copied"
            )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size // people


def scattered(people: int) -> Iterator[int]:
    """The ids of such a file again and again, each far from the one before, so that no two share a page of the file."""
    number = 0
    while True:
        yield KNOWN + number
        number = (number + _STRIDE) % people


async def _first(path: Path, due: datetime | None) -> None:
    """One person as the bot writes them, whom all others are copies of."""
    store = await open_store(f"sqlite:///{path}")
    ticks = [Remember("task", f"get-ready/task-{number}", "done") for number in range(3)]
    plan = [Schedule(planned_at(due, datetime.now(UTC)), due)] if due else []
    await store.save(KNOWN, [Start("forum"), Seen("en"), *ticks, *plan], NOW)
    # By these rules of time zones they were planned, so that nobody is planned anew.
    await store.take_note(NOTE, version("tzdata"))
    await store.close()

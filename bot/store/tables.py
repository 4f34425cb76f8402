"""The tables that carry what is remembered, the same in every database, and what moves them from one to another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Row: TypeAlias = Sequence[Any]
Counts: TypeAlias = Mapping[str, int]
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many rows of how many are done."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first ``key`` columns tell its rows apart, and order them."""

    name: str
    columns: tuple[str, ...]
    key: int = 1

    @property
    def select(self) -> str:
        """All rows, for any database."""
        order = ", ".join(self.columns[: self.key])
        return f"SELECT {', '.join(self.columns)} FROM {self.name} ORDER BY {order}"  # noqa: S608  # names are ours

    @property
    def count(self) -> str:
        return f"SELECT COUNT(*) FROM {self.name}"  # noqa: S608


TABLES = (
    Table(
        "people",
        (
            *(
                "id",
                "language",
                "source",
                "started_at",
                "seen_at",
                "gone_at",
                "zone",
                "tip_minute",
                "tip_days",
            ),
            *("tips_on", "paused_until", "next_tip_at", "last_tip_on"),
        ),
    ),
    Table("marks", ("person", "kind", "item", "value", "at"), key=3),
    Table("inbox", ("update_id", "person", "body", "at", "begun", "answer")),
    Table("known_updates", ("update_id", "at")),
    Table("notes", ("name", "value")),
    Table("counts", ("day", "name", "value"), key=2),
    Table("dead_letters", ("reference", "update_id", "reason", "shape", "at")),
    Table(
        "broadcasts",
        (
            *("id", "admin", "language", "state", "post", "audience", "revision", "message", "at"),
            *("number", "ended_at", "tally"),
        ),
    ),
    Table("broadcast_people", ("broadcast", "person", "state"), key=2),
    Table("unanswered", ("id", "day", "language", "text", "ignored")),
)
"""In an order in which they can be filled. Who works on what at this moment is no one's to move."""

NOT_BACKED_UP = ("broadcast_people", "broadcasts", "inbox", "unanswered")
"""What waits to be answered or sent: it holds names and words, and a restore would do it again, days later. And people's
questions, which are kept for a while only. In an order in which they can be emptied."""

BACKED_UP = tuple(table for table in TABLES if table.name not in NOT_BACKED_UP)


class Snapshot(Protocol):
    """A database as it was at one moment."""

    async def counts(self) -> Counts:
        """How many rows each table has."""

    def batches(self, table: Table, at_once: int) -> AsyncIterator[Sequence[Row]]:
        """All rows of a table, up to ``at_once`` at a time."""


class Filling(Protocol):
    """A transaction that fills an empty database."""

    async def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows of a table, after those of the tables before it in :data:`TABLES`."""


class Archive(Protocol):
    """A database as a whole. Every method raises :class:`bot.errors.StoreError` when it cannot be used."""

    @property
    def place(self) -> str:
        """Which it is, without a secret."""

    def unserved(self) -> AbstractAsyncContextManager[None]:
        """No bot serves from it during the block. Raises ``StoreError`` when one does already."""

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        """As it is when first asked; bots may go on writing."""

    def filling(self) -> AbstractAsyncContextManager[Filling]:
        """Commits at the end of the block, or leaves nothing. Raises ``StoreError`` when it is not empty."""

    async def counts(self) -> Counts:
        """As it is now."""

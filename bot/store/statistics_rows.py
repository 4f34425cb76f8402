"""Between rows and statistics, the same for every backend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.errors import StoreError
from bot.guide.ports_statistics import Depths, Figures, Finished, Headcount
from bot.store.rows import FIRST_DAY, seconds

Rows = Iterable[Sequence[Any]]


def require_schema(found: int | None, known: int, place: str) -> None:
    """Raises :class:`~bot.errors.StoreError` if the database is not as this program left it."""
    if found != known:
        raise StoreError(f"{place}: has schema {found or 0}, and this program works with {known}")


def since(now: datetime) -> dict[str, int | None]:
    """The parameters of the query ``headcount``."""
    return {
        "now": seconds(now),
        "day": seconds(now - timedelta(days=1)),
        "week": seconds(now - timedelta(days=7)),
        "month": seconds(now - timedelta(days=30)),
    }


def first_moment(now: datetime, days: int) -> int:
    """When the first of so many dates began, of which today is the last."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight - timedelta(days=days - 1)).timestamp())


def depths_of(row: Sequence[Any]) -> Depths:
    letters, oldest, tips, broadcast = row
    at = None if oldest is None else datetime.fromtimestamp(oldest, UTC)
    return Depths(letters, at, tips, broadcast)


def counts_of(rows: Rows) -> Mapping[date, Mapping[str, int]]:
    days: dict[date, dict[str, int]] = {}
    for day, name, value in rows:
        days.setdefault(FIRST_DAY + timedelta(days=day), {})[name] = value
    return days


def figures_of(
    *,
    headcount: Sequence[int],
    marked: Iterable[tuple[str, Rows]],
    finished: Rows,
    paces: Rows,
    sources: Rows,
    joined: Rows,
) -> Figures:
    by_item: dict[str, dict[int, int]] = {}
    for item, days, people in paces:
        # A clock that was set back is no reason for a negative pace.
        after = max(0, days)
        by_item.setdefault(item, {})[after] = by_item.get(item, {}).get(after, 0) + people
    return Figures(
        Headcount(*headcount),
        {(kind, item, value): people for kind, rows in marked for item, value, people in rows},
        _finished(finished),
        by_item,
        {str(source): int(people) for source, people in sources},
        {FIRST_DAY + timedelta(days=day): people for day, people in joined},
    )


def _finished(rows: Rows) -> Finished:
    return tuple((frozenset(map(_mark, steps.split(" "))), people) for steps, people in rows)


def _mark(mark: str) -> tuple[str, str]:
    item, _, value = mark.partition("=")
    return item, value

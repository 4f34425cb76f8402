"""A small chart, described: the edge draws it, and its caption says the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.content.markup import Rich

MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from zero to ``value``, which is not negative; ``text`` is the value as people write it."""

    label: str
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale to compare the bars with."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below each other on one scale, at least one and at most :data:`MOST_BARS`."""

    title: str
    bars: tuple[Bar, ...]
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, sent as a message of its own; ``caption`` (at most 1,024 characters) tells all that it shows."""

    chart: Chart
    caption: Rich

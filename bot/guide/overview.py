"""Steps and days of many people, described: the edge draws it, and a text beside it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """A step: how many came and how many did it, as numbers and as they are told."""

    title: str
    reached: int
    done: int
    told: str


@dataclass(frozen=True, slots=True)
class DayBar:
    """A date: how many people were here, and how many of them were new; ``label`` stands below, if any."""

    active: int
    new: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the picture shows."""

    steps_title: str
    reached: str
    done: str
    steps: Sequence[FunnelRow]
    days_title: str
    active: str
    new: str
    days: Sequence[DayBar]

"""What operators want to know of the store: whether it works, how much waits in it, and how many people do what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

Finished = Sequence[tuple[frozenset[tuple[str, str]], int]]
"""How many people have exactly these marks on steps, each as item and value; without those who have none."""


@dataclass(frozen=True, slots=True)
class Depths:
    """What waits. ``oldest`` (aware, UTC) is when the letter came that waits longest.

    ``tips`` are due, ``broadcast`` are messages of confirmed broadcasts that are still to be sent.
    """

    letters: int = 0
    oldest: datetime | None = None
    tips: int = 0
    broadcast: int = 0


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people there are. A number behind a word is of days back from now."""

    known: int = 0
    started: int = 0
    new_1: int = 0
    new_7: int = 0
    new_30: int = 0
    active_1: int = 0
    active_7: int = 0
    active_30: int = 0
    gone: int = 0
    tips_on: int = 0
    tips_paused: int = 0
    """Part of ``tips_on``."""
    tips_stopped: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of people, and nothing else about them.

    ``marks`` are by kind, item and value. ``paces`` are, by the item of a step that is done, how many people did it after
    so many whole days since they began. ``joined`` is how many began on each date (UTC), of the last ones only.
    """

    people: Headcount = Headcount()
    marks: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    finished: Finished = ()
    paces: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    joined: Mapping[date, int] = field(default_factory=dict)


class Health(Protocol):
    """How the database is."""

    async def check(self) -> None:
        """Raises :class:`bot.errors.StoreError` if it cannot be used, or its schema is not the one of this program."""

    async def depths(self, now: datetime) -> Depths:
        """What waits at ``now`` (aware)."""


class Statistics(Protocol):
    """Counts of people, and of what happened on each date (UTC)."""

    async def count(self, day: date, counts: Mapping[str, int]) -> None:
        """Add to what is counted under these names on this date, in one transaction."""

    async def counts(self, first: date) -> Mapping[date, Mapping[str, int]]:
        """What was counted on each date from ``first`` on, by name; a date without any is left out."""

    async def figures(self, kinds: Sequence[str], step: str, done: str, now: datetime, days: int) -> Figures:
        """How people are spread at ``now`` (aware), over marks of these ``kinds``; those on steps are of kind ``step``,
        and their value is ``done`` once they are done.

        ``days`` is for how many dates back ``joined`` is told. It takes a while, and holds nobody up.
        """

"""Statistics in memory: the port that the tests' store keeps beside all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.guide.broadcast import Broadcast
from bot.guide.person import Person
from bot.guide.ports_statistics import Depths, Figures, Finished, Headcount


class MemoryStatistics:
    """The ports of :mod:`bot.guide.ports_statistics`. ``check_error`` is what :meth:`check` raises."""

    people: dict[int, Person]
    letters: dict[int, Any]
    known: dict[int, datetime]
    broadcasts: dict[int, Broadcast]
    recipients: dict[int, dict[int, str]]

    def __init__(self) -> None:
        self.days: dict[date, Counter[str]] = {}
        self.check_error: Exception | None = None
        self.count_error: Exception | None = None

    async def check(self) -> None:
        if self.check_error is not None:
            raise self.check_error

    async def depths(self, now: datetime) -> Depths:
        due = [each for each in self.people.values() if each.next_tip_at and each.next_tip_at <= now]
        on_the_way = [
            state
            for id_, rows in self.recipients.items()
            if not self.broadcasts[id_].ended and self.broadcasts[id_].state != "draft"
            for state in rows.values()
        ]
        return Depths(
            len(self.letters),
            min((self.known[number] for number in self.letters), default=None),
            sum(not each.gone for each in due),
            sum(state in ("waiting", "flight") for state in on_the_way),
        )

    async def count(self, day: date, counts: Mapping[str, int]) -> None:
        if self.count_error is not None:
            raise self.count_error
        if counts:
            self.days.setdefault(day, Counter()).update(counts)

    async def counts(self, first: date) -> Mapping[date, Mapping[str, int]]:
        return {day: dict(counts) for day, counts in self.days.items() if day >= first}

    async def figures(self, kinds: Sequence[str], step: str, done: str, now: datetime, days: int) -> Figures:
        people = list(self.people.values())
        marks = Counter(
            (kind, item, mark.value) for each in people for kind, item, mark in each.marks if kind in kinds
        )
        paces: dict[str, Counter[int]] = {}
        for each in people:
            for kind, item, mark in each.marks:
                if kind == step and mark.value == done and each.started_at:
                    paces.setdefault(item, Counter())[max(0, (mark.at - each.started_at).days)] += 1
        began = [each for each in people if each.started_at]
        first = now.astimezone(UTC).date() - timedelta(days=days - 1)
        joined = Counter(each.started_at.date() for each in began if each.started_at)
        return Figures(
            _headcount(people, now),
            marks,
            _finished(people, step),
            paces,
            Counter(each.source or "" for each in began),
            {day: count for day, count in joined.items() if day >= first},
        )


def _headcount(people: Sequence[Person], now: datetime) -> Headcount:
    def within(days: int, moments: Sequence[datetime | None]) -> int:
        return sum(at is not None and at >= now - timedelta(days=days) for at in moments)

    started = [each.started_at for each in people]
    seen = [each.seen_at for each in people]
    wanted = [each for each in people if each.plan and each.plan.on and not each.gone]
    paused = [each.plan.paused_until for each in wanted if each.plan and each.plan.paused_until]
    return Headcount(
        len(people),
        sum(at is not None for at in started),
        within(1, started),
        within(7, started),
        within(30, started),
        within(1, seen),
        within(7, seen),
        within(30, seen),
        sum(each.gone for each in people),
        len(wanted),
        sum(at > now for at in paused),
        sum(each.plan is not None and not each.plan.on for each in people),
    )


def _finished(people: Sequence[Person], step: str) -> Finished:
    marks = [
        frozenset((item, mark.value) for kind, item, mark in each.marks if kind == step) for each in people
    ]
    return tuple(Counter(each for each in marks if each).items())

"""Days running on which a person did something, by the calendar where they live.

Two missed days of each calendar month are free: they neither count nor end anything. Whoever moves to another time zone
loses nothing by it, and no date counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.guide.areas.checklist import HAVE
from bot.guide.areas.faq import HELPFUL
from bot.guide.areas.figure import FIGURE
from bot.guide.areas.tally import TRACK
from bot.guide.areas.tip_card import SAVED, VOTE
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.journey import STEP, TASK
from bot.guide.person import Change, Person, Remember
from bot.guide.tip_times import local_date
from bot.guide.worklog import WORK

COUNTS = frozenset({ANSWER, FIGURE, HAVE, HELPFUL, SAVED, STEP, TASK, TRACK, VOTE, WORK})
"""The kinds of marks that are something done. To look, or to change settings, is not."""
FREE_DAYS = 2
"""A calendar month."""
STREAK, _ITEM = "streak", "days"
"""The one mark that all of it is kept in: days running, most days ever, the last date, its month's free days used."""


@dataclass(frozen=True, slots=True)
class Streak:
    """``days`` running, ``longest`` ever, and how many days of this month may still be missed.

    ``today`` tells whether this date counts already.
    """

    days: int = 0
    longest: int = 0
    free: int = FREE_DAYS
    today: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    days: int
    longest: int
    last: date
    used: int
    """Free days used in the month of ``last``."""

    def __str__(self) -> str:
        return f"{self.days} {self.longest} {self.last.isoformat()} {self.used}"


def streak(person: Person, now: datetime) -> Streak:
    """How it stands at ``now``. Days that were missed count as missed only once they are over."""
    kept, today = _kept(person), local_date(person.zone, now)
    if kept is None:
        return Streak()
    if kept.last >= today:
        return Streak(kept.days, kept.longest, FREE_DAYS - kept.used, today=True)
    used = _bridged(kept, today)
    free = FREE_DAYS - (used if used is not None else _used_in(kept, today))
    return Streak(kept.days if used is not None else 0, kept.longest, free)


def noted(person: Person, changes: Iterable[Change], now: datetime) -> tuple[Change, ...]:
    """The change that counts this date, if these changes are something done and it does not count yet."""
    if not any(_is_deed(person, change) for change in changes):
        return ()
    kept, today = _kept(person), local_date(person.zone, now)
    if kept is None:
        return (Remember(STREAK, _ITEM, str(_Kept(1, 1, today, 0))),)
    if kept.last >= today:
        return ()
    used = _bridged(kept, today)
    days = kept.days + 1 if used is not None else 1
    after = _Kept(days, max(days, kept.longest), today, used if used is not None else _used_in(kept, today))
    return (Remember(STREAK, _ITEM, str(after)),)


def _is_deed(person: Person, change: Change) -> bool:
    return (
        isinstance(change, Remember)
        and change.kind in COUNTS
        and person.marks.value(change.kind, change.item) != change.value
    )


def _bridged(kept: _Kept, today: date) -> int | None:
    """Free days used in the month of ``today`` if those missed before it were all free; ``None`` if they were not."""
    used = {_month(kept.last): kept.used}
    missed = (today - kept.last).days - 1
    if missed > 2 * FREE_DAYS:
        return None
    for number in range(1, missed + 1):
        month = _month(kept.last + timedelta(days=number))
        used[month] = used.get(month, 0) + 1
        if used[month] > FREE_DAYS:
            return None
    return used.get(_month(today), 0)


def _used_in(kept: _Kept, today: date) -> int:
    return kept.used if _month(kept.last) == _month(today) else 0


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _kept(person: Person) -> _Kept | None:
    value = person.marks.value(STREAK, _ITEM)
    if value is None:
        return None
    days, longest, last, used = value.split()
    return _Kept(int(days), int(longest), date.fromisoformat(last), int(used))

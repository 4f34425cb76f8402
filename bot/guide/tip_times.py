"""When a tip is due: local hours, clock changes and all. Zones are IANA names; moments are aware, UTC.

One tip a local date at most. A local time that a clock change leaves out is the first instant after the gap; one that
comes twice is its first. A zone that is no zone (any more) counts as UTC, so nobody is ever left without an hour.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.guide.person import UNTIL_BACK, Plan

LATE: Final = timedelta(hours=3)
"""A tip later than this is left out."""

QUIET_FROM, QUIET_TO = 22 * 60, 7 * 60
"""Minutes of the local day between which lateness wakes nobody."""

_HORIZON_DAYS: Final = 10
"""A chosen weekday comes again within a week, and no clock change takes more than one date away."""

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?\s*(?:h|hs|hrs)?\s*(?:(?P<half>[ap])\.?\s*m\.?)?"
)
_PACKED = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})")


@lru_cache(maxsize=1024)
def zone_of(name: str | None) -> ZoneInfo:
    """The zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_date(zone: str | None, at: datetime) -> date:
    """The date on a wall calendar there."""
    return local(zone, at).date()


def local(zone: str | None, at: datetime) -> datetime:
    """The same moment, as clocks show it there."""
    return at.astimezone(zone_of(zone))


def moment(zone: str | None, day: date, minute: int) -> datetime:
    """When clocks there show this minute of that day; see the head of this file for clock changes."""
    there = zone_of(zone)
    wall = datetime.combine(day, time(minute // 60, minute % 60), there)
    instant = wall.astimezone(UTC)
    if instant.astimezone(there).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    # In a gap: fold 0 reads it by the offset before the change and so lands after it, fold 1 the other way round.
    after = _first_after_gap(there, wall.replace(fold=1).astimezone(UTC), instant)
    # Where the gap lasts to midnight (Scoresbysund, 27 March 2027) that is another date: the last minute of this one.
    return after if local_date(zone, after) == day else after - timedelta(minutes=1)


def _first_after_gap(there: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The change itself, which lies between these two moments."""
    old = before.astimezone(there).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, there).utcoffset() == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def next_tip(plan: Plan, now: datetime, last_tip_on: date | None) -> datetime | None:
    """The first due moment after ``now``, on a chosen day that had no tip yet, and not within a pause.

    ``None`` if the plan is off, paused without end, or has no days. A date that a zone leaves out altogether (as Samoa
    left out 30 December 2011) has no tip.
    """
    if not plan.on or not plan.days or plan.paused_until == UNTIL_BACK:
        return None
    earliest = max(now, plan.paused_until - timedelta(microseconds=1)) if plan.paused_until else now
    day = local_date(plan.zone, earliest) - timedelta(days=1)
    if last_tip_on is not None:
        day = max(day, last_tip_on + timedelta(days=1))
    for _ in range(_HORIZON_DAYS):
        if day.weekday() in plan.days:
            due = moment(plan.zone, day, plan.minute)
            if due > earliest and local_date(plan.zone, due) == day:
                return due
        day += timedelta(days=1)
    return None


def lateness(plan: Plan, due_at: datetime, now: datetime) -> Literal["ok", "late", "early"]:
    """Whether a tip that was due at ``due_at`` may still be sent at ``now``."""
    if now < due_at:
        return "early"
    if now - due_at > LATE:
        return "late"
    there = local(plan.zone, now)
    disturbs = _quiet(there.hour * 60 + there.minute) and not _quiet(plan.minute)
    return "late" if disturbs else "ok"


def _quiet(minute: int) -> bool:
    return minute >= QUIET_FROM or minute < QUIET_TO


def read_time(text: str) -> int | None:
    """The minute of the day that somebody typed: ``7:30``, ``8pm``, ``19h``, ``07h30``, ``0730``; ``None`` if unsure."""
    flat = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in flat)
    found = _PACKED.fullmatch(plain) or _TIME.fullmatch(plain)
    if found is None:
        return None
    parts = found.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), parts.get("half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def as_time(minute: int) -> str:
    """A minute of the day as people write it: ``07:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"

"""When tips are due, in every time zone there is, through every clock change."""

from __future__ import annotations

import os
import random
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.person import UNTIL_BACK, Plan
from bot.guide.tip_times import (
    LATE,
    as_time,
    lateness,
    local,
    local_date,
    moment,
    next_tip,
    read_time,
    zone_of,
)

FULL = os.environ.get("FAULTS") == "full"
WEEKDAYS = frozenset(range(5))


@pytest.fixture(autouse=True, scope="module")
def zones_of_the_package() -> Iterator[None]:
    """As the bot itself has it: what the machine knows of time zones has no part in it."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    zone_of.cache_clear()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
    zone_of.cache_clear()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "time", "due"),
    [
        (
            "Europe/Berlin",
            "2026-03-29",
            "02:30",
            "2026-03-29 01:00",
        ),  # does not exist: 3:00 is the first valid
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),  # comes twice: the first
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08 07:00"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),  # midnight does not exist
        ("Asia/Beirut", "2026-03-29", "00:30", "2026-03-28 22:00"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 04:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),  # a gap of half an hour
        ("Asia/Manila", "2026-11-26", "19:00", "2026-11-26 11:00"),
        ("Asia/Kathmandu", "2026-11-26", "07:00", "2026-11-26 01:15"),
        ("Nowhere/Atall", "2026-11-26", "07:00", "2026-11-26 07:00"),
    ],
)
def test_a_local_time_that_is_left_out_or_comes_twice(zone: str, day: str, time: str, due: str) -> None:
    hour, minute = map(int, time.split(":"))
    assert moment(zone, date.fromisoformat(day), hour * 60 + minute) == at(due)


def test_a_date_that_a_country_left_out_has_no_tip() -> None:
    plan = Plan("Pacific/Apia", 8 * 60)
    first = next_tip(plan, at("2011-12-29 12:00"), None)
    assert first is not None
    assert local("Pacific/Apia", first).isoformat() == "2011-12-29T08:00:00-10:00"
    second = next_tip(plan, first, local_date("Pacific/Apia", first))
    assert second is not None
    assert local("Pacific/Apia", second).isoformat() == "2011-12-31T08:00:00+14:00"


def every_zone() -> list[str]:
    return sorted(zoneinfo.available_timezones())


def walked(plan: Plan, first: date, last: date) -> list[datetime]:
    """All due moments of these days, each asked for when the one before was sent."""
    found: list[datetime] = []
    now, on = moment(plan.zone, first, 0) - timedelta(seconds=1), first - timedelta(days=1)
    while (due := next_tip(plan, now, on)) is not None:
        on = local_date(plan.zone, due)
        if on > last:
            return found
        found.append(due)
        now = due + timedelta(seconds=7)
    raise AssertionError("a plan that is on came to an end")


def in_a_gap(zone: str, day: date, minute: int) -> bool:
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60)  # noqa: DTZ001  # a wall clock's
    back = wall.replace(tzinfo=zone_of(zone)).astimezone(UTC).astimezone(zone_of(zone))
    return back.replace(tzinfo=None) != wall


@pytest.mark.parametrize("part", range(8))
def test_every_zone_through_two_years_has_exactly_one_tip_on_each_chosen_date_at_its_hour(part: int) -> None:
    chance = random.Random(part)
    for zone in every_zone()[part::8]:
        hours = (
            {0, 150, 1439, chance.randrange(1440)}
            if FULL
            else {chance.choice((0, 150, 1439, chance.randrange(1440)))}
        )
        for minute in hours:
            days = frozenset(chance.sample(range(7), chance.randint(1, 7)))
            plan, first = Plan(zone, minute, days), date(2026, 1, 1) + timedelta(days=chance.randrange(300))
            last = first + timedelta(days=730)
            dues = walked(plan, first, last)
            chosen = [day for day in (first + timedelta(days=n) for n in range(731)) if day.weekday() in days]
            assert [local_date(zone, due) for due in dues] == chosen, zone
            for due, day in zip(dues, chosen, strict=True):
                shown = local(zone, due)
                if (shown.hour * 60 + shown.minute, shown.second) != (minute, 0):
                    assert in_a_gap(zone, day, minute), (zone, due)
                    before = (due - timedelta(seconds=1)).astimezone(zone_of(zone)).replace(tzinfo=None)
                    assert before < datetime(day.year, day.month, day.day, minute // 60, minute % 60), (  # noqa: DTZ001
                        zone,
                        "there was a valid instant before",
                    )


@given(
    st.sampled_from(
        ["Europe/Berlin", "America/Santiago", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca"]
    ),
    st.integers(0, 1439),
    st.sets(st.integers(0, 6)),
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001  # the strategy adds the zone
)
def test_the_next_tip_is_always_ahead_and_never_on_a_day_that_had_one(
    zone: str, minute: int, days: set[int], now: datetime
) -> None:
    now = now.replace(tzinfo=UTC)
    today = local_date(zone, now)
    due = next_tip(Plan(zone, minute, frozenset(days)), now, today)
    assert (due is None) == (not days)
    if due is not None:
        assert due > now
        assert local_date(zone, due) > today


def test_nothing_is_due_for_whoever_stopped_or_is_away_until_they_say() -> None:
    now = at("2026-11-26 10:00")
    assert next_tip(Plan("UTC", 600, on=False), now, None) is None
    assert next_tip(Plan("UTC", 600, paused_until=UNTIL_BACK), now, None) is None


def test_after_a_pause_tips_come_again_at_the_usual_hour() -> None:
    plan = Plan("UTC", 600, paused_until=at("2026-11-29 10:00"))
    assert next_tip(plan, at("2026-11-26 10:00"), None) == at("2026-11-29 10:00")


def test_only_on_workdays_for_whoever_wants_them_so() -> None:
    assert next_tip(Plan("UTC", 600, WEEKDAYS), at("2026-11-27 10:00"), None) == at("2026-11-30 10:00")


@pytest.mark.parametrize(
    ("hour", "due", "now", "verdict"),
    [
        ("07:30", "2026-11-26 07:30", "2026-11-26 07:29", "early"),
        ("07:30", "2026-11-26 07:30", "2026-11-26 07:30", "ok"),
        ("07:30", "2026-11-26 07:30", "2026-11-26 10:30", "ok"),
        ("07:30", "2026-11-26 07:30", "2026-11-26 10:31", "late"),
        ("20:30", "2026-11-26 20:30", "2026-11-26 21:59", "ok"),
        ("20:30", "2026-11-26 20:30", "2026-11-26 22:00", "late"),  # that would be in the quiet hours
        ("05:00", "2026-11-26 05:00", "2026-11-26 06:00", "ok"),  # whoever chose to be woken then is
        ("23:30", "2026-11-26 23:30", "2026-11-27 01:00", "ok"),
    ],
)
def test_how_late_a_tip_may_come(hour: str, due: str, now: str, verdict: str) -> None:
    minute = read_time(hour)
    assert minute is not None
    assert lateness(Plan("UTC", minute), at(due), at(now)) == verdict


def test_three_hours_is_late_enough() -> None:
    assert timedelta(hours=3) == LATE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("7:30", "07:30"),
        ("7.30", "07:30"),
        ("07h30", "07:30"),
        ("0730", "07:30"),
        ("8pm", "20:00"),
        ("8 p.m.", "20:00"),
        ("8 PM", "20:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("7:05am", "07:05"),
        ("19h", "19:00"),
        ("19 hrs", "19:00"),
        ("19", "19:00"),
        (" 7 ", "07:00"),
        ("１９：３０", "19:30"),  # full width
        ("٠٨:١٥", "08:15"),  # Arabic-Indic
        ("0:00", "00:00"),
    ],
)
def test_times_as_people_type_them(text: str, shown: str) -> None:
    minute = read_time(text)
    assert minute is not None
    assert as_time(minute) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25:00",
        "7:61",
        "-3",
        "13pm",
        "0 am",
        "soon",
        "7:3",
        "7:300",
        "8 in the evening",
        "1" * 4096,
        "７" * 5,
        "24",
    ],
)
def test_what_is_no_time_is_not_guessed_at(text: str) -> None:
    assert read_time(text) is None


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    minute = read_time(text)
    assert minute is None or 0 <= minute < 1440

"""Days running: what counts, what is forgiven, what a move to another time zone does, and how it is told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.areas.encouragement import EncouragementWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tip_card import TipCardWords, TipNow
from bot.guide.person import Person, Remember, Settle, applied
from bot.guide.streak import FREE_DAYS, noted, streak
from bot.guide.taps import encode
from bot.guide.tip_times import local_date
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> EncouragementWords:
    return chats.words(EncouragementWords)


def deed(person: Person, now: datetime) -> Person:
    changes = (Remember("task", "a", now.isoformat()),)
    return applied(person, (*changes, *noted(person, changes, now)), now)


def test_the_first_thing_done_is_a_first_day(ana: Chatter, words: EncouragementWords) -> None:
    ana.says("/progress")
    ana.sees_not(words.one_day)
    open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    ana.says("/progress")
    ana.sees(words.one_day)


def test_days_running_are_told_with_the_progress_and_how_many_may_be_missed(
    ana: Chatter, words: EncouragementWords
) -> None:
    for at in range(3):
        open_step(ana, at)
        ana.taps(ana.chats.words(StepsWords).mark_done)
        ana.chats.later(days=1)
    ana.says("/progress")
    ana.sees(words.days.fill(days=3), words.free_days.fill(free=FREE_DAYS))


def test_looking_alone_counts_for_nothing(ana: Chatter, words: EncouragementWords) -> None:
    for word in ("/start", "/steps", "/faq", "/tips", "/progress"):
        ana.says(word)
    ana.presses(encode(TipNow()))
    ana.says("/progress")
    ana.sees_not(words.one_day)


def test_a_tip_that_is_reacted_to_counts(ana: Chatter, words: EncouragementWords) -> None:
    ana.presses(encode(TipNow()))
    ana.taps(ana.chats.words(TipCardWords).like)
    ana.says("/progress")
    ana.sees(words.one_day)


def test_the_same_again_is_nothing_done() -> None:
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    person = applied(Person(1), (Remember("task", "a", "done"),), now)
    assert noted(person, (Remember("task", "a", "done"),), now) == ()


def test_a_streak_that_ended_is_not_held_against_anybody(ana: Chatter, words: EncouragementWords) -> None:
    for at in range(2):
        open_step(ana, at)
        ana.taps(ana.chats.words(StepsWords).mark_done)
        ana.chats.later(days=1)
    ana.chats.later(days=9)
    ana.says("/progress")
    ana.sees(words.longest.fill(days=2))
    assert "🔥" not in ana.text


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", datetime(2026, 10, 20, 22, 30, tzinfo=UTC)),
        ("America/Santiago", datetime(2026, 9, 2, 3, 30, tzinfo=UTC)),
    ],
)
def test_a_clock_change_ends_nothing_and_counts_nothing_twice(zone: str, start: datetime) -> None:
    person = applied(Person(1), (Settle(zone),), start)
    for day in range(10):
        person = deed(person, start + timedelta(days=day))
        person = deed(person, start + timedelta(days=day, minutes=20))
    dates = {
        local_date(zone, start + timedelta(days=day, minutes=more)) for day in range(10) for more in (0, 20)
    }
    assert streak(person, start + timedelta(days=9, minutes=20)).days == len(dates)


def test_moving_around_the_world_ends_nothing_and_counts_no_date_twice() -> None:
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    person = applied(Person(1), (Settle("Asia/Tokyo"),), now)
    for day, zone in enumerate(["Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland", "Europe/London"]):
        now = datetime(2026, 11, 2 + day, 12, tzinfo=UTC)
        person = deed(applied(person, (Settle(zone),), now), now)
    assert streak(person, now).days >= 3


def reference(active: list[date]) -> tuple[int, int]:
    """Days running and the most there were, by a plain walk over the calendar."""
    days = longest = 0
    used: Counter[tuple[int, int]] = Counter()
    last: date | None = None
    for day in active:
        if last is not None:
            missed = [last + timedelta(days=n) for n in range(1, (day - last).days)]
            wanted = used + Counter((each.year, each.month) for each in missed)
            if all(count <= FREE_DAYS for count in wanted.values()):
                used = wanted
            else:
                days = 0
        days, last = days + 1, day
        longest = max(longest, days)
    return days, longest


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60), st.integers(0, 60))
def test_streaks_are_what_a_plain_walk_over_the_calendar_says(gaps: list[int], first: int) -> None:
    day, person, active = date(2026, 1, 1) + timedelta(days=first), Person(1), list[date]()
    for gap in gaps:
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        person = deed(person, now)
        active.append(day)
        told = streak(person, now)
        assert (told.days, told.longest, told.today) == (*reference(active), True)
        day += timedelta(days=gap)

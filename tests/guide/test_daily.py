"""At the hour of the tip: one a day, a reminder in its place, or nothing, as it should be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.guide.areas.reminder import ReminderWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tips import TipsWords
from bot.guide.person import UNTIL_BACK, Plan, Schedule, Tipped
from bot.guide.tip_times import next_tip
from tests.guide.steps_walk import finish, open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> ReminderWords:
    return chats.words(ReminderWords)


def plans(ana: Chatter, plan: Plan) -> None:
    ana.remembers(Schedule(plan, next_tip(plan, ana.chats.now, ana.person.last_tip_on)))


@pytest.fixture
def planned(ana: Chatter) -> Chatter:
    ana.says("/start")
    plans(ana, Plan("Asia/Manila", 19 * 60))
    return ana


def test_a_tip_comes_each_day_at_its_hour_and_each_is_another(planned: Chatter) -> None:
    texts, hours = list[str](), list[str]()
    for _ in range(2):
        assert planned.waits_for_the_tip().kind == "tip"
        texts.append(planned.text)
        hours.append(planned.chats.now.isoformat())
    assert hours == ["2026-11-24T11:00:00+00:00", "2026-11-25T11:00:00+00:00"]
    assert len(set(texts)) == 2
    assert planned.person.last_tip_on == date(2026, 11, 25)


def test_a_tip_that_is_asked_for_twice_on_a_day_comes_once(planned: Chatter) -> None:
    planned.waits_for_the_tip()
    planned.remembers(Schedule(Plan("Asia/Manila", 20 * 60), planned.chats.now))
    due = planned.is_due()
    assert (due.kind, due.screen) == ("early", None)
    assert planned.person.next_tip_at is not None
    assert planned.person.next_tip_at > planned.chats.now


def comes_late(ana: Chatter, **span: float) -> None:
    """The bot was down: it is so long after the hour of the tip."""
    assert ana.person.next_tip_at is not None
    ana.chats.now = ana.person.next_tip_at + timedelta(**span)


def test_up_to_three_hours_late_it_still_comes_and_later_it_is_left_out(planned: Chatter) -> None:
    comes_late(planned, hours=2, minutes=59)
    assert planned.is_due().kind == "tip"
    comes_late(planned, hours=3, minutes=1)
    assert planned.is_due().kind == "late"
    assert planned.waits_for_the_tip().kind == "tip", "and the day after it comes as usual"


def test_after_days_of_downtime_there_is_one_tip_and_no_burst(planned: Chatter) -> None:
    planned.chats.later(days=9)
    kinds = [planned.is_due().kind]
    kinds.append(planned.waits_for_the_tip().kind)
    assert kinds == ["late", "tip"]


def test_lateness_wakes_nobody_at_night(ana: Chatter) -> None:
    plans(ana, Plan("Asia/Manila", 21 * 60))
    comes_late(ana, hours=1, minutes=30)
    assert ana.is_due().kind == "late"


@pytest.mark.parametrize(
    ("plan", "kind"),
    [(Plan("UTC", 720, on=False), "off"), (Plan("UTC", 720, paused_until=UNTIL_BACK), "paused")],
)
def test_a_due_row_that_is_out_of_date_sends_nothing(ana: Chatter, plan: Plan, kind: str) -> None:
    ana.remembers(Schedule(plan, ana.chats.now))
    due = ana.is_due()
    assert (due.kind, due.screen) == (kind, None)
    assert ana.person.next_tip_at is None


def test_whoever_has_no_plan_gets_nothing(ana: Chatter) -> None:
    due = ana.is_due()
    assert (due.kind, due.screen) == ("off", None)
    assert isinstance(due.changes[0], Tipped)


def begin_and_leave(ana: Chatter) -> None:
    open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    plans(ana, Plan("UTC", 13 * 60))


def kinds_of(ana: Chatter, days: int) -> list[str]:
    return [ana.waits_for_the_tip().kind for _ in range(days)]


def test_whoever_stopped_half_way_is_reminded_twice_and_no_more(ana: Chatter, words: ReminderWords) -> None:
    begin_and_leave(ana)
    kinds = kinds_of(ana, 25)
    assert [day for day, kind in enumerate(kinds) if kind == "reminder"] == [3, 10]
    assert set(kinds) == {"tip", "reminder"}


def test_a_reminder_tells_where_they_are_and_goes_on_from_there(ana: Chatter, words: ReminderWords) -> None:
    begin_and_leave(ana)
    kinds_of(ana, 4)
    ana.sees(words.first)
    ana.taps(ana.labels[0])
    assert ana.turn.area == "steps"


def test_whoever_comes_back_and_leaves_again_is_reminded_anew(ana: Chatter) -> None:
    begin_and_leave(ana)
    assert kinds_of(ana, 4)[3] == "reminder"
    ana.chats.later(hours=1)
    ana.says("/menu")
    assert "reminder" not in kinds_of(ana, 3)
    assert kinds_of(ana, 1) == ["reminder"]


def test_no_more_reminders_is_for_good(ana: Chatter, words: ReminderWords) -> None:
    begin_and_leave(ana)
    kinds_of(ana, 4)
    ana.taps(words.stop)
    ana.sees(words.stopped)
    assert set(kinds_of(ana, 30)) == {"tip"}
    ana.says("/tips")
    ana.taps(ana.chats.words(TipsWords).reminders_on)
    assert "reminder" in kinds_of(ana, 12)


def test_stopping_reminders_can_be_taken_back_at_once(ana: Chatter, words: ReminderWords) -> None:
    begin_and_leave(ana)
    kinds_of(ana, 4)
    ana.taps(words.stop)
    ana.taps(words.start)
    ana.is_told(words.notice_started)


def test_nobody_is_reminded_who_has_not_begun_or_is_through(ana: Chatter) -> None:
    plans(ana, Plan("UTC", 13 * 60))
    ana.says("/menu")
    assert set(kinds_of(ana, 15)) == {"tip"}
    finish(ana)
    assert set(kinds_of(ana, 15)) == {"tip"}

"""Choosing an hour, the days and the place, asked for no more than is needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.content.kinds.faq import FaqFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tip_hour import SetDays, SetHour, TipHourWords
from bot.guide.areas.tip_zone import ClockShows, PickZone, TipZoneWords
from bot.guide.areas.tips import Pause, TipsWords
from bot.guide.person import Settle
from bot.guide.taps import ZoneName, encode
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def tips(chats: Chats) -> TipsWords:
    return chats.words(TipsWords)


@pytest.fixture
def hour(chats: Chats) -> TipHourWords:
    return chats.words(TipHourWords)


@pytest.fixture
def zone(chats: Chats) -> TipZoneWords:
    return chats.words(TipZoneWords)


def wants_tips(ana: Chatter, time: str = "7:30", place: str = "Manila") -> None:
    """/tips, an hour typed, a place typed, and a yes."""
    ana.says("/tips")
    ana.taps(ana.chats.words(TipsWords).begin)
    ana.says(time)
    if place:
        ana.says(place)
        ana.taps(ana.chats.words(TipZoneWords).yes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_hour_a_city_and_a_yes_are_all_it_takes(
    ana: Chatter, tips: TipsWords, hour: TipHourWords, zone: TipZoneWords
) -> None:
    ana.says("/tips")
    ana.taps(tips.begin)
    ana.sees(hour.ask)
    ana.taps("08:00")
    ana.sees(zone.ask)
    ana.says("manilla")
    ana.sees(zone.confirm.fill(day="Monday", time="20:00", place="Manila"))
    ana.taps(zone.yes)
    ana.is_told(tips.notice_planned)
    ana.sees(tips.stands.fill(time="08:00", days=hour.every_day, place="Manila"))
    ana.sees(tips.next.fill(day="Tuesday", time="08:00"), tips.silent)
    assert ana.person.next_tip_at == at("2026-11-24 00:00")


@pytest.mark.parametrize(
    ("typed", "shown"), [("7:30", "07:30"), ("8pm", "20:00"), ("19h", "19:00"), ("6", "06:00")]
)
def test_any_hour_can_be_typed(
    ana: Chatter, tips: TipsWords, hour: TipHourWords, typed: str, shown: str
) -> None:
    wants_tips(ana, typed)
    ana.sees(tips.stands.fill(time=shown, days=hour.every_day, place="Manila"))


def test_what_is_no_hour_is_asked_for_again_with_an_example(ana: Chatter, hour: TipHourWords) -> None:
    wants_tips(ana, "25:99", place="")
    ana.sees(hour.no_time, hour.ask)
    ana.says("9:15")
    ana.sees(ana.chats.words(TipZoneWords).ask)


def test_a_question_typed_instead_of_an_hour_is_answered(ana: Chatter, hour: TipHourWords) -> None:
    wants_tips(ana, "what is this all about, please?", place="")
    ana.sees_not(hour.no_time)
    assert ana.turn.area != "tips"


def test_a_place_that_is_not_known_is_asked_for_again(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.says("xqzxqz")
    ana.sees(zone.not_found, zone.ask)
    ana.says("Nairobi")
    ana.taps(zone.yes)
    assert ana.person.zone == "Africa/Nairobi"


@pytest.mark.parametrize("decoration", ["{}", "{}!", " {} ", "👍 {}"])
def test_words_that_are_no_answer_to_where_one_lives_find_no_town(
    ana: Chatter, zone: TipZoneWords, decoration: str
) -> None:
    wants_tips(ana, place="")
    for word in zone.no_place:
        ana.says(decoration.format(word.upper()))
        ana.sees(zone.not_found, zone.ask)
    ana.says("Nairobi")
    ana.taps(zone.yes)
    assert ana.person.zone == "Africa/Nairobi"


def test_a_question_typed_instead_of_a_place_is_answered_and_the_place_can_still_be_typed(
    ana: Chatter, zone: TipZoneWords
) -> None:
    wants_tips(ana, place="")
    ana.says(ana.chats.pack[FaqFile].faq[0].question)
    assert ana.turn.area == "faq"
    ana.says("Nairobi")
    ana.taps(zone.yes)
    assert ana.person.zone == "Africa/Nairobi"


def test_of_several_places_of_one_name_the_right_one_is_tapped(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.says("San Jose")
    ana.sees(zone.several)
    ana.taps("Costa Rica")
    ana.taps(zone.yes)
    assert ana.person.zone == "America/Costa_Rica"


def test_of_several_places_a_more_exact_one_can_be_typed(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.says("San Jose")
    ana.says("San Jose, Costa Rica")
    ana.taps(zone.yes)
    assert ana.person.zone == "America/Costa_Rica"


def test_whoever_says_no_to_the_time_is_asked_again(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.says("Lima, Peru")
    ana.taps(zone.no)
    ana.sees(zone.ask)
    assert ana.person.plan is None
    ana.says("Manila")
    ana.taps(zone.yes)
    assert ana.person.plan is not None
    assert ana.person.plan.minute == 450, "the hour is not asked for twice"


def test_the_place_may_be_told_by_what_the_clock_shows(
    ana: Chatter, zone: TipZoneWords, hour: TipHourWords
) -> None:
    wants_tips(ana, place="")
    ana.taps(zone.by_clock)
    ana.sees(zone.clock)
    wanted = zone.time.fill(day=hour.weekdays[0], time="20:00")
    while wanted not in ana.labels:
        ana.taps(ana.chats.words(CommonWords).next_page)
    ana.taps(wanted)
    ana.sees(zone.which_place)
    ana.taps("Manila") if any("Manila" in label for label in ana.labels) else ana.taps("Singapore")
    ana.taps(zone.yes)
    assert ana.person.zone in ("Asia/Manila", "Asia/Singapore")


def test_a_clock_like_no_city_of_theirs_is_kept_as_it_is(
    ana: Chatter, zone: TipZoneWords, tips: TipsWords
) -> None:
    wants_tips(ana, place="")
    ana.presses(encode(ClockShows(450, 8 * 60)))
    ana.taps(zone.other_place)
    assert ana.person.zone == "Etc/GMT-8"
    ana.sees("UTC+8")


def test_a_place_may_be_shared_and_only_its_zone_is_kept(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.shares_a_place(-1.29, 36.82)
    ana.taps(zone.yes)
    assert ana.person.zone == "Africa/Nairobi"
    assert "36.82" not in repr(ana.person)


def test_a_place_shared_at_the_north_pole_or_nowhere_is_no_trouble(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.shares_a_place(float("nan"), 0)
    ana.sees(zone.not_found)
    ana.shares_a_place(90, 0)
    assert ana.turn.screen is not None


def test_a_place_shared_out_of_the_blue_is_answered_kindly(ana: Chatter) -> None:
    ana.shares_a_place(14.6, 121)
    ana.sees(ana.chats.words(MenuWords).not_text)
    assert ana.person.zone is None


def test_whoever_told_their_zone_is_not_asked_again(ana: Chatter, tips: TipsWords) -> None:
    ana.remembers(Settle("Asia/Manila"))
    wants_tips(ana, place="")
    ana.is_told(tips.notice_planned) if ana.notice else ana.sees(tips.silent)
    assert ana.person.plan is not None


def test_something_else_in_between_gives_the_question_up(ana: Chatter, zone: TipZoneWords) -> None:
    wants_tips(ana, place="")
    ana.says("/menu")
    ana.says("Manila")
    ana.sees_not(zone.yes)
    assert ana.person.zone is None


def test_after_step_one_a_tip_a_day_is_offered_once_and_not_to_whoever_has_it(
    ana: Chatter, tips: TipsWords
) -> None:
    open_step(ana, 0)
    ana.sees_no_button(tips.offer)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    ana.taps(tips.offer)
    ana.says("9:00")
    ana.says("Manila")
    ana.taps(ana.chats.words(TipZoneWords).yes)
    open_step(ana, 0)
    ana.sees_no_button(tips.offer)


def test_old_and_forged_buttons_do_no_harm(ana: Chatter) -> None:
    for tap in (
        SetHour(-5),
        SetHour(5_000),
        SetDays(5, own=True),
        SetDays(500, own=False),
        PickZone(450, ZoneName("Mars/Olympus"), sure=True),
        ClockShows(450, 7),
    ):
        ana.presses(encode(tap))
        assert ana.person.plan is None
    ana.presses("tp:450:../../etc/passwd:1")
    assert ana.person.zone is None


@pytest.fixture
def planned(ana: Chatter) -> Chatter:
    wants_tips(ana)
    return ana


def test_tips_may_come_on_workdays_or_on_chosen_days(
    planned: Chatter, tips: TipsWords, hour: TipHourWords
) -> None:
    planned.taps(tips.change_days)
    planned.taps(hour.workdays)
    planned.is_told(hour.notice_days)
    assert planned.person.plan is not None
    assert planned.person.plan.days == {0, 1, 2, 3, 4}
    planned.taps(hour.own_days)
    for day in (0, 1, 2, 3):
        planned.taps(hour.day_on.fill(day=hour.weekdays[day]))
    planned.taps(hour.day_on.fill(day=hour.weekdays[4]))
    planned.is_told(hour.one_day)
    planned.taps(hour.day_off.fill(day=hour.weekdays[6]))
    planned.taps(hour.days_ready)
    planned.sees(f"{hour.weekdays[4]}, {hour.weekdays[6]}")
    planned.sees(tips.next.fill(day="Friday", time="07:30"))


def test_another_hour_and_another_place_move_the_next_tip(
    planned: Chatter, tips: TipsWords, zone: TipZoneWords
) -> None:
    planned.taps(tips.change_hour)
    planned.taps("20:00")
    assert planned.person.next_tip_at == at("2026-11-24 12:00"), "it is 20:00 there now"
    planned.taps(tips.change_zone)
    planned.says("Nairobi")
    planned.taps(zone.yes)
    assert planned.person.next_tip_at == at("2026-11-23 17:00")
    planned.sees("Nairobi")


@pytest.mark.parametrize(("button", "days"), [("pause_days", 3), ("pause_week", 7)])
def test_a_pause_ends_by_itself(planned: Chatter, tips: TipsWords, button: str, days: int) -> None:
    planned.taps(tips.pause)
    planned.taps(getattr(tips, button))
    planned.is_told(tips.notice_paused)
    planned.presses(encode(Pause(days)))
    assert planned.person.next_tip_at == at("2026-11-22 23:30") + timedelta(days=days)
    planned.sees(tips.paused.fill(day=("Monday", "Thursday")[days == 3], date=f"{23 + days} Nov"))
    planned.waits_for_the_tip()
    planned.says("/tips")
    planned.sees_button(tips.pause)


def test_a_pause_until_they_are_back_ends_when_they_say_so(planned: Chatter, tips: TipsWords) -> None:
    planned.taps(tips.pause)
    planned.taps(tips.pause_open)
    planned.sees(tips.paused_until_back)
    assert planned.person.next_tip_at is None
    planned.taps(tips.go_on)
    planned.is_told(tips.notice_back)
    assert planned.person.next_tip_at is not None


def test_tips_stop_with_one_tap_and_start_again_at_the_same_hour(planned: Chatter, tips: TipsWords) -> None:
    planned.taps(tips.stop)
    planned.is_told(tips.notice_stopped)
    planned.sees(tips.off)
    assert planned.person.next_tip_at is None
    planned.says("/tips")
    planned.taps(tips.start_again)
    planned.sees(tips.next.fill(day="Tuesday", time="07:30"))


def test_tips_come_silently_unless_asked_otherwise(planned: Chatter, tips: TipsWords) -> None:
    assert planned.waits_for_the_tip().silent
    planned.says("/tips")
    planned.taps(tips.sound_on)
    planned.sees(tips.loud)
    assert not planned.waits_for_the_tip().silent
    planned.says("/tips")
    planned.taps(tips.sound_off)
    assert planned.waits_for_the_tip().silent


def test_whoever_deletes_everything_gets_no_tip(planned: Chatter) -> None:
    planned.says("/deleteme")
    planned.taps(planned.labels[-1])
    assert planned.person.plan is None
    assert planned.person.next_tip_at is None
    assert planned.person.zone is None

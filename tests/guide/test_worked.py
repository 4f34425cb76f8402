"""The record of work as a conversation: typed and tapped, corrected, deleted, undone, added up, drawn."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import FaqWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.pay_words import PayWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.forecast import CHOICE
from bot.guide.person import Remember, Settle
from bot.guide.streak import streak
from bot.guide.worklog import WORK, Work, read_log
from tests.support.chat import Chats, Chatter
from tests.support.packs import Author, pack_library


@pytest.fixture
def ana() -> Chatter:
    return Chats(pack_library("firstlabel")).meet()


@pytest.fixture
def words(ana: Chatter) -> WorkedWords:
    return ana.chats.words(WorkedWords)


@pytest.fixture
def place(ana: Chatter) -> Platform:
    """A platform that Ana keeps track of."""
    file = ana.chats.pack[PlatformsFile]
    found = file.platforms.get("clickworker")
    assert found
    ana.remembers(Remember(TRACK, found.id, file.stages[0].id))
    return found


def entries(ana: Chatter) -> list[Work]:
    return list(read_log(ana.person).entries.values())


def entry(ana: Chatter) -> Work:
    (found,) = entries(ana)
    return found


def test_somebody_new_is_shown_how_to_begin(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.sees(words.title, words.empty, words.how_to_type)
    assert ana.deeds == []


def test_one_line_is_an_entry_and_says_what_an_hour_brought(ana: Chatter, words: WorkedWords) -> None:
    ana.says("2h paid 30m unpaid 14.50 USD")
    ana.is_told(words.notice_saved)
    ana.sees(
        words.noted,
        words.time.fill(time="2 h 30 min", unpaid="30 min"),
        words.received.fill(money="US$14.50", fees=words.fields.nothing),
    )
    assert entry(ana) == Work(date(2026, 11, 23), 120, 30, Decimal("14.50"), currency="USD")
    ana.says("/worked")
    ana.sees(words.hourly.fill(amount="US$5.80"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/worked 2h 10 USD", Work(date(2026, 11, 23), 120, 0, Decimal(10), currency="USD")),
        ("1h30 paid, US$12 fee 0.50", Work(date(2026, 11, 23), 90, 0, Decimal(12), Decimal("0.50"), "USD")),
        ("0.50 fee 12 eur 1:30 paid", Work(date(2026, 11, 23), 90, 0, Decimal(12), Decimal("0.50"), "EUR")),
        ("I worked 90 minutes unpaid yesterday", Work(date(2026, 11, 22), 0, 90)),
        (
            "paid 1.5 hours and unpaid 15 min 1,250 KES",
            Work(date(2026, 11, 23), 90, 15, Decimal(1250), currency="KES"),
        ),
        ("2h paid 1.250,50 brl", Work(date(2026, 11, 23), 120, 0, Decimal("1250.50"), currency="BRL")),
        ("2H PAID 5 Jpy", Work(date(2026, 11, 23), 120, 0, Decimal(5), currency="JPY")),
    ],
)
def test_it_is_understood_in_many_ways(ana: Chatter, typed: str, kept: Work) -> None:
    ana.says(typed)
    assert entry(ana) == kept


def test_a_platform_of_ones_own_may_be_named_or_tapped(
    ana: Chatter, words: WorkedWords, place: Platform
) -> None:
    ana.says("clickworker 1h paid 6 USD")
    assert entry(ana).platform == place.id
    ana.sees_not(words.which_platform)
    ana.chats.later(minutes=1)
    ana.says("1h unpaid")
    ana.sees(words.which_platform)
    ana.taps(place.name)
    assert [each.platform for each in entries(ana)] == [place.id, place.id]
    ana.says("/worked")
    ana.sees(words.by_platform.fill(name=place.name, amount="US$3.00", time="2 h"))


def test_one_unknown_word_in_what_is_surely_an_entry_is_asked_about(ana: Chatter, words: WorkedWords) -> None:
    ana.says("crowdgen 2h paid 13 USD")
    ana.sees(words.problems.unknown_word.fill(words="crowdgen"))
    ana.says("/platforms")
    ana.remembers(Remember(TRACK, "appen-crowdgen", ana.chats.pack[PlatformsFile].stages[0].id))
    ana.says("crowdgen 2h paid 13 USD")
    assert entry(ana).platform == "appen-crowdgen"


def test_the_parts_can_be_tapped_together(ana: Chatter, words: WorkedWords, place: Platform) -> None:
    fields = words.fields
    ana.says("/worked")
    ana.taps(words.new)
    ana.sees(words.draft_intro, words.how_to_type)
    ana.taps(fields.paid.fill(value="0 min"))
    ana.sees(fields.ask_paid)
    ana.taps("1 h 30 min")
    ana.taps(fields.unpaid.fill(value="0 min"))
    ana.says("1h 5m")
    ana.taps(fields.money.fill(value="0"))
    ana.says("1,250.50 KES")
    ana.taps(fields.fees.fill(value=fields.nothing))
    ana.says("20")
    ana.taps(fields.day.fill(value="23 Nov"))
    ana.taps("21 Nov")
    ana.taps(fields.platform.fill(value=words.no_platform))
    ana.taps(place.name)
    ana.taps(words.save)
    kept = Work(date(2026, 11, 21), 90, 65, Decimal("1250.50"), Decimal(20), "KES", place.id)
    assert entry(ana) == kept


def test_a_currency_may_be_typed_and_one_that_is_none_is_told(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    ana.taps(words.fields.currency.fill(value=words.fields.nothing))
    ana.says("abc")
    ana.sees(words.problems.unknown_currency.fill(words="abc"), words.fields.ask_currency)
    ana.says("ghs")
    ana.sees_button(words.fields.currency.fill(value="GHS"))


def test_saving_twice_late_or_after_a_restart_keeps_one_entry(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    ana.taps(words.fields.paid.fill(value="0 min"))
    ana.taps("45 min")
    draft = ana.screen
    ana.chats.restart_with(pack_library("firstlabel"))
    ana.taps(words.save)
    ana.taps_old(draft, words.save)
    ana.sees(words.noted)
    ana.chats.later(days=1)
    ana.taps_old(draft, words.save)
    assert entry(ana).paid == 45


def test_an_old_button_touches_no_other_entry(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    ana.taps(words.fields.paid.fill(value="0 min"))
    question = ana.screen
    ana.taps("45 min")
    ana.taps(words.save)
    ana.chats.later(minutes=5)
    ana.taps(words.new)
    ana.taps_old(question, "4 h")
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert entry(ana).paid == 45


def test_an_entry_is_corrected_and_the_correction_undone(ana: Chatter, words: WorkedWords) -> None:
    ana.says("2h paid 10 USD")
    ana.taps(words.correct)
    ana.sees(words.heading_change)
    ana.says("3h")
    assert entry(ana) == Work(date(2026, 11, 23), 180, 0, Decimal(10), currency="USD")
    noted = ana.screen
    ana.taps(words.undo)
    ana.is_told(words.notice_undone)
    assert entry(ana).paid == 120
    ana.taps_old(noted, words.undo)
    ana.is_told(words.notice_nothing_to_undo)
    assert entry(ana).paid == 120


def test_an_entry_is_undone(ana: Chatter, words: WorkedWords) -> None:
    ana.says("2h paid 10 USD")
    ana.taps(words.undo)
    ana.sees(words.empty)
    assert entries(ana) == []


def test_an_entry_is_deleted_and_that_is_undone(ana: Chatter, words: WorkedWords) -> None:
    ana.says("2h paid 10 USD")
    ana.says("/worked")
    ana.taps(words.list.fill(count=1))
    ana.taps(words.entry.fill(day="23 Nov", time="2 h", money="US$10.00"))
    ana.sees(words.heading_entry)
    card = ana.screen
    ana.taps(words.delete)
    ana.sees(words.deleted)
    assert entries(ana) == []
    ana.taps(words.undo)
    assert entry(ana).paid == 120
    ana.taps_old(card, words.delete)
    ana.taps_old(card, words.delete)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert entries(ana) == []


def test_a_correction_does_not_lose_the_entry_that_was_begun(ana: Chatter, words: WorkedWords) -> None:
    ana.says("2h paid 10 USD")
    noted = ana.screen
    ana.chats.later(minutes=1)
    ana.taps(words.new)
    ana.taps(words.fields.paid.fill(value="0 min"))
    ana.taps("45 min")
    ana.taps_old(noted, words.correct)
    ana.sees(words.heading_change)
    ana.taps(words.fields.unpaid.fill(value="0 min"))
    ana.taps("30 min")
    ana.taps_old(noted, words.correct)
    ana.taps(words.save)
    ana.taps(words.new)
    ana.taps(words.save)
    assert [(each.paid, each.unpaid) for each in entries(ana)] == [(120, 30), (45, 0)]


def test_a_draft_can_be_given_up(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    draft = ana.screen
    ana.taps(words.drop)
    ana.is_told(words.notice_dropped)
    ana.taps_old(draft, words.drop)
    assert ana.notice is None
    ana.taps_old(draft, words.save)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert entries(ana) == []


@pytest.mark.parametrize(
    ("typed", "problem", "about"),
    [
        ("2h blorp", "unknown_word", "blorp"),
        ("2h 3.5.5 USD", "no_number", "3.5.5"),
        ("2h 5 USD 6 USD", "two_amounts", "5, 6"),
        ("2h 5 USD fee 1 EUR", "two_currencies", "USD, EUR"),
        ("2h 5 USD fee 1 2 fee", "two_fees", ""),
        ("fee paid 5 USD", "unclear", ""),
        ("0h", "nothing", ""),
        ("2h -5 USD", "negative", ""),
        ("-2h", "negative", ""),
        ("25h paid", "too_long", ""),
        ("1h paid 5 USD fee 6", "fees_over_money", ""),
        ("1h paid 9999999999 USD", "too_much", ""),
        ("1h paid 5.505 USD", "too_exact", ""),
        ("1h paid 5.5 JPY", "too_exact", ""),
        ("1h paid 500", "no_currency", "500"),
        ("1 " * 200, "unclear", ""),
    ],
)
def test_what_cannot_be_kept_is_told_kindly_with_an_example(
    ana: Chatter, words: WorkedWords, typed: str, problem: str, about: str
) -> None:
    ana.says(f"/worked {typed}")
    ana.sees(getattr(words.problems, problem).fill(words=about), words.how_to_type)
    assert entries(ana) == []
    ana.says("1h paid 5 USD")
    assert entry(ana) == Work(date(2026, 11, 23), 60, 0, Decimal(5), currency="USD")


def test_a_missing_currency_is_all_that_has_to_be_said(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked 2h 500")
    ana.sees(words.problems.no_currency.fill(words="500"))
    ana.says("500 INR")
    assert entry(ana) == Work(date(2026, 11, 23), 120, 0, Decimal(500), currency="INR")
    ana.chats.later(minutes=1)
    ana.says("1h paid 200")
    assert entries(ana)[-1].currency == "INR"


def test_a_day_has_24_hours(ana: Chatter, words: WorkedWords) -> None:
    ana.says("20h paid")
    ana.chats.later(minutes=1)
    ana.says("5h paid")
    ana.sees(words.problems.day_full.fill(words=""))
    assert len(entries(ana)) == 1
    ana.says("5h paid yesterday")
    assert [each.day.day for each in entries(ana)] == [23, 22]


def test_the_day_is_that_of_where_the_person_lives(ana: Chatter) -> None:
    ana.remembers(Settle("Pacific/Kiritimati"))
    ana.says("1h paid")
    assert entry(ana).day == date(2026, 11, 24)


def test_each_currency_has_its_own_lines_and_nothing_is_changed(ana: Chatter, words: WorkedWords) -> None:
    for text in ("2h paid 10 USD", "1h paid 9 EUR fee 1", "30m paid 700 JPY"):
        ana.says(text)
        ana.chats.later(minutes=1)
    ana.says("/worked")
    ana.sees(*(words.hourly.fill(amount=amount) for amount in ("US$5.00", "€8.00", "JP¥1,400")))
    for code in ("EUR", "JPY", "USD"):
        ana.sees_button(words.chart.fill(currency=code))


def test_a_long_record_in_many_currencies_fits_one_message(ana: Chatter, words: WorkedWords) -> None:
    places = ana.chats.pack[PlatformsFile].platforms[:12]
    ana.remembers(Remember(CHOICE, "hours", "10"), Remember(CHOICE, "kind", "specialised"))
    for number in range(60):
        place, code = places[number % 12], ("USD", "EUR", "GBP", "INR", "KES")[number % 5]
        work = Work(date(2026, 11, 1), 9, 9, Decimal("999999999.99"), Decimal(1), code, place.id)
        ana.remembers(Remember(WORK, f"e{number:06}", work.to_value()))
    ana.says("/worked")
    assert ana.text.count(words.other_currency.fill(currency="USD").plain) == 1
    ana.taps(words.chart.fill(currency="INR"))
    picture = ana.turn.picture
    assert picture is not None
    assert len(picture.caption.plain) <= 1024


def test_more_than_five_currencies_are_not_kept(ana: Chatter, words: WorkedWords) -> None:
    for code in ("USD", "EUR", "GBP", "INR", "KES", "NGN"):
        ana.says(f"10m paid 1 {code}")
        ana.chats.later(minutes=1)
    ana.sees(words.problems.many_currencies.fill(words="KES, INR, GBP, EUR, USD"))
    assert len(entries(ana)) == 5


def test_unpaid_time_before_any_money_counts_with_the_money_that_comes(
    ana: Chatter, words: WorkedWords
) -> None:
    ana.says("3h unpaid")
    ana.says("/worked")
    ana.sees(words.no_money_yet)
    ana.chats.later(minutes=1)
    ana.says("1h paid 8 EUR")
    ana.says("/worked")
    ana.sees(words.hourly.fill(amount="€2.00"))
    ana.sees_not(words.no_money_yet)


@pytest.mark.parametrize(("money", "verdict"), [("1", "below"), ("5", "within"), ("40", "above")])
def test_it_is_held_against_the_forecast(ana: Chatter, words: WorkedWords, money: str, verdict: str) -> None:
    ana.remembers(
        Remember(CHOICE, "hours", "10"),
        Remember(CHOICE, "kind", "image-video"),
        Remember(CHOICE, "level", "entry"),
    )
    ana.says(f"1h paid {money} USD")
    ana.says("/worked")
    ana.sees(getattr(words, verdict).fill(low="US$1.40", high="US$12.00"))
    ana.taps(words.chart.fill(currency="USD"))
    picture = ana.turn.picture
    assert picture is not None
    assert picture.chart.band is not None
    assert (picture.chart.band.low, picture.chart.band.high) == (Decimal("1.4"), Decimal(12))
    assert getattr(words, verdict).fill(low="US$1.40", high="US$12.00").plain in picture.caption.plain


def test_a_forecast_in_another_currency_is_not_compared(ana: Chatter, words: WorkedWords) -> None:
    ana.remembers(Remember(CHOICE, "hours", "10"), Remember(CHOICE, "kind", "specialised"))
    ana.says("1h paid 400 INR")
    ana.says("/worked")
    ana.sees(words.other_currency.fill(currency="USD"))
    ana.taps(ana.chats.words(PayWords).title)
    ana.sees(ana.chats.words(PayWords).honest)


def test_the_chart_shows_each_platform_and_its_caption_tells_the_same(
    ana: Chatter, words: WorkedWords, place: Platform
) -> None:
    ana.says("clickworker 2h paid 10 USD")
    ana.chats.later(minutes=1)
    ana.says("1h paid 3 USD")
    ana.says("/worked")
    ana.taps(words.chart.fill(currency="USD"))
    picture = ana.turn.picture
    assert picture is not None
    assert [(bar.label, bar.value, bar.text) for bar in picture.chart.bars] == [
        (place.name, Decimal(5), "US$5.00"),
        (words.no_platform, Decimal(3), "US$3.00"),
    ]
    for number, (name, amount) in enumerate([(place.name, "US$5.00"), (words.no_platform, "US$3.00")], 1):
        line = words.chart_bar.fill(number=number, name=name, amount=amount)
        assert line.plain in picture.caption.plain
    assert ana.turn.fresh
    ana.sees(words.title)


@pytest.mark.parametrize("currency", ["eur", "usd"])
def test_a_chart_of_nothing_is_not_drawn(ana: Chatter, words: WorkedWords, currency: str) -> None:
    ana.says("/worked 5 USD")
    ana.presses(f"wkc:{currency}")
    ana.is_told(words.no_chart)
    assert ana.turn.picture is None


def test_a_question_is_answered_though_an_entry_is_waited_for(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    ana.says("how do I get paid?")
    assert ana.turn.area == "faq"
    ana.says("/worked")
    ana.taps(words.new)
    ana.taps(words.fields.paid.fill(value="0 min"))
    ana.says("how do I get paid")
    assert ana.turn.area == "faq"


@pytest.mark.parametrize(
    "text",
    ["2 h", "am I paid 20 USD?", "3", "1h 5 USD", "is 2h paid?", "must the whole test of 2h be paid by them"],
)
def test_what_is_not_surely_an_entry_is_none_unasked(ana: Chatter, text: str) -> None:
    ana.says(text)
    assert entries(ana) == []


@pytest.mark.parametrize(
    "data",
    ["wke:x", "wkq:x:paid", "wks:x:paid:5", "wkv:x", "wkp:x:y", "wkd:x", "wko:x", "wkb:x", "wkc:usd"],
)
def test_a_forged_button_is_answered_kindly(ana: Chatter, data: str) -> None:
    ana.presses(data)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


@pytest.mark.parametrize(
    "part",
    [
        "paid:-5",
        "paid:",
        "day:2026-11-24",
        "day:2020-01-01",
        "day:x",
        "currency:xyz",
        "platform:gone",
        "what:5",
    ],
)
def test_a_forged_part_is_answered_kindly(ana: Chatter, words: WorkedWords, part: str) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    item = json.loads(ana.value("work-draft", "new") or "[]")[0]
    ana.presses(f"wks:{item}:{part}")
    ana.is_told(ana.chats.words(CommonWords).gone_entry)


def test_a_platform_that_is_no_longer_tracked_keeps_its_name(
    ana: Chatter, words: WorkedWords, place: Platform
) -> None:
    ana.says("clickworker 1h paid 6 USD")
    ana.presses(f"pt:{place.id}:")
    ana.says("/worked")
    ana.sees(words.by_platform.fill(name=place.name, amount="US$6.00", time="1 h"))


def test_to_write_work_down_is_something_done(ana: Chatter) -> None:
    ana.says("1h paid 6 USD")
    assert streak(ana.person, ana.chats.now).days == 1


def test_the_record_is_in_the_file_and_goes_with_everything_else(ana: Chatter) -> None:
    ana.says("2h paid 30m unpaid 14.50 USD fee 0.25")
    ana.says("/mydata")
    kept = [mark for mark in json.loads(ana.file.content)["marks"] if mark["kind"] == WORK]
    assert [json.loads(mark["value"]) for mark in kept] == [
        {"day": "2026-11-23", "paid": 120, "unpaid": 30, "money": "14.50", "fees": "0.25", "currency": "USD"}
    ]
    ana.says("/deleteme")
    ana.taps(ana.chats.words(SettingsWords).delete_yes)
    assert not ana.person.marks


def test_in_a_group_nothing_is_written_down(ana: Chatter) -> None:
    ana.speaks_in_a_group()
    assert ana.deeds == []


def test_it_works_without_platforms_and_without_a_forecast(
    ana: Chatter, words: WorkedWords, place: Platform, tmp_path: Path
) -> None:
    author = Author("firstlabel", tmp_path)
    for area in ("platforms", "pay"):
        author.switches_off(area)
    ana.remembers(Remember(CHOICE, "hours", "10"), Remember(CHOICE, "kind", "specialised"))
    ana.chats.restart_with(author.publishes())
    ana.says("1h paid 6 USD")
    ana.sees_not(words.which_platform)
    ana.taps(words.correct)
    ana.taps(words.fields.platform.fill(value=words.no_platform))
    ana.sees_no_button(place.name)
    ana.says("/worked")
    ana.sees(words.hourly.fill(amount="US$6.00"))
    ana.taps(words.chart.fill(currency="USD"))
    assert ana.turn.picture is not None
    assert ana.turn.picture.chart.band is None


def test_another_subject_has_its_own_words() -> None:
    ben = Chats(pack_library("bread")).meet()
    words = ben.chats.words(WorkedWords)
    ben.says("3h sold 1h kneaded 20 CHF stall 4")
    ben.sees(words.noted)
    assert entry(ben) == Work(date(2026, 11, 23), 180, 60, Decimal(20), Decimal(4), "CHF")
    ben.chats.later(minutes=1)
    ben.says("2h paid 10 USD")
    assert len(entries(ben)) == 1
    ben.says("/worked")
    ben.sees(words.hourly.fill(amount="CHF\xa04.00"))


def test_cancel_gives_up_what_was_asked(ana: Chatter, words: WorkedWords) -> None:
    ana.says("/worked")
    ana.taps(words.new)
    ana.says("/cancel")
    ana.sees(ana.chats.words(MenuWords).cancelled)
    ana.says("5")
    ana.sees(ana.chats.words(FaqWords).unknown)


def test_in_spanish_too() -> None:
    library = pack_library("firstlabel")
    eva = Chats(library).meet("Eva", language="es")
    words = library.pack("es").words(WorkedWords)
    eva.says("2h pagadas 30m sin pagar 14,50 USD")
    eva.sees("Anotado", words.time.fill(time="2 h 30 min", unpaid="30 min"))
    assert entry(eva) == Work(date(2026, 11, 23), 120, 30, Decimal("14.50"), currency="USD")
    eva.chats.later(minutes=1)
    eva.says("trabajé 1 hora y 15 minutos sin pago ayer")
    assert entries(eva)[-1] == Work(date(2026, 11, 22), 0, 75, currency="USD")
    eva.says("/worked")
    eva.sees("Pago real por hora: US$3.87")
    eva.taps("Gráfico en USD")
    assert eva.turn.picture is not None
    assert "1. Sin plataforma: US$3.87 por hora" in eva.turn.picture.caption.plain
    eva.says("/worked 2h pagadas 1.250,50")
    assert entries(eva)[-1].money == Decimal("1250.50")
    eva.says("/worked 1h paid 2 USD")
    assert entries(eva)[-1].money == 2
    eva.says("/worked 2h 5 $")
    eva.sees(words.problems.which_currency.fill(words="$"), words.fields.ask_currency)

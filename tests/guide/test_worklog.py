"""How the record of work is kept: nothing is lost when old entries are added up, and years of it stay small."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.areas.common import CommonWords
from bot.guide.areas.work_list import PAGE
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.person import Person, Remember, applied
from bot.guide.work_numbers import amount
from bot.guide.work_parts import work_vocabulary
from bot.guide.work_text import read_work
from bot.guide.worklog import (
    KEPT_ENTRIES,
    MOST_ENTRIES,
    MOST_MONTHS,
    WORK,
    Work,
    by_currency,
    log_of,
    new_item,
    read_log,
    recorded,
    summed,
)
from tests.support.chat import NOON, Chats, Chatter
from tests.support.packs import pack_library

DAY = date(2026, 1, 1)


def write(person: Person, work: Work, now: datetime) -> Person:
    log = read_log(person)
    return applied(person, recorded(log, new_item(log, now), work), now)


def years(count: int, person: Person) -> Person:
    """An entry a day on two platforms and in two currencies in turn."""
    for number in range(count * 365):
        now = datetime(2017, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        work = Work(
            now.date(),
            60,
            15,
            Decimal("7.25"),
            Decimal("0.25"),
            "USD" if number % 3 else "EUR",
            ("a", "b")[number % 2],
        )
        person = write(person, work, now)
    return person


def test_what_is_kept_is_read_back() -> None:
    for work in (
        Work(DAY),
        Work(DAY, 1, 2, Decimal("3.40"), Decimal("0.01"), "KES", "some-place", 7),
        Work(DAY, money=Decimal("1E+3"), currency="JPY"),
    ):
        assert Work.from_value(work.to_value()) == work


def test_ten_years_lose_nothing_and_stay_small() -> None:
    person = years(10, Person(1))
    log = read_log(person)
    groups = by_currency(log.everything(), log)
    assert sum(work.count for work in log.everything()) == 3650
    assert {currency: summed(group).count for currency, group in groups.items()} == {"USD": 2433, "EUR": 1217}
    usd = summed(groups["USD"])
    assert (usd.paid, usd.unpaid, usd.money, usd.fees) == (
        2433 * 60,
        2433 * 15,
        2433 * Decimal("7.25"),
        2433 * Decimal("0.25"),
    )
    pairs = 4
    assert len(log.entries) <= MOST_ENTRIES
    assert len(log.totals) <= pairs * (MOST_MONTHS + 10)
    assert sum(len(item) + len(mark.value) for _, item, mark in person.marks) < 25_000


def test_the_newest_stay_single_and_the_order_is_that_of_writing() -> None:
    person = years(1, Person(1))
    days = [work.day for work in read_log(person).entries.values()]
    assert days == sorted(days)
    assert KEPT_ENTRIES <= len(days) <= MOST_ENTRIES
    assert days[-1] == date(2017, 12, 31)


def test_items_are_never_given_twice() -> None:
    person, items = Person(1), set()
    for _ in range(5):
        item = new_item(read_log(person), NOON)
        assert item not in items
        items.add(item)
        person = applied(person, recorded(read_log(person), item, Work(DAY, 5)), NOON)
    assert list(read_log(person).entries) == sorted(items)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4000),
            st.integers(0, 300),
            st.integers(0, 300),
            st.integers(0, 99999),
            st.sampled_from(["USD", "EUR", ""]),
            st.sampled_from(["", "a", "b"]),
        ),
        min_size=MOST_ENTRIES,
        max_size=MOST_ENTRIES + 90,
    )
)
@settings(max_examples=25, deadline=None)
def test_sums_stay_whatever_is_written_in_whatever_order(
    rows: list[tuple[int, int, int, int, str, str]],
) -> None:
    person = Person(1)
    works = [
        Work(DAY + timedelta(days=days), paid, unpaid, Decimal(cents) / 100, Decimal(0), currency, place)
        for days, paid, unpaid, cents, currency, place in rows
    ]
    for number, work in enumerate(works):
        person = write(person, work, NOON + timedelta(minutes=number))

    def sums(all_: tuple[Work, ...]) -> dict[tuple[str, str], tuple[int, int, Decimal, int]]:
        found: dict[tuple[str, str], tuple[int, int, Decimal, int]] = {}
        for work in all_:
            key = (work.currency, work.platform)
            paid, unpaid, money, count = found.get(key, (0, 0, Decimal(0), 0))
            found[key] = (paid + work.paid, unpaid + work.unpaid, money + work.money, count + work.count)
        return found

    assert sums(read_log(person).everything()) == sums(tuple(works))


def test_former_years_are_listed_and_one_of_them_can_be_deleted_and_brought_back() -> None:
    ana: Chatter = Chats(pack_library("firstlabel"), datetime(2020, 1, 1, tzinfo=UTC)).meet()
    words = ana.chats.words(WorkedWords)
    ana.person = years(3, ana.person)
    ana.says("/worked")
    ana.sees(words.hourly.fill(amount="US$5.60"))
    ana.taps(words.list.fill(count=1095))
    for _ in range(-(-len(read_log(ana.person).everything()) // PAGE) - 1):
        ana.taps("More ›")
    item, work = next(iter(read_log(ana.person).totals.items()))
    ana.presses(f"wko:{item}")
    ana.sees(words.total_note)
    ana.sees_no_button(words.correct)
    ana.taps(words.delete)
    assert read_log(ana.person).get(item) is None
    ana.taps(words.undo)
    assert read_log(ana.person).get(item) == work


def test_what_was_begun_long_ago_and_saved_now_can_still_be_undone() -> None:
    ana = Chats(pack_library("firstlabel")).meet()
    words = ana.chats.words(WorkedWords)
    ana.says("/worked")
    ana.taps(words.new)
    ana.taps(words.fields.paid.fill(value="0 min"))
    ana.taps("45 min")
    draft = ana.screen
    ana.says("/menu")
    for _ in range(MOST_ENTRIES):
        ana.chats.later(hours=1)
        ana.says("1m paid")
    ana.taps_old(draft, words.save)
    ana.sees(words.noted)
    assert len(read_log(ana.person).entries) == KEPT_ENTRIES
    ana.taps(words.undo)
    assert sum(work.minutes for work in read_log(ana.person).everything()) == MOST_ENTRIES


def test_a_correction_of_what_became_part_of_a_total_does_not_count_twice() -> None:
    ana = Chats(pack_library("firstlabel")).meet()
    words = ana.chats.words(WorkedWords)
    ana.says("1m paid")
    ana.taps(words.correct)
    draft = ana.screen
    ana.says("/menu")
    for _ in range(MOST_ENTRIES):
        ana.chats.later(hours=1)
        ana.says("1m paid yesterday")
    ana.taps_old(draft, words.save)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert sum(work.minutes for work in read_log(ana.person).everything()) == MOST_ENTRIES + 1


def test_marks_of_other_kinds_are_none_of_it() -> None:
    person = applied(
        Person(1),
        [Remember("work-draft", "new", "[]"), Remember(WORK, "e1", Work(DAY, 5).to_value())],
        NOON,
    )
    assert list(log_of(person.marks).entries) == ["e1"]


VOCABULARY = work_vocabulary(
    [
        ("paid", "paid", ""),
        ("not paid", "unpaid", ""),
        ("h", "hours", ""),
        ("m", "minutes", ""),
        ("fee", "fee", ""),
    ]
)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_looked_at(text: str) -> None:
    said = read_work(text, VOCABULARY, "en")
    assert said.roles in (True, False)


@given(
    st.from_regex(r"-?\d{1,5}([.,]\d{1,4}){0,3}", fullmatch=True),
    st.sampled_from(["en", "es", "pt-br", "ar", "hi"]),
)
@settings(max_examples=500, deadline=None)
def test_any_row_of_digits_is_an_amount_or_none(text: str, language: str) -> None:
    found = amount(text, language)
    assert found is None or found.is_finite()


@given(
    st.lists(
        st.sampled_from(
            ["2", "h", "m", "paid", "not paid", "fee", "5.50", "usd", "eur", "try", "-3", "1:20", "x"]
        ),
        max_size=12,
    )
)
@settings(max_examples=500, deadline=None)
def test_any_mixture_of_known_words_can_be_looked_at(parts: list[str]) -> None:
    said = read_work(" ".join(parts), VOCABULARY, "es")
    assert (said.currency is None) or len(said.currency) == 3


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("14.50", "14.50", "14.50"),
        ("14,5", "14.5", "14.5"),
        ("1,250.50", "1250.50", "1250.50"),
        ("1.250,50", "1250.50", "1250.50"),
        ("1,250", "1250", "1250"),
        ("1.250", "1.250", "1250"),
        ("1,000,000", "1000000", "1000000"),
        ("-5", "-5", "-5"),
        ("1.2.3", None, None),
        ("9" * 16, None, None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, english: str | None, spanish: str | None) -> None:
    assert amount(text, "en") == (Decimal(english) if english else None)
    assert amount(text, "es") == (Decimal(spanish) if spanish else None)

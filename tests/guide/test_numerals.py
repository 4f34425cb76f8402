"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Pack
from bot.guide.area import Scene
from bot.guide.areas.number_words import numerals
from bot.guide.areas.tip_hour import typed_time
from bot.guide.numerals import in_digits, together
from bot.guide.person import Person
from tests.support.chat import NOON
from tests.support.packs import pack_library

LIBRARY = pack_library("firstlabel")
ENGLISH, SPANISH = LIBRARY.pack("en"), LIBRARY.pack("es")


@pytest.mark.parametrize(
    ("pack", "text", "digits"),
    [
        (ENGLISH, "Twenty-five hours", "25 hours"),
        (ENGLISH, "one hundred and five", "105"),
        (ENGLISH, "two thousand three hundred", "2300"),
        (ENGLISH, "a hundred thousand", "a 100000"),
        (ENGLISH, "two and three", "2 and 3"),
        (ENGLISH, "seven thirty", "7 30"),
        (ENGLISH, "ten hundred", "10 100"),
        (ENGLISH, "zero five", "0 5"),
        (SPANISH, "treinta y cinco", "35"),
        (SPANISH, "Veintidós mil", "22000"),
        (SPANISH, "ciento veinte", "120"),
        (SPANISH, "siete y treinta", "7 y 30"),
        (SPANISH, "mil quinientos", "1500"),
        (SPANISH, "dos millones trescientos mil", "2300000"),
    ],
    ids=str,
)
def test_words_become_the_number_that_they_make_together(pack: Pack, text: str, digits: str) -> None:
    assert in_digits(text, numerals(pack)) == digits


@given(st.lists(st.sampled_from([0, 1, 5, 10, 20, 90, 100, 200, 1000, 1_000_000]), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_numbers_that_make_no_number_together_are_not_added_up(values: list[int]) -> None:
    found = together(values)
    assert found is None or max(values) <= found <= 1_000_000_000


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            [
                "8",
                "7:30",
                "half",
                "past",
                "quarter to",
                "noon",
                "at night",
                "and",
                "ten",
                "thirty",
                "o'clock",
                "99",
                "²",
            ]
        ),
        max_size=8,
    ).map(" ".join)
)
@settings(max_examples=500, deadline=None)
def test_any_text_is_an_hour_of_the_day_or_none(text: str) -> None:
    in_digits(text, numerals(ENGLISH))
    found = typed_time(Scene(Person(1), LIBRARY, ENGLISH, NOON, "Ana", frozenset(), (), ()), text)
    assert not isinstance(found, int) or 0 <= found < 24 * 60

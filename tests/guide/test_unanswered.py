"""What is noted of a question that nobody can answer: its words, and nothing that tells who asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.unanswered import HIDDEN, LONGEST, notable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("is there a bakery in my town?", "is there a bakery in my town?"),
        ("  two \n lines\t", "two lines"),
        ("in 2025 i had 12 or 1500 of them", "in 2025 i had 12 or 1500 of them"),
        ("write to ana.b+c@example.org please", f"write to {HIDDEN} please"),
        ("i am @ana_b", f"i am {HIDDEN}"),
        ("call +49 (151) 123-45 67 now", f"call {HIDDEN} now"),
        ("my number 5551234567", f"my number {HIDDEN}"),
        ("iban DE89370400440532013000", f"iban {HIDDEN}"),
        ("see https://example.org/ana or t.me/ana", f"see {HIDDEN} or {HIDDEN}"),
    ],
)
def test_what_may_tell_who_asked_is_hidden(text: str, kept: str) -> None:
    assert notable(text) == kept


@pytest.mark.parametrize("text", ["", " \n", "🙂", "???", "12345", "0151 1234567", "ana@example.org"])
def test_a_text_without_words_is_not_noted(text: str) -> None:
    assert notable(text) == ""


def test_a_number_cut_at_the_end_is_hidden_whole() -> None:
    assert "555" not in notable("a" * (LONGEST - 5) + " 5551234567")


@given(st.text(max_size=2_000))
def test_it_is_one_short_line(text: str) -> None:
    kept = notable(text)
    assert len(kept) <= LONGEST
    assert "\n" not in kept

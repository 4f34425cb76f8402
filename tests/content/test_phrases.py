"""The small language in which authors write what people say."""

from __future__ import annotations

import re

import pytest

from bot.content.phrases import Step, fold, read_pattern


def test_words_alternatives_endings_gaps_and_sets_are_read() -> None:
    steps = read_pattern("pay|Send .. regist* ... <fee>|<money:20>").steps
    assert steps == (
        Step(0, ("pay", "send")),
        Step(3, ("regist*",)),
        Step(7, ("<fee>", "<money:20>")),
    )


def test_a_pattern_knows_the_sets_and_classes_it_speaks_of() -> None:
    assert read_pattern("<pay> .. <money:20>|fee").names == {"pay", "money"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (".. fee", "stands between two words"),
        ("pay ..", "at the end"),
        ("pay .. .. fee", "between two words"),
        ("(pay)+", "is no word"),
        ("pay [a-z]", "is no word"),
        ("a*", "at least three letters"),
        ("<link:3>", "have a least value"),
        ("a b c d e f g h i j k l m", "at most 12"),
    ],
)
def test_what_is_no_pattern_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        read_pattern(text)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Inscripción", "inscripcion"),
        ("don’t", "dont"),
        ("sign-up", "signup"),
        ("te\u200bl\u200begram", "telegram"),
        ("Теlеgrаm", "telegram"),
        ("ＷｈａｔｓＡｐｐ", "whatsapp"),
    ],
)
def test_words_are_compared_as_a_reader_takes_them(typed: str, same: str) -> None:
    assert fold(typed) == same

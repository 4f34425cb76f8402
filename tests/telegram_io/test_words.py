from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_io.words import clean, shown_name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words\n\tand lines", "plain words\n\tand lines"),
        ("a\x00b\x08c\x1bd\x7fe\x9ff\r\n", "abcdef\n"),
        ("\u202eevil\u202c", "evil"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("\u2067נכון\u2069 ok", "\u2067נכון\u2069 ok"),
        ("\u2067never closed", "never closed"),
        ("closed\u2069 \u2067first", "closed first"),
        ("\u200fשלום\u200e", "\u200fשלום\u200e"),
        ("👩🏽\u200d💻", "👩🏽\u200d💻"),
    ],
)
def test_words_lose_only_what_cannot_be_shown_or_turns_the_rest_around(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("<b>&_*", "<b>&_*"),
        ("  Ann \n\t Lee ", "Ann Lee"),
        ("محمد", "\u2068محمد\u2069"),
        ("דוד 3", "\u2068דוד 3\u2069"),
        ("\u2066Ann", "Ann"),
        ("\u202eAnn", "Ann"),
        ("\x00", ""),
    ],
)
def test_a_name_stands_on_one_line_and_keeps_its_direction_to_itself(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(alphabet=st.characters()))
def test_whatever_a_person_writes_can_be_sent(text: str) -> None:
    clean(text).encode()
    assert clean(clean(text)) == clean(text)

"""Times of the day as people speak of them: *half past seven in the evening*. The words are the content's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from bot.content.phrases import bare
from bot.guide.numerals import spoken_number, together
from bot.guide.phrase_table import PhraseTable

Meaning = Literal[
    "numeral", "joined_by", "half", "quarter", "half_past", "quarter_past", "quarter_to", "less_quarter", "hours",
    "am", "pm", "morning", "afternoon", "evening", "night", "noon", "midnight", "filler",
]  # fmt: skip

DAY: Final = 24 * 60
LONGEST: Final = 60
"""Characters; a longer text says more than a time."""

_TOKEN = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)|\d+|[^\W\d_]+|\S")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})")
_SIGNS = frozenset(".,;!¡")

_PARTS: Final[Mapping[str, Mapping[int, int]]] = {
    "am": {hour: hour % 12 for hour in range(1, 13)},
    "pm": {hour: hour % 12 + 12 for hour in range(1, 13)},
    # Twelve in the morning is noon to some and midnight to others.
    "morning": {hour: hour for hour in range(1, 12)},
    "afternoon": {12: 12, **{hour: hour % 12 + 12 for hour in (*range(1, 9), *range(13, 21))}},
    "evening": {hour: hour % 12 + 12 for hour in (*range(4, 12), *range(16, 24))},
    # Two at night is two in the morning; four and five may be either.
    "night": {
        0: 0,
        12: 0,
        1: 1,
        2: 2,
        3: 3,
        **{hour: hour % 12 + 12 for hour in (*range(6, 12), *range(18, 24))},
    },
    "noon": {12: 12, 1: 13, 2: 14, 3: 15},
    "midnight": {0: 0, 12: 0},
}
"""What hour of the day an hour is, said with a part of the day; what is not in it is not clear."""
_MINUTES: Final = 10
"""Fewer minutes, said behind an hour without a sign that they are minutes, may be another hour."""
_BY_ITSELF: Final = {"noon": 12, "midnight": 0}
_SHIFTS: Final = {"half_past": 30, "quarter_past": 15, "quarter_to": -15, "less_quarter": -15}


TimeVocabulary = PhraseTable[tuple[Meaning, int]]
"""What words mean: each phrase, plain, to its meaning and, for a numeral, its number."""


@dataclass(slots=True)
class _Heard:
    hours: list[int] = field(default_factory=list)
    """The numbers: the hour, and perhaps its minutes."""
    two_hours: bool = False
    """Whether a further number may be an hour as well: *seven and eight*."""
    shifts: list[int] = field(default_factory=list)
    """Minutes to be added to the hour, by name."""
    minutes: int | None = None
    """By a clock, as in 7:30."""
    parts: list[str] = field(default_factory=list)


def spoken_time(text: str, vocabulary: TimeVocabulary) -> int | Literal["unclear"] | None:
    """The minute of the day; ``unclear`` if it is about a time and nobody can tell which, ``None`` if about more."""
    said = _said(text, vocabulary) if len(text) <= LONGEST else None
    if not said:
        return None
    heard = _heard(said)
    minute = _minute(heard) if heard else None
    return "unclear" if minute is None else minute


def time_vocabulary(words: Iterable[tuple[str, Meaning, int]]) -> TimeVocabulary:
    """From texts, their meanings and numbers; the first of two that are the same text counts."""
    phrases: dict[tuple[str, ...], tuple[Meaning, int]] = {}
    for text, meaning, number in words:
        phrases.setdefault(tuple(_tokens(text)), (meaning, number))
    return PhraseTable(phrases)


def _tokens(text: str) -> list[str]:
    return [found for found in _TOKEN.findall(bare(text)) if found not in _SIGNS]


def _said(text: str, vocabulary: TimeVocabulary) -> list[tuple[str, int]] | None:
    """Meanings and numbers, in order and without fillers; ``None`` if there is a word of another kind."""
    tokens, at, said = _tokens(text), 0, list[tuple[str, int]]()
    while at < len(tokens):
        if known := vocabulary.at(tokens, at):
            said.append(known[0])
            at += known[1]
        elif tokens[at][0].isdecimal():
            said.extend(_digits(tokens[at]))
            at += 1
        else:
            return None
    return [each for each in said if each[0] != "filler"]


def _digits(token: str) -> Sequence[tuple[str, int]]:
    if clock := _CLOCK.fullmatch(token):
        return (("number", int(clock[1])), ("minutes", int(clock[2])))
    if len(token) > 2:
        return (("number", DAY),)
    return (("two_digits" if len(token) == 2 else "number", int(token)),)


def _heard(said: Sequence[tuple[str, int]]) -> _Heard | None:
    """What was said of the hour, its minutes and the part of the day; ``None`` if it does not go together."""
    heard, at = _Heard(), 0
    while at < len(said):
        meaning, number = said[at]
        joined = at > 0 and said[at - 1][0] == "joined_by"
        match meaning:
            case "numeral":
                values, end = spoken_number(at, partial(_value, said), partial(_joiner, said))
                _count(heard, together(values) or 0, sure=False)
                at = end - 1
            case "number":
                _count(heard, number, sure=False)
            case "two_digits":
                _count(heard, number, sure=True)
            case "minutes" if heard.minutes is None:
                heard.minutes = number
            case "half" | "quarter" if joined and heard.hours:
                heard.shifts.append(30 if meaning == "half" else 15)
            case "half_past" | "quarter_past" | "quarter_to" | "less_quarter":
                heard.shifts.append(_SHIFTS[meaning])
            case "hours" | "joined_by":
                pass
            case _ if meaning in _PARTS:
                heard.parts.append(meaning)
            case _:
                return None
        at += 1
    return heard


def _count(heard: _Heard, number: int, *, sure: bool) -> None:
    """Take an hour, or its minutes, if they are not below ten. ``sure`` are minutes as a clock shows them: *7 05*."""
    heard.two_hours = heard.two_hours or bool(heard.hours and number < _MINUTES and not sure)
    heard.hours.append(number)


def _value(said: Sequence[tuple[str, int]], at: int) -> tuple[int, int] | None:
    return (said[at][1], 1) if at < len(said) and said[at][0] == "numeral" else None


def _joiner(said: Sequence[tuple[str, int]], at: int) -> int:
    return int(at < len(said) and said[at][0] == "joined_by")


def _minute(heard: _Heard) -> int | None:
    part = heard.parts[0] if heard.parts else None
    hours = heard.hours or ([_BY_ITSELF[part]] if part in _BY_ITSELF else [])
    added = [*hours[1:], *heard.shifts, *(() if heard.minutes is None else (heard.minutes,))]
    if not hours or len(heard.parts) > 1 or len(added) > 1 or heard.two_hours:
        return None
    hour = _PARTS[part].get(hours[0]) if part else hours[0]
    minutes = added[0] if added else 0
    if hour is None or not 0 <= hour < 24 or not -15 <= minutes < 60:
        return None
    return (hour * 60 + minutes) % DAY

"""The parts of a typed entry: numbers, stretches of time, and words that mean something in a person's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from babel.numbers import is_currency

from bot.content.phrases import bare
from bot.guide.numerals import spoken_number, together
from bot.guide.phrase_table import PhraseTable
from bot.guide.work_numbers import amount

Meaning = Literal[
    "paid", "unpaid", "hours", "minutes", "fee", "yesterday", "filler", "currency", "platform",
    "numeral", "one", "half", "quarter", "joined_by",
]  # fmt: skip
BETWEEN: Final = ","
"""Between the currencies that a word may be."""

_TOKEN = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?!\d))|(?P<number>(?<![^\W_])-?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s.,;:!?()+&/-])"
)
_PARTS_OF_AN_HOUR: Final = {"half": 30, "quarter": 15}
_UNITS: Final = ("hours", "minutes")


Vocabulary = PhraseTable[tuple[Meaning, str]]
"""What words mean: each phrase, plain, to its meaning and, for a currency, platform or number, which."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A number, or words that mean something; ``said`` is how they were typed, plain."""

    meaning: str
    text: str
    start: int
    end: int
    said: str = ""


def work_vocabulary(words: Iterable[tuple[str, Meaning, str]]) -> Vocabulary:
    """From texts, their meanings and ids. The first of two that are the same text counts.

    But a name of several currencies stands for any of them.
    """
    phrases: dict[tuple[str, ...], tuple[Meaning, str]] = {}
    for text, meaning, id_ in words:
        key = tuple(found.text for found in _tokens(text))
        if not key:
            continue
        known = phrases.setdefault(key, (meaning, id_))
        if meaning == known[0] == "currency" and id_ not in known[1].split(BETWEEN):
            phrases[key] = ("currency", f"{known[1]}{BETWEEN}{id_}")
    return PhraseTable(phrases)


def parts_of(text: str, vocabulary: Vocabulary, language: str) -> list[Part]:
    """The parts of a text in their order. Time in words is a part ``time``, its text the minutes."""
    found = [part for part in _known(text, vocabulary) if part.meaning != "filler"]
    spoken = list(_times(_articles(list(_numbers(found, language))), language))
    return [part for part in spoken if part.meaning != "joined_by"]


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(found.lastgroup or "", found[0], found.start(), found.end())
        for found in _TOKEN.finditer(bare(text))
    ]


def _known(text: str, vocabulary: Vocabulary) -> Iterator[Part]:
    tokens, at = _tokens(text), 0
    words = [token.text for token in tokens]
    while at < len(tokens):
        token = tokens[at]
        if known := vocabulary.at(words, at):
            (meaning, id_), length = known
            end = at + length
            yield Part(meaning, id_, token.start, tokens[end - 1].end, " ".join(words[at:end]))
            at = end
        else:
            yield Part(_alone(token), token.text, token.start, token.end, token.text)
            at += 1


def _alone(token: _Token) -> str:
    if token.kind == "word":
        return "code" if len(token.text) == 3 and is_currency(token.text.upper()) else "unknown"
    return "unknown" if token.kind == "sign" else token.kind


def _numbers(parts: Sequence[Part], language: str) -> Iterator[Part]:
    """The parts, with numbers in words as numbers: *twenty five*, *12 thousand*."""
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.meaning == "numeral":
            values, end = spoken_number(at, partial(_value, parts), partial(_joiner, parts))
            yield _merged("number", str(together(values)), parts[at:end])
            at = end
        elif part.meaning == "number" and (times := _multiplier(parts, at + 1)):
            number = amount(part.text, language)
            text = part.text if number is None else f"{(number * times).normalize():f}"
            yield _merged("number", text, parts[at : at + 2])
            at += 2
        else:
            yield part
            at += 1


def _value(parts: Sequence[Part], at: int) -> tuple[int, int] | None:
    return (int(parts[at].text), 1) if _is(parts, at, "numeral") else None


def _joiner(parts: Sequence[Part], at: int) -> int:
    return int(_is(parts, at, "joined_by"))


def _multiplier(parts: Sequence[Part], at: int) -> Decimal | None:
    large = _is(parts, at, "numeral") and int(parts[at].text) >= 1000
    return Decimal(parts[at].text) if large else None


def _articles(parts: Sequence[Part]) -> list[Part]:
    """The parts, with *an* as a number in front of hours, minutes and currencies, and left out elsewhere."""
    kept: list[Part] = []
    for at, part in enumerate(parts):
        if part.meaning != "one":
            kept.append(part)
        elif _is(parts, at + 1, *_UNITS, "currency") and not _is(parts, at - 1, *_PARTS_OF_AN_HOUR):
            kept.append(replace(part, meaning="number", text="1"))
    return kept


def _times(parts: Sequence[Part], language: str) -> Iterator[Part]:
    """The parts, with hours in words as time: *half an hour*, *two and a half hours*, *an hour and a half*."""
    at = 0
    while at < len(parts):
        minutes, length = _spoken(parts, at, language)
        if minutes is None:
            yield parts[at]
            at += 1
        else:
            yield _merged("time", str(minutes), parts[at : at + length])
            at += length


def _spoken(parts: Sequence[Part], at: int, language: str) -> tuple[int | None, int]:
    """The minutes that are spoken of here, if any, and of how many parts."""
    here = [part.meaning for part in parts[at : at + 5]]
    if here[:1] != ["number"]:
        # A number in front that could not be taken along says something else.
        return (None, 0) if _is(parts, at - 1, "number") else _spoken_of(None, here)
    number = amount(parts[at].text, language)
    if number is None or number != number.to_integral_value() or not 0 <= number <= 24:
        return None, 0
    minutes, length = _spoken_of(int(number), here[1:])
    return minutes, length + 1


def _spoken_of(number: int | None, meanings: Sequence[str]) -> tuple[int | None, int]:
    hours = 60 * (1 if number is None else number)
    match meanings:
        case ["quarter", "hours", *_] if number in (1, 2, 3):
            return number * _PARTS_OF_AN_HOUR["quarter"], 2
        case [("half" | "quarter") as part, "hours", *_] if number is None:
            return _PARTS_OF_AN_HOUR[part], 2
        case ["joined_by", ("half" | "quarter") as part, "hours", *_] if number is not None:
            return hours + _PARTS_OF_AN_HOUR[part], 3
        case ["hours", "joined_by", ("half" | "quarter") as part, *after] if after[:1] != ["hours"]:
            return hours + _PARTS_OF_AN_HOUR[part], 3
        case _:
            return None, 0


def _merged(meaning: str, text: str, parts: Sequence[Part]) -> Part:
    return Part(meaning, text, parts[0].start, parts[-1].end, " ".join(part.said for part in parts))


def _is(parts: Sequence[Part], at: int, *meanings: str) -> bool:
    return 0 <= at < len(parts) and parts[at].meaning in meanings

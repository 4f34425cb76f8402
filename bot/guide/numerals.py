"""Numbers in words: *twenty five*, *doce mil*. Which words mean which number is content, in each language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1_000_000_000
"""Larger numbers are none that anybody types in words."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Numerals:
    """What words mean: each phrase, as :func:`plain_words` has it, to its number; and the words that join two."""

    values: Mapping[tuple[str, ...], int]
    joiners: frozenset[tuple[str, ...]]
    longest: int

    @classmethod
    def of(cls, texts: Iterable[str], joiners: Iterable[str]) -> Numerals:
        """From texts such as ``ten = 10``."""
        found = [each for text in texts if (each := numeral(text))]
        values = {plain_words(words): value for words, value in found}
        return cls(values, frozenset(map(plain_words, joiners)), max(map(len, values), default=1))


def numeral(text: str) -> tuple[str, int] | None:
    """The word and the number of ``ten = 10``; ``None`` if it is no such text."""
    words, sign, number = (part.strip() for part in text.rpartition("="))
    if not sign or not plain_words(words) or not (number.isascii() and number.isdecimal()):
        return None
    return (words, int(number)) if int(number) <= LARGEST else None


def plain_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, in lower case and without accents."""
    return tuple(found[0] for found in _WORD.finditer(bare(text)))


def bare(text: str) -> str:
    """Lower case, without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in flat if not unicodedata.combining(sign))


def together(values: Sequence[int]) -> int | None:
    """The one number that these make, said one after the other; ``None`` if they are several."""
    total = current = 0
    for at, value in enumerate(values):
        if value >= 1000:
            if at and not 0 < current < value:
                return None
            total, current = total + max(current, 1) * value, 0
        elif value == 100 and 0 < current < 10:
            current *= 100
        elif at == 0 or (current % 100 == 0 and value < 100 and (current or total)) or _units(current, value):
            current += value
        elif current == 0 and total:
            current = value
        else:
            return None
    return total + current if total + current <= LARGEST else None


def _units(current: int, value: int) -> bool:
    """Whether these are tens and units: *twenty five*."""
    return current % 100 >= 20 and current % 10 == 0 and 0 < value < 10


def in_digits(text: str, numerals: Numerals) -> str:
    """The words and numbers of the text, plain, with those numbers that were written as words in digits."""
    words, told, at = plain_words(text), list[str](), 0
    while at < len(words):
        values, end = _longest(words, at, numerals)
        if values:
            number = together(values)
            told.append(str(number))
            at = end
        else:
            told.append(words[at])
            at += 1
    return " ".join(told)


def _longest(words: Sequence[str], at: int, numerals: Numerals) -> tuple[list[int], int]:
    """The values of the longest number that begins here, and where it ends; none if none begins."""
    values, end = list[int](), at
    while True:
        start = end
        if values:
            start += next((len(each) for each in numerals.joiners if words[end : end + len(each)] == each), 0)
        found = _one(words, start, numerals)
        if found is None or together([*values, found[0]]) is None:
            return values, end
        values.append(found[0])
        end = found[1]


def _one(words: Sequence[str], at: int, numerals: Numerals) -> tuple[int, int] | None:
    """The value of the phrase that begins here, and where it ends."""
    for length in range(min(numerals.longest, len(words) - at), 0, -1):
        if (value := numerals.values.get(tuple(words[at : at + length]))) is not None:
            return value, at + length
    return None

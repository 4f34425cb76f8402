"""Numbers in words: *twenty five*, *doce mil*. Which words mean which number is content, in each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.content.phrases import bare
from bot.guide.phrase_table import PhraseTable

LARGEST: Final = 1_000_000_000
"""Larger numbers are none that anybody types in words."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Numerals:
    """What words mean: each phrase, as :func:`plain_words` has it, to its number; and the words that join two."""

    values: PhraseTable[int]
    joiners: PhraseTable[None]

    @classmethod
    def of(cls, texts: Iterable[str], joiners: Iterable[str]) -> Numerals:
        """From texts such as ``ten = 10``."""
        found = [each for text in texts if (each := numeral(text))]
        values = {plain_words(words): value for words, value in found}
        return cls(PhraseTable(values), PhraseTable(dict.fromkeys(map(plain_words, joiners))))


def numeral(text: str) -> tuple[str, int] | None:
    """The word and the number of ``ten = 10``; ``None`` if it is no such text."""
    words, sign, number = (part.strip() for part in text.rpartition("="))
    if not sign or not plain_words(words) or not (number.isascii() and number.isdecimal()):
        return None
    return (words, int(number)) if int(number) <= LARGEST else None


def plain_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, in lower case and without accents."""
    return tuple(found[0] for found in _WORD.finditer(bare(text)))


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

    def value(place: int) -> tuple[int, int] | None:
        return numerals.values.at(words, place)

    def joiner(place: int) -> int:
        found = numerals.joiners.at(words, place)
        return found[1] if found else 0

    while at < len(words):
        values, end = spoken_number(at, value, joiner)
        told.append(str(together(values)) if values else words[at])
        at = end if values else at + 1
    return " ".join(told)


def spoken_number(
    at: int, value: Callable[[int], tuple[int, int] | None], joiner: Callable[[int], int]
) -> tuple[list[int], int]:
    """The values of the longest number that begins at a place, and where it ends; none if none begins there.

    ``value`` tells the value that stands at a place and how many places it takes, ``joiner`` how many one takes that
    stands there.
    """
    values, end = list[int](), at
    while True:
        start = end + (joiner(end) if values else 0)
        found = value(start)
        if found is None or together([*values, found[0]]) is None:
            return values, end
        values.append(found[0])
        end = start + found[1]

"""The words for numbers, as people type them; see :mod:`bot.guide.numerals`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from bot.content.fields import Phrase
from bot.content.library import AreaSpec, Pack, Words
from bot.content.per_pack import per_pack
from bot.guide.area import Area
from bot.guide.numerals import Numerals, numeral


def _is_numeral(text: str) -> str:
    if numeral(text) is None:
        raise ValueError("write the word, '=' and the whole number that it means: ten = 10")
    return text


Numeral = Annotated[Phrase, AfterValidator(_is_numeral)]


class NumberWords(Words):
    """What people type; matched without case and accents."""

    words: tuple[Numeral, ...]
    """``ten = 10``. Those in between are put together: *twenty five*, *two hundred*."""
    one: tuple[Phrase, ...]
    """One in front of an hour or a minute, and nothing elsewhere: *a*, *an*."""
    half: tuple[Phrase, ...]
    quarter: tuple[Phrase, ...]
    joined_by: tuple[Phrase, ...]
    """Between a number and what is added to it: *and*."""
    hours_a_week: tuple[Phrase, ...]
    """What may stand beside a number of hours a week, and changes nothing: *about*, *hours*, *a week*."""
    beside_answers: tuple[Phrase, ...]
    """What may stand beside the name of an answer, and changes nothing: *I use*, *my*, *please*."""


@per_pack
def numerals(pack: Pack) -> Numerals:
    """The words for numbers of a language."""
    words = pack.words(NumberWords)
    return Numerals.of(words.words, words.joined_by)


AREA = Area(AreaSpec("numbers", NumberWords, always=True))

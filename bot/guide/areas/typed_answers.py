"""Answers that are typed where buttons are offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.content.library import Pack
from bot.content.per_pack import per_pack
from bot.content.phrases import QUESTION_MARKS
from bot.guide.answers import normalised
from bot.guide.area import Scene
from bot.guide.areas.number_words import NumberWords, numerals
from bot.guide.numerals import in_digits, plain_words
from bot.guide.phrase_table import PhraseTable

LONGEST = 80
"""Characters; a longer text is no answer to a question with buttons."""
_LEAST = 4
"""Characters of a part of a name that stands for the whole."""
_BETWEEN = re.compile(r"[,;/]")


def may_answer(text: str) -> bool:
    """Whether it may be an answer: it is short, and asks nothing."""
    return len(text) <= LONGEST and QUESTION_MARKS.isdisjoint(text)


def weekly_hours(scene: Scene, text: str) -> int | None:
    """The hours a week that somebody typed, in digits or words; ``None`` if the text says more than one number."""
    if not may_answer(text) or re.search(r"\d[.,]\d|-\d", text):
        return None
    words = in_digits(text, numerals(scene.pack)).split()
    left = list(_left(words, _beside_hours(scene.pack)))
    return int(left[0]) if len(left) == 1 and left[0].isdecimal() and len(left[0]) <= 4 else None


def _left(words: Sequence[str], beside: PhraseTable[None]) -> Iterator[str]:
    """What is left of the words without those phrases."""
    at = 0
    while at < len(words):
        found = beside.at(words, at)
        if found is None:
            yield words[at]
        at += found[1] if found else 1


def named(scene: Scene, text: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The id whose name was typed, or a part of whose name alone; ``None`` if that is none or several."""
    if not may_answer(text):
        return None
    said = normalised(text)
    found = _named(said, {id_: frozenset(map(normalised, each)) for id_, each in names.items()})
    if found or not (bare := _without_beside(scene.pack, said)):
        return found
    return _named(
        bare,
        {
            id_: frozenset(_without_beside(scene.pack, normalised(name)) for name in each)
            for id_, each in names.items()
        },
    )


def _named(said: str, known: Mapping[str, frozenset[str]]) -> str | None:
    if not said:
        return None
    whole = [id_ for id_, each in known.items() if said in each]
    part = [id_ for id_, each in known.items() if any(f" {said} " in f" {name} " for name in each)]
    for found in (whole, part if len(said) >= _LEAST else ()):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def all_named(scene: Scene, text: str, names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The ids of all that was typed in one line, *Spanish and English*; none if any of it is not clear."""
    if one := named(scene, text, names):
        return (one,)
    found = [named(scene, part, names) for part in _parted(scene, text)]
    return tuple(dict.fromkeys(each for each in found if each)) if all(found) else ()


def _parted(scene: Scene, text: str) -> Iterator[str]:
    joiners = {plain_words(word) for word in scene.words(NumberWords).joined_by}
    for part in _BETWEEN.split(text[:LONGEST]):
        here: list[str] = []
        for word in part.split():
            if plain_words(word) in joiners:
                yield " ".join(here)
                here = []
            else:
                here.append(word)
        yield " ".join(here)


def _without_beside(pack: Pack, said: str) -> str:
    """A normalised text without what may stand beside an answer."""
    return " ".join(_left(said.split(), _beside_answers(pack)))


@per_pack
def _beside_answers(pack: Pack) -> PhraseTable[None]:
    phrases = map(normalised, pack.words(NumberWords).beside_answers)
    return PhraseTable(dict.fromkeys(tuple(phrase.split()) for phrase in phrases))


@per_pack
def _beside_hours(pack: Pack) -> PhraseTable[None]:
    return PhraseTable(dict.fromkeys(map(plain_words, pack.words(NumberWords).hours_a_week)))

"""A small language for word patterns, so that authors need no regular expressions.

A pattern is words in a row. ``pay|send`` is one of several words, ``deposit*`` any word that begins so, ``the?`` a
word that may be left out, ``...`` a gap of up to three words (``...6``: six), ``<number>`` something of that kind,
``<number:100>`` one of at least 100, ``<fee>`` whatever a list called ``fee`` finds. Accents and capitals do not
matter. There is nothing in it that could take long to match: no repetition, no nesting without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from bot.content.folding import fold

KINDS = frozenset(
    {
        "number", "currency", "percent", "link", "email", "handle", "phone",
        "messenger-link", "short-link", "free-mail", "lookalike", "official",
    }
)  # fmt: skip
"""What a token can be besides a word; ``currency`` is a sign such as $."""

MOST_ELEMENTS, MOST_CHOICES, WIDEST_GAP, SHORTEST_STEM = 12, 60, 8, 3
_DEFAULT_GAP = 3
_GAP = re.compile(r"\.\.\.(\d?)")
_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"<([a-z]+(?:-[a-z]+)*)(?::(\d{1,6}))?>")


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern: a gap of up to ``gap`` words, or one of several choices."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    least: tuple[int, ...] = ()
    """Numbers from these on."""
    lists: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """Words that may be found in a text; ``text`` is what the author wrote."""

    text: str
    elements: tuple[Element, ...]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = core_schema.str_schema(strict=True, min_length=1, strip_whitespace=True, max_length=600)
        return core_schema.no_info_after_validator_function(parse_phrase, words)

    @property
    def lists(self) -> frozenset[str]:
        """The names of the lists it refers to."""
        return frozenset().union(*(element.lists for element in self.elements))


def parse_phrase(text: str) -> PhrasePattern:
    """Read a pattern. ``ValueError`` says what is wrong with it and what to write."""
    elements = tuple(_element(part) for part in text.split())
    if len(elements) > MOST_ELEMENTS:
        raise ValueError(f"{len(elements)} words in a row; at most {MOST_ELEMENTS} are possible, so split it")
    for end in (elements[0], elements[-1]):
        if end.gap or end.optional:
            raise ValueError("a pattern begins and ends with a word that must be there, not with ... or ?")
    return PhrasePattern(text, elements)


def _element(part: str) -> Element:
    if found := _GAP.fullmatch(part):
        gap = int(found[1] or _DEFAULT_GAP)
        if not 1 <= gap <= WIDEST_GAP:
            raise ValueError(f"{part!r}: a gap is 1 to {WIDEST_GAP} words wide")
        return Element(gap=gap)
    choices = part.removesuffix("?").split("|")
    if len(choices) > MOST_CHOICES:
        raise ValueError(f"{len(choices)} words to choose from; at most {MOST_CHOICES}, so make a list of them")
    return _choice(part, choices, optional=part.endswith("?"))


def _choice(part: str, choices: Iterable[str], *, optional: bool) -> Element:
    words, stems, kinds, least, lists = set[str](), list[str](), set[str](), list[int](), set[str]()
    for choice in choices:
        if named := _NAMED.fullmatch(choice):
            name, number = named.groups()
            if number and name != "number":
                raise ValueError(f"{choice!r}: only <number:…> takes a least value")
            if number:
                least.append(int(number))
            else:
                (kinds if name in KINDS else lists).add(name)
        elif choice.endswith("*"):
            stems.append(_stem(choice))
        else:
            words.add(_word(choice, part))
    return Element(
        frozenset(words), tuple(stems), frozenset(kinds), tuple(least), frozenset(lists), optional=optional
    )


def _stem(choice: str) -> str:
    stem = _word(choice[:-1], choice)
    if len(stem) < SHORTEST_STEM:
        raise ValueError(f"{choice!r}: at least {SHORTEST_STEM} letters stand before a *")
    return stem


def _word(choice: str, part: str) -> str:
    word = fold(choice).replace("'", "").replace("’", "")
    if not _WORD.fullmatch(word):
        raise ValueError(
            f"{part!r} is no word; possible are word, one|other, stem*, maybe?, ..., <number>; "
            "words with a hyphen are two words"
        )
    return word


def check_lists(lists: Iterable[tuple[str, Iterable[PhrasePattern]]]) -> Iterable[str]:
    """What is wrong with the lists that patterns refer to, a sentence each: a list uses only those above it."""
    above: set[str] = set()
    for name, phrases in lists:
        for phrase in phrases:
            for used in sorted(phrase.lists - above):
                yield f"<{used}> in {phrase.text!r} (list {name}) is no kind, and no list above it; move or rename it"
        above.add(name)

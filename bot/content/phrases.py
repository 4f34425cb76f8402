"""A small, safe language for what people say, instead of regular expressions.

A :class:`Pattern` is words in a row. ``|`` stands between alternatives, ``*`` at the end of a word means any ending,
``..`` a gap of up to three words, ``...`` one of up to seven, ``<name>`` a set of words that the file defines, or one of
:data:`CLASSES`; ``<money:100>`` is an amount of at least 100. No pattern spans two sentences. Matching one costs a few
steps whatever the text is, so no text and no author can make it slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import intern
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

CLASSES = frozenset(
    {"money", "number", "percent", "link", "chat-link", "short-link", "copycat", "email", "free-email"}
    | {"handle", "phone", "start"}
)
"""What a text is found to hold besides words; ``start`` is the beginning of a sentence."""
NUMERIC = frozenset({"money", "number", "percent"})
"""The classes that may have a least value."""
GAPS = {"..": 3, "...": 7}
"""How many words may stand in each gap."""
MOST_STEPS = 12

_ALTERNATIVE = re.compile(r"[^\W_]+\*?|<[a-z][a-z0-9-]{0,24}(?::[0-9]{1,9})?>")
_INVISIBLE = dict.fromkeys(
    (
        *map(ord, "'’‘ʼ`´_-‐"),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
    )
)
# Letters that look like Latin ones, by https://www.unicode.org/Public/security/latest/confusables.txt
_LOOKALIKES = str.maketrans(
    "абвгеѕіјкмнорстухһԁԛԝьαβεηικνορτυχωɑɡıł", "a6bresijkmhopctyxhdqwbabenikvoptuxwagil"
)


QUESTION_MARKS = frozenset("?？؟")
"""One of these stands in most that asks something."""


def bare(text: str) -> str:
    """Lower case, without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return flat if flat.isascii() else "".join(sign for sign in flat if not unicodedata.combining(sign))


def fold(word: str) -> str:
    """A word as it is compared: lower case, without accents, apostrophes, hyphens and invisible signs, in Latin letters."""
    if word.isascii():
        return word.lower().translate(_INVISIBLE)
    return bare(unicodedata.normalize("NFKC", word)).translate(_INVISIBLE).translate(_LOOKALIKES)


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a pattern: any of ``alternatives``, after at most ``gap`` other words."""

    gap: int
    alternatives: tuple[str, ...]
    """Folded words, with ``*`` at the end of a beginning; sets and classes in ``<>``."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to say something, as the author wrote it and in steps."""

    text: str
    steps: tuple[Step, ...]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = core_schema.str_schema(strict=True, min_length=1, max_length=600, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(read_pattern, words)

    @property
    def names(self) -> frozenset[str]:
        """The sets and classes that it speaks of."""
        return frozenset(name for step in self.steps for each in step.alternatives if (name := name_in(each)))


def name_in(alternative: str) -> str:
    """The name of the set or class that an alternative stands for; empty if it is a word."""
    return alternative[1:-1].partition(":")[0] if alternative.startswith("<") else ""


def words_in(patterns: Iterable[Pattern]) -> Iterator[str]:
    """The words of patterns that are a word each, with its alternatives."""
    return (each for pattern in patterns for each in pattern.steps[0].alternatives)


def read_pattern(text: str) -> Pattern:
    """The steps of a pattern. ``ValueError`` says what is wrong with it."""
    steps: list[Step] = []
    gap: int | None = None
    for part in text.split():
        if part in GAPS:
            if gap is not None or not steps:
                raise ValueError(f"a gap stands between two words; take {part!r} out here")
            gap = GAPS[part]
            continue
        steps.append(Step(gap or 0, tuple(_alternative(each) for each in part.split("|"))))
        gap = None
    if gap is not None:
        raise ValueError("a gap stands between two words; take the one at the end out")
    if len(steps) > MOST_STEPS:
        raise ValueError(f"{len(steps)} words in a row; at most {MOST_STEPS} are compared, so shorten it")
    return Pattern(text, tuple(steps))


def _alternative(part: str) -> str:
    plain = part if part.startswith("<") else part.translate(_INVISIBLE)
    if not _ALTERNATIVE.fullmatch(plain):
        raise ValueError(
            f"{part!r} is no word; known are words, word* for any ending, a|b for either, <name> for a set, .. and ... for gaps"
        )
    if plain.startswith("<"):
        name, _, least = plain[1:-1].partition(":")
        if least and name not in NUMERIC:
            raise ValueError(f"only {', '.join(sorted(NUMERIC))} have a least value, not {name!r}")
        return plain
    if plain.endswith("*") and len(plain) < 4:
        raise ValueError(f"{part!r} would fit too many words; give at least three letters before the *")
    # Most words stand in many patterns: one of each is 0.6 MB less.
    return intern(fold(plain.removesuffix("*")) + ("*" if plain.endswith("*") else ""))


__all__ = [
    "CLASSES", "NUMERIC", "QUESTION_MARKS", "Pattern", "Step", "bare", "fold", "name_in", "read_pattern", "words_in",
]  # fmt: skip

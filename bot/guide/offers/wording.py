"""How a text is worded: points for words, pairs and parts of words, learned from offers and honest messages.

Rules name what is wrong with an offer; the points tell texts apart whose words no rule foresaw. They are added up as
in a logistic regression: 100 points and each further 100 make a scam about 2.7 times as likely as before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from bot.content.kinds.offer_words import BIAS, Ngrams
from bot.content.phrases import CLASSES, QUESTION_MARKS
from bot.guide.offers.reading import Reading, Token

QUESTION, QUOTE = "<question>", "<quote>"
REPORTED, ALL_REPORTED = "<reported>", "<all-reported>"
"""Somebody tells of an offer, in a sentence or all the time (:class:`~bot.content.kinds.offers.Reading`)."""
NGRAMS = range(3, 6)
"""Lengths of the parts of words."""
_NUMBER = re.compile(r"\d+")
_NAMED = sorted(CLASSES - {"start", "number", "link", "email"})
_PLAINER = ("number", "link", "email")


def features(reading: Reading, found: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Each word and each pair of words, with the token at which it ends; some come more than once.

    ``found`` is where the patterns of the language's :class:`~bot.content.kinds.offers.Reading` are.
    """
    before = ""
    for at, token in enumerate(reading.tokens):
        word = _name(token)
        if word:
            yield word, at
            if before:
                yield f"{before} {word}", at
        before = word
    last = len(reading.tokens) - 1
    if not QUESTION_MARKS.isdisjoint(reading.text):
        yield QUESTION, last
    if reading.quoted:
        yield QUOTE, last
    for name, group in ((REPORTED, "reported"), (ALL_REPORTED, "all_reported")):
        if group in found or f"!{group}" in found:
            yield name, last


def _name(token: Token) -> str:
    """A word as it stands; an amount or address by its class, for another one would say the same."""
    if len(token.classes) == 0:
        return token.word
    return next((f"<{name}>" for name in (*_NAMED, *_PLAINER) if name in token.classes), "")


def buckets(text: str, number: int) -> set[int]:
    """Where the character n-grams of a text fall, each within a word and the spaces around it.

    Word endings and misspellings change a word, but few of its parts. Numbers are all the same.
    """
    found = set[int]()
    for word in _NUMBER.sub("0", text.casefold()).split():
        padded = f" {word} "
        for length in NGRAMS:
            # Of a short word the whole is one.
            for start in range(max(1, len(padded) - length + 1)):
                found.add(crc32(padded[start : start + length].encode("utf-8", "replace")) % number)
            if len(padded) <= length:
                break
    return found


def spelled(text: str, ngrams: Ngrams) -> int:
    """The points of a text's n-grams. They are weighed against its length, which would else decide."""
    found = buckets(text, len(ngrams.weights))
    return round(ngrams.unit * sum(ngrams.weights[each] for each in found) / math.sqrt(max(1, len(found))))


def score(named: Iterable[tuple[str, int]], points: Mapping[str, int]) -> tuple[int, dict[int, int]]:
    """The points of a text of these features, each counted once, and those of its tokens."""
    where: dict[int, int] = {}
    total, seen = points.get(BIAS, 0), {BIAS}
    for name, at in named:
        if name in points and name not in seen:
            seen.add(name)
            total += points[name]
            where[at] = where.get(at, 0) + points[name]
    return total, where

"""How a text is worded: points for words and pairs of words, learned from offers and honest messages.

Rules name what is wrong with an offer; the points tell texts apart whose words no rule foresaw. They are added up as
in a logistic regression: 100 points and each further 100 make a scam about 2.7 times as likely as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.content.kinds.offer_words import BIAS
from bot.content.phrases import CLASSES
from bot.guide.offers.reading import Reading, Token

QUESTION, QUOTE = "<question>", "<quote>"
REPORTED, ALL_REPORTED = "<reported>", "<all-reported>"
"""Somebody tells of an offer, in a sentence or all the time (:class:`~bot.content.kinds.offers.Reading`)."""
_QUESTION_MARKS = frozenset("?？؟")
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
    if not _QUESTION_MARKS.isdisjoint(reading.text):
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

"""How a text is worded: points for words and pairs of words, learned from offers and honest messages.

Rules name what is wrong with an offer; the points tell texts apart whose words no rule foresaw. They are added up as
in a logistic regression: 100 points and each further 100 make a scam about 2.7 times as likely as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.kinds.offer_words import BIAS
from bot.content.phrases import CLASSES
from bot.guide.offers.reading import Reading, Token

QUESTION, QUOTE = "<question>", "<quote>"
_QUESTION_MARKS = frozenset("?？؟")
_NAMED = sorted(CLASSES - {"start", "number", "link", "email"})
_PLAINER = ("number", "link", "email")


def features(reading: Reading) -> Iterator[tuple[str, int]]:
    """Each word and each pair of words, with the token at which it ends; some come more than once."""
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


def _name(token: Token) -> str:
    """A word as it stands; an amount or address by its class, for another one would say the same."""
    if len(token.classes) == 0:
        return token.word
    return next((f"<{name}>" for name in (*_NAMED, *_PLAINER) if name in token.classes), "")


def score(reading: Reading, points: Mapping[str, int]) -> tuple[int, dict[int, int]]:
    """The points of a text, each word counted once, and those of its tokens."""
    where: dict[int, int] = {}
    total, seen = points.get(BIAS, 0), {BIAS}
    for name, at in features(reading):
        if name in points and name not in seen:
            seen.add(name)
            total += points[name]
            where[at] = where.get(at, 0) + points[name]
    return total, where

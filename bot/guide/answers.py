"""Finds the FAQ entry that a person's own words ask for.

Words are compared one by one, so that typing errors do no harm (rapidfuzz), and a word counts the more
the fewer entries have it: "nda" says much, "work" little.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import Pack
from bot.content.per_pack import per_pack

LONGEST = 60
"""Only the first words are compared: longer texts add time and no sense."""
SURE = 0.55
"""From this score (0 to 1) on the entry is shown at once; ``tests/guide/test_answers.py`` holds it to that."""
UNSURE = 0.33
"""From this score on entries are offered as buttons; below it the honest answer is that we do not know."""
AHEAD = 0.1
"""By so much the best entry must lead the second, or both are offered."""
OFFERED = 3
LEAST_WORDS = 2
"""One word of the trade alone may mean much: an entry is then offered, not shown, unless it is asked just so."""

_ALIKE = 80.0
"""Two words at least this alike (0 to 100) are the same word typed differently."""
_SHORT = 3
"""Words up to this length must be equal: in "tax" and "tap" one letter makes another word."""
_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to: ``best`` if sure, and up to three ``suggestions``, best first.

    ``nearest`` is the entry that comes closest however far it is, so that its category can be named; ``None`` if
    nothing is alike at all.
    """

    best: Question | None
    suggestions: tuple[Question, ...]
    nearest: Question | None


def find(pack: Pack, text: str) -> Found:
    """The entries of the pack's FAQ that ``text`` may mean."""
    index = _index(pack)
    words = normalised(text).split()[:LONGEST]
    query = tuple(dict.fromkeys(words))
    scored = sorted(_scores(index, query), key=lambda pair: -pair[0])
    if not scored or scored[0][0] <= 0:
        return Found(None, (), None)
    score, first = scored[0]
    close = tuple(question for points, question in scored[: OFFERED + 1] if points >= UNSURE)
    ahead = score - (scored[1][0] if len(scored) > 1 else 0.0)
    if (
        score >= SURE
        and ahead >= AHEAD
        and (_told(index, query) >= LEAST_WORDS or " ".join(words) in index.exact)
    ):
        return Found(first, close[1:OFFERED], first)
    return Found(None, close[:OFFERED], first)


def normalised(text: str) -> str:
    """Lower case, without accents and punctuation, single spaces."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return _SPACE.sub(" ", bare).strip()


@dataclass(frozen=True, slots=True)
class _Index:
    entries: tuple[tuple[Question, tuple[frozenset[str], ...]], ...]
    """Each question with the words of each way to ask it."""
    weights: Mapping[str, float]
    unknown: float
    """The weight of a word that no entry has."""
    exact: frozenset[str]
    """Every way to ask, as it is written down."""


@per_pack
def _index(pack: Pack) -> _Index:
    entries = tuple(
        (question, tuple(frozenset(normalised(way).split()) for way in _ways(question)))
        for question in pack[FaqFile].faq
    )
    spread = Counter(word for _, ways in entries for word in frozenset().union(*ways))
    total = len(entries) + 1
    weights = {word: math.log(total / (count + 0.5)) + 0.1 for word, count in spread.items()}
    exact = frozenset(normalised(way) for question, _ in entries for way in _ways(question))
    return _Index(entries, weights, math.log(total / 0.5) + 0.1, exact)


def _ways(question: Question) -> Iterable[str]:
    return (question.question, question.short, *question.ask)


def _scores(index: _Index, query: tuple[str, ...]) -> Iterable[tuple[float, Question]]:
    """How well each entry fits: its closest way to ask, and how much of the query all its ways together cover."""
    alike = {word: _alike(word, index.weights) for word in query}
    wanted = sum(_weight(index, word) for word in query)
    for question, ways in index.entries:
        every = frozenset().union(*ways)
        covered = _covered(index, query, alike, every) / wanted if wanted else 0.0
        closest = max(_overlap(index, query, alike, way, wanted) for way in ways)
        yield 0.6 * closest + 0.4 * covered, question


def _alike(word: str, known: Iterable[str]) -> frozenset[str]:
    """The known words that ``word`` is, or is a misspelling of."""
    if len(word) <= _SHORT:
        return frozenset((word,))
    return frozenset(
        other
        for other in known
        if other == word or (len(other) > _SHORT and fuzz.ratio(word, other, score_cutoff=_ALIKE))
    )


def _told(index: _Index, query: tuple[str, ...]) -> int:
    """How many words of the query say something: known, and not of the kind that stands in every other entry."""
    common = math.log(2) + 0.1
    return sum(
        any(index.weights.get(other, 0.0) > common for other in _alike(word, index.weights)) for word in query
    )


def _weight(index: _Index, word: str) -> float:
    return index.weights.get(word, index.unknown)


def _covered(
    index: _Index, query: tuple[str, ...], alike: Mapping[str, frozenset[str]], words: frozenset[str]
) -> float:
    return sum(_weight(index, word) for word in query if alike[word] & words)


def _overlap(
    index: _Index,
    query: tuple[str, ...],
    alike: Mapping[str, frozenset[str]],
    way: frozenset[str],
    wanted: float,
) -> float:
    """The weight of what query and way share, as a part of the weight of both (Dice's coefficient)."""
    shared = _covered(index, query, alike, way)
    met = frozenset().union(*(alike[word] for word in query)) & way
    both = wanted + sum(_weight(index, word) for word in way)
    return (shared + sum(_weight(index, word) for word in met)) / both if both else 0.0

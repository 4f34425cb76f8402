"""Texts as vectors: the smaller the angle between two of them, the more alike they are (TF-IDF, cosine)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from struct import Struct
from typing import NamedTuple

Terms = Mapping[str, float]
"""What a text is made of, each with how much of it there is."""

CROWDED = 250
"""A term that more texts have than this tells next to nothing of each, and would take long."""

_POSTING = Struct("=If")
"""The position of a text, and what share of it a term is."""
_SIZE = _POSTING.size


class Query(NamedTuple):
    """What is compared with texts: its terms, by what they are worth, and the length of that vector."""

    weights: Mapping[str, float]
    length: float


class Space:
    """An inverted index over texts, which are known by their position. Terms are worth what they are worth in
    ``like``, if that is given: it makes the queries, too.

    A term's postings are packed into bytes: as pairs in a list they took five times the memory, 8 MB for the answers in
    two languages, and are read no faster.
    """

    def __init__(self, texts: Sequence[Terms], like: Space | None = None) -> None:
        spread = Counter(term for text in texts for term in text)
        self._crowded = {term: many for term, many in spread.items() if many > CROWDED}
        self._worths = [math.log(1 + len(texts) / max(1, many)) for many in range(len(texts) + 1)]
        """What a term is worth that so many texts have; one that none has as much as one that one has."""
        postings: defaultdict[str, bytes] = defaultdict(bytes)
        for number, text in enumerate(texts):
            weights = _weights(text, like.worth if like else lambda term: self._worths[spread[term]])
            length = _length(weights)
            for term, weight in weights.items():
                if term not in self._crowded:
                    postings[term] += _POSTING.pack(number, weight / length)
        self._postings = dict(postings)

    def worth(self, term: str) -> float:
        """The fewer texts have a term, the more it is worth; one that none has is worth the most."""
        postings = self._postings.get(term)
        return self._worths[self._crowded.get(term, 0) if postings is None else len(postings) // _SIZE]

    def query(self, text: Terms, strange: float = 0.0) -> Query:
        """A text to compare others with. ``strange`` is how many terms more it has, which no text here has."""
        weights = _weights(text, self.worth)
        return Query(weights, _length(weights, strange * self.worth("") ** 2))

    def likeness(self, query: Query) -> dict[int, float]:
        """How alike each text is, from 0 to 1; those that share nothing are left out."""
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in query.weights.items():
            if postings := self._postings.get(term):
                for number, share in _POSTING.iter_unpack(postings):
                    found[number] += weight * share
        return {number: product / query.length for number, product in found.items()}


def _weights(terms: Terms, worth: Callable[[str], float]) -> dict[str, float]:
    return {term: _damped(much) * worth(term) for term, much in terms.items()}


def _length(weights: Mapping[str, float], more: float = 0.0) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()) + more) or 1.0


def _damped(much: float) -> float:
    """The tenth time that a text says something adds little."""
    return much if much <= 1 else 1 + math.log(much)

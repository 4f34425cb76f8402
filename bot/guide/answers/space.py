"""Texts as vectors: the smaller the angle between two of them, the more alike they are (TF-IDF, cosine)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Terms = Mapping[str, float]
"""What a text is made of, each with how much of it there is."""

CROWDED = 250
"""A term that more texts have than this tells next to nothing of each, and would take long."""


class Space:
    """An inverted index over texts, which are known by their position. Terms are worth what they are worth in
    ``like``, if that is given."""

    def __init__(self, texts: Sequence[Terms], like: Space | None = None) -> None:
        spread = Counter(term for text in texts for term in text)
        self._rarest: float = like._rarest if like else math.log(1 + len(texts))
        self._rarity: Mapping[str, float] = (
            like._rarity if like else {term: math.log(1 + len(texts) / many) for term, many in spread.items()}
        )
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, text in enumerate(texts):
            weights = self._weights(text)
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                if spread[term] <= CROWDED:
                    postings[term].append((number, weight / length))
        self._postings = dict(postings)

    def worth(self, term: str) -> float:
        """The fewer texts have a term, the more it is worth; one that none has is worth the most."""
        return self._rarity.get(term, self._rarest)

    def likeness(self, query: Terms, strange: float = 0.0) -> dict[int, float]:
        """How alike each text is, from 0 to 1; those that share nothing are left out.

        ``strange`` is how many terms more the query has, which no text has.
        """
        weights = self._weights(query)
        squares = sum(weight * weight for weight in weights.values()) + strange * self._rarest**2
        length = math.sqrt(squares) or 1.0
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for number, own in self._postings.get(term, ()):
                found[number] += weight * own
        return {number: product / length for number, product in found.items()}

    def _weights(self, terms: Terms) -> dict[str, float]:
        return {term: _damped(much) * self.worth(term) for term, much in terms.items()}


def _damped(much: float) -> float:
    """The tenth time that a text says something adds little."""
    return much if much <= 1 else 1 + math.log(much)

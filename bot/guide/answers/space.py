"""Texts as vectors: the smaller the angle between two of them, the more alike they are (TF-IDF, cosine)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Terms = Mapping[str, float]

CROWDED = 1_500
"""A term that more texts have than this tells next to nothing, and would take long."""


class Space:
    """An inverted index over texts, which are known by their position."""

    def __init__(self, texts: Sequence[Terms], like: Space | None = None) -> None:
        total = len(texts)
        spread = Counter(term for text in texts for term in text)
        self._rarity = like._rarity if like else {term: math.log(1 + total / count) for term, count in spread.items()}
        self._strange = like._strange if like else math.log(1 + total)
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, text in enumerate(texts):
            weights = {term: _damped(much) * self._rarity[term] for term, much in text.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                if spread[term] <= CROWDED:
                    postings[term].append((number, weight / length))
        self._postings = dict(postings)

    def likeness(self, query: Terms, strange: float = 0.0) -> dict[int, float]:
        """How alike each text is, from 0 to 1; those that share nothing are left out.

        ``strange`` is how many terms more the query has, which no text has.
        """
        weights = {
            term: _damped(much) * self._rarity.get(term, self._strange) for term, much in query.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()) + strange * self._strange**2)
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for number, own in self._postings.get(term, ()):
                found[number] += weight * own
        return {number: product / (length or 1.0) for number, product in found.items()}


def _damped(much: float) -> float:
    """The tenth time a text says something adds little."""
    return much if much <= 1 else 1 + math.log(much)

"""Phrases and what they mean: the longest one that begins at a word is the one that was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class PhraseTable(Generic[V]):
    """Never changes. A phrase is its words, in a row, as they are compared."""

    def __init__(self, meanings: Mapping[tuple[str, ...], V]) -> None:
        self._meanings = meanings
        self._longest = max(map(len, meanings), default=0)

    def at(self, words: Sequence[str], place: int) -> tuple[V, int] | None:
        """What the longest phrase means that begins at this place, and how many words it has; ``None`` if none does."""
        for length in range(min(self._longest, len(words) - place), 0, -1):
            phrase = tuple(words[place : place + length])
            if phrase in self._meanings:
                return self._meanings[phrase], length
        return None

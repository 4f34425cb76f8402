"""Every word that stands in one pack's answers: it tells languages apart in a fraction of the time of an index."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from zlib import crc32

from bot.content.library import Pack
from bot.content.per_pack import per_pack
from bot.guide.answers.index import texts_of
from bot.guide.answers.spellings import respelled, spellings
from bot.guide.answers.text import sound, words_of

_SHORT = 3
"""Words up to this length must be spelt alike."""


class _Set:
    """Words by their checksums: a twentieth of the memory, and one in a million others is taken for one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sums = array("L", sorted({crc32(word.encode("utf-8", "replace")) for word in words}))

    def __contains__(self, word: str) -> bool:
        sought = crc32(word.encode("utf-8", "replace"))
        at = bisect_left(self._sums, sought)
        return at < len(self._sums) and self._sums[at] == sought


class Vocabulary:
    """The words of one pack, and how they sound."""

    def __init__(self, pack: Pack) -> None:
        self._spellings = spellings(pack)
        words = {word for text in texts_of(pack) for word in words_of(text)}
        self._words, self._sounds = _Set(words), _Set(map(sound, words))

    def familiar(self, words: Sequence[str]) -> float:
        """Which part of these words, normalised, stand somewhere in the pack, or sound like one that does (0 to 1)."""
        meant = respelled(words, self._spellings)
        return sum(map(self._knows, meant)) / len(meant) if meant else 0.0

    def _knows(self, word: str) -> bool:
        return word in self._words or (len(word) > _SHORT and sound(word) in self._sounds)


@per_pack
def vocabulary(pack: Pack) -> Vocabulary:
    """The words of a pack, which must have answers."""
    return Vocabulary(pack)

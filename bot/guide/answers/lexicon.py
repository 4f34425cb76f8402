"""The words of one subject in one language: their stems, what they share a meaning with, and what a misspelt one may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from bot.guide.answers.space import Terms
from bot.guide.answers.text import sound, stemmer, words_of

LONGEST_PHRASE = 4
"""Words of a synonym that stand side by side."""
SYNONYM = 0.5
"""What a word counts that shares a meaning with others, which counts 1."""
PAIR = 0.4
"""What two words side by side count: in *how long* they say more than each by itself."""

_ALIKE = 0.78
"""Words at least this alike (0 to 1) are perhaps the same one, typed differently."""
_NEIGHBOURS = 3
_CLOSE = 0.05
"""Of several such words, those that are hardly less alike than the best are all meant a little."""
_HEARD = 0.95
"""How likely a word is meant that is written otherwise and sounds the same."""
_SHORT = 3
"""Words up to this length must sound the same: in "tax" and "tap" one letter makes another word."""
_CORRECTED = 10
"""So many words of a text are held against all others: whoever types more that nobody knows is not understood anyhow."""

_Read = tuple[tuple[str, float], ...]
"""The stems that a word may be meant for, best first, each with how likely that is."""


class Understood(NamedTuple):
    """A text in terms that are known, the stem of each word and how likely it is meant, and words like none known."""

    terms: Terms
    stems: Sequence[tuple[str, float]]
    strange: int


class Lexicon:
    """Learns from everything that is written down, and understands what people type.

    It learns in one thread; once it learns no more, any number of threads may ask it.
    """

    def __init__(self, language: str, synonyms: Iterable[Iterable[str]]) -> None:
        self._language = language
        self._stem = stemmer(language)
        self._stems: dict[str, str] = {}
        self._by_sound: dict[str, list[str]] = {}
        self._sounds: dict[int, list[str]] = {}
        self._known: frozenset[str] = frozenset()
        meanings: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for number, group in enumerate(synonyms):
            for phrase in group:
                meanings[tuple(self.learn(phrase)[:LONGEST_PHRASE])][f"={number}"] = None
        self._meanings = {stems: tuple(terms) for stems, terms in meanings.items()}

    def learn(self, text: str) -> list[str]:
        """The stems of a text that is written down."""
        return [self._stems.get(word) or self._learn(word) for word in words_of(text)]

    def _learn(self, word: str) -> str:
        stem = self._stems[word] = self._stem(word)
        self._by_sound.setdefault(sound(word), []).append(stem)
        return stem

    def learned(self) -> None:
        """There is no more to learn."""
        for heard in self._by_sound:
            self._sounds.setdefault(len(heard), []).append(heard)
        self._known = frozenset(self._stems.values())

    def terms(self, stems: Sequence[str]) -> dict[str, float]:
        """What a text of these stems is made of: the stems, what they mean (``=7``), and pairs of them."""
        return self._weighed([((stem, 1.0),) for stem in stems])

    def understand(self, words: Sequence[str]) -> Understood:
        """What somebody means who types these words, normalised."""
        stem, read, unknown = stemmer(self._language), list[_Read](), 0
        for word in words:
            known = self._stems.get(word)
            if known is None and (cut := stem(word)) in self._known:
                known = cut
            if known is not None:
                read.append(((known, 1.0),))
                continue
            unknown += 1
            if unknown <= _CORRECTED and (near := self._near(word)):
                read.append(near)
        return Understood(self._weighed(read), [near[0] for near in read], len(words) - len(read))

    def _near(self, word: str) -> _Read:
        heard = sound(word)
        if len(heard) < 2 < len(word):
            return ()  # *zzz*
        if heard in self._by_sound:
            return tuple((stem, _HEARD) for stem in dict.fromkeys(self._by_sound[heard]))
        if len(word) <= _SHORT:
            return ()
        # Not before somebody mistypes: 5 MB, which take 7 ms to load.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        # Words of another length are no more alike than that allows.
        lengths = [
            length for length in self._sounds if min(length, len(heard)) >= _ALIKE * max(length, len(heard))
        ]
        found = process.extract(
            heard,
            list(chain.from_iterable(self._sounds[length] for length in lengths)),
            scorer=OSA.normalized_similarity,
            score_cutoff=_ALIKE,
            limit=_NEIGHBOURS,
        )
        # The less alike two words are, the likelier it is by chance.
        stems: dict[str, float] = {}
        for name, alike, _ in found:
            if alike >= found[0][1] - _CLOSE:
                for stem in self._by_sound[name]:
                    stems.setdefault(stem, alike**2)
        return tuple((stem, alike / len(stems) ** 0.5) for stem, alike in stems.items())

    def _weighed(self, read: Sequence[_Read]) -> dict[str, float]:
        terms: defaultdict[str, float] = defaultdict(float)
        first = [near[0][0] for near in read]
        meant: set[int] = set()
        for places, meaning in self._meant(first):
            terms[meaning] += min(read[at][0][1] for at in places)
            meant.update(places)
        for at, near in enumerate(read):
            for stem, likely in near:
                terms[stem] += likely * (SYNONYM if at in meant else 1.0)
        for pair in pairwise(first):
            terms[" ".join(pair)] += PAIR
        return dict(terms)

    def _meant(self, stems: Sequence[str]) -> Iterator[tuple[range, str]]:
        for length in range(1, LONGEST_PHRASE + 1):
            for at in range(len(stems) - length + 1):
                for meaning in self._meanings.get(tuple(stems[at : at + length]), ()):
                    yield range(at, at + length), meaning

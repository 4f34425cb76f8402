"""The words of one subject in one language: their stems, what they share a meaning with, and what a misspelt one may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.guide.answers.text import runs, sound, stemmer, words_of

LONGEST_PHRASE = 4
"""Words of a synonym that stand side by side."""
COMMON = 0.2
"""What a word counts that says nothing, as a part of what it would count otherwise."""
MEANING = 1.0
"""What a shared meaning counts, beside the word itself."""
SYNONYM = 0.5
"""What a word counts that has such a meaning."""

_ALIKE = 0.74
"""Words at least this alike (0 to 1) are perhaps the same one, typed differently."""
_NEIGHBOURS = 3
_SHORT = 3
"""Words up to this length must be equal: in "tax" and "tap" one letter makes another word."""
_CORRECTED = 12
"""So many words of a text are held against all others: whoever types more that nobody knows is not understood anyhow."""

Terms = dict[str, float]
"""Terms of a text, each with how much of it there is. A term is a stem, or (with ``=``) a meaning that words share."""


class Understood(NamedTuple):
    """A text in terms that are known, and what it holds beside them."""

    terms: Terms
    strange: float
    """Words that are like none that is known."""
    telling: float
    """Known words that say something."""


class Lexicon:
    """Learns from everything that is written down, and understands what people type.

    It learns in one thread; once it learns no more, any number of threads may ask it.
    """

    def __init__(self, language: str, common: Iterable[str], synonyms: Iterable[Iterable[str]]) -> None:
        self._language = language
        self._stem = stemmer(language)
        self._stems: dict[str, str] = {}
        self._by_sound: dict[str, list[str]] = {}
        self._sounds: Sequence[str] = ()
        self._known: frozenset[str] = frozenset()
        self._common = frozenset(stem for text in common for stem in self.learn(text))
        meanings: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for number, group in enumerate(synonyms):
            for phrase in group:
                stems = tuple(self.learn(phrase)[:LONGEST_PHRASE])
                if f"={number}" not in meanings[stems]:
                    meanings[stems].append(f"={number}")
        self._meanings = dict(meanings)

    def learn(self, text: str) -> list[str]:
        """The stems of a text that is written down."""
        stems = []
        for word in words_of(text):
            stem = self._stems.get(word)
            if stem is None:
                stem = self._stems[word] = self._stem(word)
                self._by_sound.setdefault(sound(word), []).append(stem)
            stems.append(stem)
        return stems

    def learned(self) -> None:
        """There is no more to learn."""
        self._sounds = tuple(self._by_sound)
        self._known = frozenset(self._stems.values())

    def is_common(self, stem: str) -> bool:
        return stem in self._common

    def terms(self, stems: Sequence[str]) -> Terms:
        """What a text of these stems is made of."""
        return self._weighed([((stem, 1.0),) for stem in stems])

    def understand(self, words: Sequence[str]) -> Understood:
        """What somebody means who types these words, normalised."""
        stem, read, strange, asked = stemmer(self._language), list[tuple[tuple[str, float], ...]](), 0.0, 0
        for word in words:
            known = self._stems.get(word)
            if known is None and (cut := stem(word)) in self._known:
                known = cut
            if known is not None:
                read.append(((known, 1.0),))
                continue
            asked += 1
            near = self._near(word) if asked <= _CORRECTED else ()
            if near:
                read.append(near)
            else:
                strange += 1
        telling = sum(near[0][1] for near in read if near[0][0] not in self._common)
        return Understood(self._weighed(read), strange, telling)

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """The stems that a word nobody wrote down may be meant for, best first, each with how likely it is."""
        heard = sound(word)
        if heard in self._by_sound:
            return tuple((stem, 0.95) for stem in dict.fromkeys(self._by_sound[heard]))
        if len(word) <= _SHORT:
            return ()
        found = process.extract(
            heard, self._sounds, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_NEIGHBOURS
        )
        if not found:
            return ()
        best = found[0][1]
        stems = {stem: score for name, score, _ in reversed(found) if score >= best - 0.05 for stem in self._by_sound[name]}
        ranked = sorted(stems.items(), key=lambda pair: -pair[1])
        return tuple((stem, score / len(ranked) ** 0.5) for stem, score in ranked)

    def _weighed(self, read: Sequence[Sequence[tuple[str, float]]]) -> Terms:
        terms: defaultdict[str, float] = defaultdict(float)
        meant: set[int] = set()
        first = [near[0][0] for near in read]
        for at, length in ((at, length) for length in range(LONGEST_PHRASE, 0, -1) for at in range(len(first) - length + 1)):
            for meaning in self._meanings.get(tuple(first[at : at + length]), ()):
                terms[meaning] += MEANING * min(near[0][1] for near in read[at : at + length])
                meant.update(range(at, at + length))
        for at, near in enumerate(read):
            for stem, share in near:
                worth = COMMON if stem in self._common else SYNONYM if at in meant else 1.0
                terms[stem] += share * worth
        return dict(terms)

"""Everything that can be found in one pack, made ready to be searched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple, Protocol

from bot.content.kinds.faq import FaqFile, Question
from bot.content.kinds.search import Reply, SearchFile
from bot.content.library import Pack
from bot.guide.answers.lexicon import Lexicon, Understood
from bot.guide.answers.space import Space, Terms
from bot.guide.answers.spellings import respelled, spellings
from bot.guide.answers.text import grams, normalised, words_of

QUESTION, SHORT, ASK, KEYWORDS, ANSWER = 3.0, 2.0, 2.0, 3.0, 0.5
"""What the parts of an entry count beside each other."""

ENTRY, SPELLING, WAY = 0.75, 0.2, 0.05
"""What counts how much: all that is written down of an entry as one text, its letters, and its likest way to ask."""

STRANGE = 0.35
"""What a word counts against all entries that is like none that is known."""

PHRASE = 3
"""From so many words on, a keyword is taken for a way to ask."""

MEANING = 0.25
"""What the likeness of meaning counts beside that of words, where there is something that can tell it."""
NEAREST = 3
"""So many ways to ask of each entry are compared by meaning: one alone may be alike by chance."""

Likeness = Callable[[str], Sequence[float]]
"""How much a text means the same as each of some others, from 0 to 1 as a rule."""


class Meaning(Protocol):
    """Knows what texts mean, whatever their words. Any number of threads may ask it."""

    def index(self, texts: Sequence[str]) -> Likeness:
        """What tells how alike each of these is to another. Takes as long as it takes."""


class Scored(NamedTuple):
    """How well entries fit a text, by their number, and how much of what it says is known (0 to 1)."""

    scores: Mapping[int, float]
    known: float


class Index:
    """Never changes, so that any number of threads may search it."""

    def __init__(self, pack: Pack) -> None:
        search = pack[SearchFile] if pack.has(SearchFile) else SearchFile()
        self._spellings = spellings(pack)
        self._lexicon = Lexicon(pack.language, search.synonyms)
        self._questions = tuple(pack[FaqFile].faq)
        # Those that have ways are found by these: their words would only be in the way of the entries on the same matter.
        self._replies = tuple(_without_ways(search))
        everything: tuple[Question | Reply, ...] = (*self._questions, *self._replies)
        self._owners: list[int] = []
        self._exact: dict[str, Question | Reply] = {}
        self.ways: list[str] = []
        """Every way to ask, in the order in which a likeness of meaning is to be told of them."""
        for number, entry in enumerate(everything):
            for way in _ways(entry):
                self._exact.setdefault(self._flat(way), entry)
            for way in (*_ways(entry), *_phrases(entry, search.keywords)):
                self.ways.append(way)
                self._owners.append(number)
        parts = [list(_parts(entry, search.keywords)) for entry in everything]
        # One after the other: what each is made of takes as much memory as all that stays.
        self._by_entry = Space([_sum((weight, self._terms(text)) for weight, text in each) for each in parts])
        self._by_spelling = Space(
            [_sum((weight, _letters(text)) for weight, text in each if weight > ANSWER) for each in parts]
        )
        self._by_way = Space([self._terms(way) for way in self.ways], like=self._by_entry)
        self._lexicon.learned()
        for reply in search.replies:
            for example in reply.examples:
                self._exact.setdefault(self._flat(example), reply)

    def words(self, text: str) -> list[str]:
        """The words of a text, normalised, those written in haste as they are meant."""
        return respelled(words_of(text), self._spellings)

    def exact(self, text: str) -> Question | Reply | None:
        """What asks for something in exactly these words."""
        return self._exact.get(self._flat(text))

    def scored(self, text: str, most: int, likeness: Likeness | None) -> Scored:
        """All entries that have anything in common with the first ``most`` words of a text.

        With ``likeness``, which tells of each of :attr:`ways` whether it means the same, those are all.
        """
        words = self.words(text)[:most]
        understood = self._lexicon.understand(words)
        strange = STRANGE * understood.strange
        scores: defaultdict[int, float] = defaultdict(float)
        query = self._by_entry.query(understood.terms, strange)
        letters = self._by_spelling.query(_letters(" ".join(words)))
        _add(scores, ENTRY, self._by_entry.likeness(query))
        _add(scores, SPELLING, self._by_spelling.likeness(letters))
        _add(scores, WAY, self._best(self._by_way.likeness(query).items(), 1))
        if likeness and words:
            for number in scores:
                scores[number] *= 1 - MEANING
            _add(scores, MEANING, self._best(enumerate(likeness(" ".join(words))), NEAREST))
        return Scored(scores, self._known(understood))

    def questions(self, scores: Mapping[int, float], most: int) -> list[tuple[float, Question]]:
        """The entries of the FAQ with the highest scores, best first."""
        first = len(self._questions)
        found = nlargest(most, ((score, -number) for number, score in scores.items() if number < first))
        return [(score, self._questions[-number]) for score, number in found]

    def reply(self, scores: Mapping[int, float]) -> tuple[float, Reply] | None:
        """The reply with the highest score."""
        first = len(self._questions)
        found = max(((score, -number) for number, score in scores.items() if number >= first), default=None)
        return found and (found[0], self._replies[-found[1] - first])

    def linked(self, reply: Reply) -> tuple[Question, ...]:
        """The entries of the FAQ that a reply links to."""
        return tuple(entry for entry in self._questions if not set(entry.ids).isdisjoint(reply.links.faq))

    def _known(self, understood: Understood) -> float:
        worths = [(self._by_entry.worth(stem), likely) for stem, likely in understood.stems]
        total = sum(worth for worth, _ in worths) + understood.strange * self._by_entry.worth("")
        return sum(worth * likely for worth, likely in worths) / total if total else 0.0

    def _flat(self, text: str) -> str:
        return " ".join(respelled(normalised(text).split(), self._spellings))

    def _terms(self, text: str) -> Terms:
        return self._lexicon.terms(self._lexicon.learn(text))

    def _best(self, by_way: Iterable[tuple[int, float]], count: int) -> dict[int, float]:
        """Of each entry, how alike its ``count`` likest ways to ask are, on average."""
        alike: defaultdict[int, list[float]] = defaultdict(list)
        for way, much in by_way:
            alike[self._owners[way]].append(much)
        if count == 1:
            return {owner: max(found) for owner, found in alike.items()}
        return {owner: sum(nlargest(count, found)) / count for owner, found in alike.items()}


def texts_of(pack: Pack) -> Iterator[str]:
    """All that is written down of what can be found in a pack."""
    search = pack[SearchFile] if pack.has(SearchFile) else SearchFile()
    for group in search.synonyms:
        yield from group
    entries: tuple[Question | Reply, ...] = (*pack[FaqFile].faq, *_without_ways(search))
    for entry in entries:
        yield from (text for _, text in _parts(entry, search.keywords))


def _without_ways(search: SearchFile) -> Iterator[Reply]:
    return (reply for reply in search.replies if not reply.ways)


def _ways(entry: Question | Reply) -> tuple[str, ...]:
    return entry.examples if isinstance(entry, Reply) else (entry.question, entry.short, *entry.ask)


def _phrases(entry: Question | Reply, keywords: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Keywords that are as good as a way to ask."""
    for id_ in entry.ids:
        yield from (words for words in keywords.get(id_, ()) if words.count(" ") + 1 >= PHRASE)


def _parts(entry: Question | Reply, keywords: Mapping[str, Iterable[str]]) -> Iterator[tuple[float, str]]:
    """All that is written down of an entry, each with what it counts."""
    if isinstance(entry, Reply):
        yield from ((ASK, example) for example in entry.examples)
        return
    yield QUESTION, entry.question
    yield SHORT, entry.short
    yield from ((ASK, way) for way in entry.ask)
    yield from ((KEYWORDS, word) for id_ in entry.ids for word in keywords.get(id_, ()))
    yield ANSWER, entry.answer.plain


def _letters(text: str) -> Terms:
    return Counter(gram for word in words_of(text) for gram in grams(word))


def _sum(parts: Iterable[tuple[float, Terms]]) -> Terms:
    total: defaultdict[str, float] = defaultdict(float)
    for weight, terms in parts:
        for term, much in terms.items():
            total[term] += weight * much
    return total


def _add(scores: defaultdict[int, float], weight: float, likeness: Mapping[int, float]) -> None:
    for number, alike in likeness.items():
        scores[number] += weight * alike

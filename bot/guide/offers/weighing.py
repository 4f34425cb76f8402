"""Weighs an offer: which warning signs a text shows, and by which words.

A sign is raised by concepts that stand together, not by single words, and only where they are meant: not negated,
and not in a text that tells of such offers or warns of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.kinds.offer_words import OfferWordsFile
from bot.content.kinds.offers import Flag, OffersFile, Rule, Severity
from bot.content.kinds.offers import Reading as ReadingWords
from bot.content.library import Library, Pack
from bot.content.per_pack import per_pack
from bot.content.phrases import Pattern, fold, words_in
from bot.guide.offers.addresses import Addresses, addresses_of
from bot.guide.offers.matching import Matcher, Steps
from bot.guide.offers.reading import LONGEST, LONGEST_WORD, Reading, read
from bot.guide.offers.search import PLAIN, Search
from bot.guide.offers.stretches import Sentences, meaning_of
from bot.guide.offers.wording import features, score, spelled

LEAST_WORDED = 3
"""The wording of fewer words, such as that of a link alone, tells nothing."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A sign, and the words of the text that raised it."""

    flag: Flag
    quote: str
    severity: Severity
    """The sign's own, or a lower one where the rest of the text speaks against it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The signs that a text shows, the weightiest first."""

    raised: tuple[Raised, ...] = ()
    offer: bool = False
    """Whether the text reads like an offer of work at all."""

    @property
    def warning(self) -> bool:
        """Whether one of the signs is of high severity."""
        return any(each.severity == "high" for each in self.raised)


def weigh(
    library: Library, text: str, own: Pack, language: str | None = None, steps: Steps | None = None
) -> Verdict:
    """The signs in ``text``, described in the language of ``own``.

    It is read in ``language``, or else in those of the pack's languages that it seems to be written in.
    """
    steps = steps or Steps()
    packs = [library.pack(language)] if language else _packs_for(library, text)
    verdicts = [detector(pack).weigh(text, steps) for pack in packs if pack.has(OffersFile)]
    found: dict[str, Raised] = {}
    for verdict in verdicts:
        for each in verdict.raised:
            found.setdefault(each.flag.id, each)
    flags = own[OffersFile].flags
    raised = (replace(found[flag.id], flag=flag) for flag in flags if flag.id in found)
    ordered = sorted(raised, key=lambda each: ("high", "medium", "low").index(each.severity))
    return Verdict(tuple(ordered), any(verdict.offer for verdict in verdicts))


def _packs_for(library: Library, text: str) -> list[Pack]:
    """Those languages whose common words the text is full of; all if it is hard to tell."""
    many = Counter(word[:LONGEST_WORD] for word in text[:LONGEST].split())
    words = Counter[str]()
    for word, times in many.items():
        words[fold(word)] += times
    counts = {
        code: detector(pack).common_in(words) for code, pack in library.packs.items() if pack.has(OffersFile)
    }
    most = max(counts.values(), default=0)
    if most < 2:
        return [library.packs[code] for code in counts]
    return [library.packs[code] for code, count in counts.items() if count * 2 >= most]


@per_pack
def detector(pack: Pack) -> Detector:
    """What finds the signs of a pack's language; it must have offers."""
    return Detector(
        pack[OffersFile], addresses_of(pack), pack[OfferWordsFile] if pack.has(OfferWordsFile) else None
    )


class Detector:
    """The signs of one language, ready to be looked for."""

    def __init__(self, file: OffersFile, addresses: Addresses, words: OfferWordsFile | None) -> None:
        self._file = file
        self._points = {} if words is None else words.points
        self._ngrams = None if words is None else words.ngrams
        self._addresses = addresses
        self._matcher = Matcher()
        self._currencies = frozenset(words_in(file.reading.currencies))
        self._common = frozenset(words_in(file.reading.common))
        sets = {each.id: tuple(words_in(each.words)) for each in file.sets}
        negations = {
            each
            for way in (*file.reading.far_negation, *file.reading.near_negation)
            for each in way.steps[0].alternatives
        }
        for name in ReadingWords.model_fields:
            if name not in ("common", "currencies"):
                self._add(name, getattr(file.reading, name), negations, sets)
        for concept in file.concepts:
            self._add(f"concept:{concept.id}", concept.ways, negations, sets)

    def _add(
        self,
        name: str,
        ways: Sequence[Pattern],
        negations: set[str],
        sets: Mapping[str, tuple[str, ...]],
    ) -> None:
        negative = [way for way in ways if _holds(way, negations)]
        self._matcher.add(name, (way for way in ways if way not in negative), sets)
        self._matcher.add(f"{PLAIN}{name}", negative, sets)

    def common_in(self, words: Mapping[str, int]) -> int:
        """How many of these words, each so many times, are common in the language."""
        return sum(times for word, times in words.items() if word in self._common)

    def read(self, text: str) -> Reading:
        """The tokens of a text."""
        return read(text, self._addresses, self._currencies.__contains__)

    def features(self, text: str) -> Iterable[str]:
        """What the points of words are given to, some more than once."""
        reading = self.read(text)
        found = self._matcher.find(reading, Steps())
        return (name for name, _ in features(reading, found))

    def ruled(self, text: str) -> Sequence[Flag]:
        """The signs that the rules raise, before the wording is weighed."""
        reading = self.read(text)
        found = self._matcher.find(reading, Steps())
        return [each.flag for each in self._ruled(self._search(reading, found, Steps()))]

    def weigh(self, text: str, steps: Steps) -> Verdict:
        reading = self.read(text)
        found = self._matcher.find(reading, steps)
        search = self._search(reading, found, steps)
        raised = self._worded(reading, found, self._ruled(search))
        named = {id_ for id_ in self._file.offer_concepts if search.places(id_, though_reported=True)}
        return Verdict(tuple(raised), len(named) >= 2)

    def _search(self, reading: Reading, found: Mapping[str, int], steps: Steps) -> Search:
        return Search(Sentences.of(reading), found, meaning_of(reading, found), steps)

    def _ruled(self, search: Search) -> list[Raised]:
        """The signs that the rules raise."""
        raised = [
            Raised(flag, quote, flag.severity)
            for flag in self._file.flags
            if (quote := _first(map(search.quote, flag.raised_by)))
        ]
        return raised + [
            Raised(flag, quote, flag.severity)
            for flag in self._file.flags
            if (quote := _first(_several(rule, raised) for rule in flag.raised_by))
        ]

    def _worded(self, reading: Reading, found: Mapping[str, int], raised: list[Raised]) -> list[Raised]:
        """The signs, with the one that the wording is, or less severe in a text that else reads honest."""
        worded = self._file.worded
        if worded is None or not self._points:
            return raised
        total, where = score(features(reading, found), self._points)
        if self._ngrams is not None:
            total += spelled(reading.text, self._ngrams)
        if total < worded.honest_below:
            return [replace(each, severity="medium") if each.severity == "high" else each for each in raised]
        sign = self._file.flags.get(worded.sign)
        enough = sum(not token.classes and bool(token.word) for token in reading.tokens) >= LEAST_WORDED
        if enough and total >= worded.scam_from and sign and all(each.severity != "high" for each in raised):
            weightiest = max(where, key=lambda at: (where[at], -at), default=0)
            quote = Sentences.of(reading).quote(weightiest, weightiest)
            raised = [*raised, Raised(sign, quote, sign.severity)]
        return raised


def _first(quotes: Iterable[str]) -> str:
    return next(filter(None, quotes), "")


def _several(rule: Rule, raised: Sequence[Raised]) -> str:
    weaker = [each for each in raised if each.severity != "high"]
    return weaker[0].quote if rule.weaker_signs and len(weaker) >= rule.weaker_signs else ""


def _holds(way: Pattern, words: set[str]) -> bool:
    return any(each in words for step in way.steps for each in step.alternatives)


__all__ = ["Detector", "Raised", "Verdict", "detector", "weigh"]

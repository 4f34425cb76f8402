"""Where the concepts of a language stand in one text, and whether rules of them hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.content.kinds.offers import Rule
from bot.guide.offers.matching import Steps
from bot.guide.offers.stretches import Meaning, Sentences

PLAIN = "!"
"""Marks the group of a concept's ways that hold a negation themselves, so that none is needed or in the way."""
_NEAR = {"sentence": (0,), "near": (0, -1, 1, -2, 2)}


class Search:
    """Where the concepts stand in one text."""

    def __init__(
        self, sentences: Sentences, found: Mapping[str, int], meaning: Meaning, steps: Steps
    ) -> None:
        self._sentences = sentences
        self._found = found
        self._meaning = meaning
        self._steps = steps
        self._known: dict[tuple[str, bool], dict[int, list[int]]] = {}

    def places(self, concept: str, though_reported: bool) -> dict[int, list[int]]:
        """The tokens at which a concept is meant, by sentence."""
        key = (concept, though_reported)
        if key not in self._known:
            mask = self._found.get(f"concept:{concept}", 0) & ~self._meaning.negated
            mask |= self._found.get(f"{PLAIN}concept:{concept}", 0)
            if not though_reported:
                mask &= ~self._meaning.reported
            self._known[key] = self._sentences.places(mask) if mask else {}
        return self._known[key]

    def quote(self, rule: Rule) -> str:
        """The words that satisfy a rule of concepts; empty if none do."""
        if not rule.all:
            return ""
        places = [self.places(concept, rule.though_reported) for concept in rule.all]
        if not all(places):
            return ""
        against = [self.places(concept, True) for concept in rule.unless]
        for number, first in places[0].items():
            self._steps.count += 1
            spots = [self._spot(rule, number, each) for each in places[1:]]
            if all(spots) and not any(self._spot(rule, number, each) for each in against):
                return self._telling((first, *spots))
        return ""

    def _spot(self, rule: Rule, number: int, places: dict[int, list[int]]) -> list[int]:
        if rule.within == "message":
            return next(iter(places.values()), [])
        return next((places[number + off] for off in _NEAR[rule.within] if number + off in places), [])

    def _telling(self, spots: Sequence[list[int]]) -> str:
        """The words of the sentence in which most of these concepts are; of several such, the first concept's."""
        most: list[int] = []
        for each in spots:
            there = [at for spot in spots if self._same(spot[0], each[0]) for at in (min(spot), max(spot))]
            if len(there) > len(most):
                most = there
        return self._sentences.quote(min(most), max(most))

    def _same(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return not (self._sentences.reading.walls >> low) & ((1 << (high - low)) - 1)

"""What of a text is meant: which tokens are negated, which only reported, and which sentence each stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from bot.guide.offers.matching import bits
from bot.guide.offers.reading import Reading

_FAR, _NEAR = 24, 5
"""How many tokens a negation reaches."""
_MOST_PLACES = 40
"""So many places of one concept are looked at; more add nothing."""
LONGEST_QUOTE = 140
_BEFORE, _AFTER = 5, 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """Masks of tokens, bit by bit as in :class:`~bot.guide.offers.reading.Reading`."""

    negated: int
    reported: int


def meaning_of(reading: Reading, found: Mapping[str, int]) -> Meaning:
    """What is negated or reported, by what the patterns of :class:`~bot.content.kinds.offers.Reading` found."""
    negated = _negated(reading, found)
    # "They never ask for money" is negated and yet tells of it: ways with a negation of their own count anyhow.
    told = found.get("reported", 0) & ~negated | found.get("!reported", 0)
    all_told = found.get("all_reported", 0) & ~negated | found.get("!all_reported", 0)
    told_sentences = _sentences(reading, told | all_told)
    if all_told:
        hooks = _both(found, "hooks") & ~negated & ~reading.quoted & ~told_sentences
        return Meaning(negated, told_sentences | reading.quoted if hooks else -1)
    return Meaning(negated, told_sentences | reading.quoted if told else 0)


def _both(found: Mapping[str, int], name: str) -> int:
    return found.get(name, 0) | found.get(f"!{name}", 0)


def _negated(reading: Reading, found: Mapping[str, int]) -> int:
    apparent = _both(found, "no_negation")
    for _ in range(3):
        apparent |= apparent >> 1
    ends = reading.walls | _both(found, "negation_ends")
    far = _both(found, "far_negation") & ~apparent
    near = _both(found, "near_negation") & ~apparent
    reach_far, reach_near = far, near
    for _ in range(_FAR):
        far = (far << 1) & ~ends
        reach_far |= far
    for _ in range(_NEAR):
        near = ((near & ~reading.commas) << 1) & ~ends
        reach_near |= near
    return reach_far | reach_near


def _sentences(reading: Reading, mask: int) -> int:
    """All tokens of the sentences that hold one of these."""
    walls = list(bits(reading.walls))
    whole = 0
    while mask:
        at = (mask & -mask).bit_length() - 1
        end = bisect_left(walls, at)
        low = walls[end - 1] + 1 if end else 0
        high = walls[end] if end < len(walls) else len(reading.tokens)
        sentence = (1 << (high + 1)) - (1 << low)
        whole |= sentence
        mask &= ~sentence
    return whole


@dataclass(frozen=True, slots=True)
class Sentences:
    """Tells which sentence a token stands in, counted from 0."""

    reading: Reading
    walls: tuple[int, ...]

    @classmethod
    def of(cls, reading: Reading) -> Sentences:
        return cls(reading, tuple(bits(reading.walls)))

    def places(self, mask: int) -> dict[int, list[int]]:
        """The tokens of a mask by sentence."""
        found: dict[int, list[int]] = {}
        for number, at in enumerate(bits(mask)):
            if number == _MOST_PLACES:
                break
            found.setdefault(bisect_left(self.walls, at), []).append(at)
        return found

    def quote(self, first: int, last: int) -> str:
        """The words around these tokens of one sentence, as they stand in the text."""
        number = bisect_left(self.walls, last)
        low = self.walls[number - 1] + 1 if number else 0
        high = (self.walls[number] if number < len(self.walls) else len(self.reading.tokens)) - 1
        tokens = self.reading.tokens
        begin, end = max(low, first - _BEFORE), min(high, last + _AFTER)
        while end > last and tokens[end].end - tokens[begin].start > LONGEST_QUOTE:
            end -= 1
        while begin < end and tokens[end].end - tokens[begin].start > LONGEST_QUOTE:
            begin += 1
        return self.reading.text[tokens[begin].start : tokens[end].end][:LONGEST_QUOTE].strip()

"""Finds what a text says. All places of a word are bits of one whole number, so that a pattern is matched at all
places at once, in as many steps as it has words and gaps: no text can make it slow.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bot.content.phrases import Pattern, name_in
from bot.guide.offers.reading import Reading, spellings


@dataclass(slots=True)
class Steps:
    """Counts the work done, so that a test can tell what a text costs without a clock."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class _Compiled:
    first: int
    rest: tuple[tuple[int, int], ...]
    """Gap and matcher of each further word."""


@dataclass(slots=True)
class Matcher:
    """Groups of patterns, compiled once; :meth:`find` tells where each group stands in a text."""

    groups: dict[str, dict[int, list[_Compiled]]] = field(default_factory=dict)
    """By name, then by the matcher of the first word."""
    _ids: dict[tuple[str, ...], int] = field(default_factory=dict)
    _exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _beginnings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _classes: dict[str, dict[float, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    """Matchers by class and least value."""
    _longest: int = 0

    def add(self, name: str, patterns: Iterable[Pattern], sets: Mapping[str, tuple[str, ...]]) -> None:
        """Take in a group. ``sets`` has the words of each set."""
        group: dict[int, list[_Compiled]] = self.groups.setdefault(name, {})
        for pattern in patterns:
            first, *rest = (
                (step.gap, self._matcher(tuple(_spread(step.alternatives, sets)))) for step in pattern.steps
            )
            group.setdefault(first[1], []).append(_Compiled(first[1], tuple(rest)))

    def _matcher(self, alternatives: tuple[str, ...]) -> int:
        if alternatives in self._ids:
            return self._ids[alternatives]
        number = self._ids[alternatives] = len(self._ids)
        for each in alternatives:
            if name := name_in(each):
                least = each[1:-1].partition(":")[2]
                self._classes[name].setdefault(float(least or 0), []).append(number)
            elif each.endswith("*"):
                self._beginnings[each[:-1]].append(number)
                self._longest = max(self._longest, len(each) - 1)
            else:
                self._exact[each].append(number)
        return number

    def find(self, reading: Reading, steps: Steps) -> dict[str, int]:
        """The tokens at which each group's patterns end; groups that are nowhere are left out."""
        places = self._places(reading, steps)
        found = {}
        for name, group in self.groups.items():
            ends = 0
            for first, patterns in group.items():
                if start := places.get(first):
                    for pattern in patterns:
                        ends |= _match(pattern, start, places, reading.walls, steps)
            if ends:
                found[name] = ends
        return found

    def _places(self, reading: Reading, steps: Steps) -> dict[int, int]:
        """The tokens that each matcher takes."""
        words: dict[str, int] = {}
        classes: dict[str, list[tuple[float, int]]] = {}
        for at, token in enumerate(reading.tokens):
            for name in token.classes:
                value = math.inf if token.value is None else token.value
                classes.setdefault(name, []).append((value, 1 << at))
            if token.word:
                words[token.word] = words.get(token.word, 0) | 1 << at
        places: dict[int, int] = defaultdict(int)
        for name, found in classes.items():
            for least, numbers in self._classes.get(name, {}).items():
                mask = reduce(or_, (bit for value, bit in found if value >= least), 0)
                steps.count += len(found)
                for number in numbers:
                    places[number] |= mask
        for word, mask in words.items():
            for number in self._of_word(word):
                places[number] |= mask
                steps.count += 1
        return places

    def _of_word(self, word: str) -> Iterator[int]:
        for spelling in spellings(word):
            yield from self._exact.get(spelling, ())
            for length in range(3, min(len(spelling), self._longest) + 1):
                yield from self._beginnings.get(spelling[:length], ())


def _match(pattern: _Compiled, start: int, places: Mapping[int, int], walls: int, steps: Steps) -> int:
    here = start
    for gap, number in pattern.rest:
        steps.count += 1 + gap
        there = places.get(number, 0)
        if not there:
            return 0
        reach = here << 1
        for _ in range(gap):
            reach |= (reach & ~walls) << 1
        here = reach & there & ~walls
        if not here:
            return 0
    return here


def _spread(alternatives: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for each in alternatives:
        name = name_in(each)
        if name in sets:
            yield from sets[name]
        else:
            yield each


def bits(mask: int) -> Iterator[int]:
    """The places in a mask, first to last."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low

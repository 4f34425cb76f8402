"""What the guide needs to know of the world's places, as a protocol: where it is what time, and whose week it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or a country with one time zone.

    ``name`` and ``country`` are words to show, in the language asked for as far as they are known; ``zone`` is an IANA
    name. ``number`` stands for a city in buttons, and may stand for another one in another version of the bot; -1 where
    there is none.
    """

    name: str
    country: str
    zone: str
    number: int = -1


class Places(Protocol):
    """Looks up places without any network. All methods are quick, and none raises for whatever people type."""

    def search(self, text: str, language: str) -> Sequence[Place]:
        """What ``text`` may mean, best first, at most eight; typing errors do no harm.

        One alone is sure. A country with several zones gives its largest city in each.
        """

    def countries(self, text: str) -> frozenset[str]:
        """The countries (ISO 3166-1) that ``text`` may mean, or in which a place that it names may lie.

        In the names of countries typing errors do no harm, and words may stand before them. A city must be typed as it
        is written, alone or beside what tells which one it is.
        """

    def numbered(self, number: int, zone: str, language: str) -> Place | None:
        """The city of this number; ``None`` if there is none (any more) that is in this zone."""

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        """The zone in which this point lies; ``None`` for numbers that are no point on earth."""

    def offsets(self, now: datetime) -> Sequence[int]:
        """All offsets from UTC, in minutes, that hold somewhere with people at ``now``; ascending."""

    def with_offset(self, offset: int, now: datetime, language: str) -> Sequence[Place]:
        """Large cities, at most eight, in different zones, where this offset in minutes holds at ``now``."""

    def place_of(self, zone: str, language: str) -> Place | None:
        """The place that stands for a zone; ``None`` for a name that is no zone (any more)."""

    def workdays(self, zone: str) -> frozenset[int]:
        """The days of the working week there, Monday being 0, by CLDR's weekend of the zone's country."""


class Nowhere:
    """Knows no place, but takes every zone for one: for a guide that was given nothing better."""

    def search(self, text: str, language: str) -> Sequence[Place]:
        return ()

    def countries(self, text: str) -> frozenset[str]:
        return frozenset()

    def numbered(self, number: int, zone: str, language: str) -> Place | None:
        return None

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        return None

    def offsets(self, now: datetime) -> Sequence[int]:
        return range(-11 * 60, 14 * 60 + 1, 60)

    def with_offset(self, offset: int, now: datetime, language: str) -> Sequence[Place]:
        return ()

    def place_of(self, zone: str, language: str) -> Place | None:
        return Place(zone, "", zone)

    def workdays(self, zone: str) -> frozenset[int]:
        return frozenset(range(5))

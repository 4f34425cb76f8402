"""The cities and countries that are known, read once from the files beside this one."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from bot.places.names import plain


@dataclass(frozen=True, slots=True)
class City:
    """``country`` is an ISO 3166 code, ``zone`` an IANA name, ``number`` its position among all."""

    name: str
    country: str
    zone: str
    number: int


class Names:
    """Names, plain, each with what it is the name of.

    There are some fifty thousand. As text they take a tenth of the memory of a table, and are searched in 0.1 ms.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Pairs of a name and what it is the name of, neither with a tab or a line break in it."""
        self._text = bytearray(b"\n")
        for name, named in pairs:
            self._text += f"{name}\t{named}\n".encode()

    def named(self, name: str) -> list[str]:
        """All that have this name."""
        return list(self._found(f"\n{name}\t"))

    def begun_with(self, words: str) -> list[str]:
        """All whose name begins with these words and goes on."""
        return list(self._found(f"\n{words} "))

    def all_names(self) -> list[str]:
        """Every name once."""
        lines = self._text.decode().split("\n")
        return list(dict.fromkeys(line.partition("\t")[0] for line in lines if line))

    def _found(self, start: str) -> Iterator[str]:
        sought, text = start.encode(), self._text
        at = text.find(sought)
        while at >= 0:
            end = text.index(b"\n", at + 1)
            yield text[text.index(b"\t", at) + 1 : end].decode()
            at = text.find(sought, end)


class Cities:
    """Known by their position, largest first. As text, too, of which a city is made for who asks."""

    def __init__(self, cities: Iterable[City]) -> None:
        self._text, self._starts = bytearray(), array("I", [0])
        for city in cities:
            self._text += f"{city.name}\t{city.country}\t{city.zone}\n".encode()
            self._starts.append(len(self._text))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, position: int) -> City:
        line = self._text[self._starts[position] : self._starts[position + 1] - 1]
        name, country, zone = line.decode().split("\t")
        return City(name, country, zone, position)

    def in_country(self, code: str) -> Iterator[City]:
        """Those of one country."""
        sought, at = f"\t{code}\t".encode(), 0
        while (at := self._text.find(sought, at + 1)) >= 0:
            yield self[bisect_right(self._starts, at) - 1]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities and their names, country codes by name; a zone's countries and large city."""

    cities: Cities
    names: Names
    """Of cities, each with its position in ``cities``."""
    countries: Names
    """Of countries, each with the country's code."""
    zones: frozenset[str]
    country_of: Mapping[str, str]
    city_of: Mapping[str, City] = field(default_factory=dict)

    def named(self, *names: str) -> list[City]:
        """The cities of any of these names, plain; the largest first."""
        return self._at(position for name in names for position in self.names.named(name))

    def begun_with(self, words: str) -> list[City]:
        """The cities whose name begins with these words and goes on; the largest first."""
        return self._at(self.names.begun_with(words))

    def country(self, name: str) -> str | None:
        """The code of the country of this name, plain."""
        codes = self.countries.named(name)
        return codes[-1] if codes else None

    def in_country(self, code: str) -> Iterator[City]:
        """A city for each of its zones, as in ``city_of``; the zone with the largest city first."""
        zones = dict[str, City]()
        for city in self.cities.in_country(code):
            zones.setdefault(city.zone, city)
        for zone, city in zones.items():
            own = self.city_of[zone]
            yield own if own.country == code else city

    def _at(self, positions: Iterable[str]) -> list[City]:
        return [self.cities[position] for position in sorted(set(map(int, positions)))]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Everything; read at the first call, which takes about a quarter of a second."""
    city_of = dict[str, City]()
    for city, _ in _cities():
        city_of.setdefault(city.zone, city)
        # The city that the zone is called after is the one that people there know as theirs.
        if plain(city.name) == plain(city.zone.rpartition("/")[2]) and plain(
            city_of[city.zone].name
        ) != plain(city.name):
            city_of[city.zone] = city
    return Gazetteer(
        Cities(city for city, _ in _cities()),
        Names(
            (name, str(position))
            for position, (city, others) in enumerate(_cities())
            for name in {plain(city.name), *map(plain, others)}
        ),
        Names(
            (name, code)
            for code, names in (line.split("\t") for line in _lines("countries.tsv"))
            for name in names.split(";")
        ),
        frozenset(available_timezones()),
        _country_of_zones(),
        city_of,
    )


def _cities() -> Iterator[tuple[City, Sequence[str]]]:
    """All cities, largest first, each with its other names."""
    for number, line in enumerate(_lines("cities.tsv")):
        name, country, zone, others = line.split("\t")
        yield City(name, country, zone, number), others.split(";") if others else ()


def _lines(name: str) -> Iterator[str]:
    with (files("bot.places") / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _country_of_zones() -> dict[str, str]:
    """By ``zone.tab``: code, coordinates, zone (https://data.iana.org/time-zones/tz-how-to.html)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found = (re.split(r"\t", line) for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in found}

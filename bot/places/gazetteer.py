"""The cities and countries that are known, read once from the files beside this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from sys import intern
from zoneinfo import available_timezones

from bot.places.names import plain


@dataclass(frozen=True, slots=True)
class City:
    """``country`` is an ISO 3166 code, ``zone`` an IANA name; cities are kept largest first.

    ``number`` is its position among all.
    """

    name: str
    country: str
    zone: str
    number: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities and their names, country codes by name; a zone's countries and large city."""

    cities: tuple[City, ...]
    names: bytes
    """A line for each name of a city: the name, plain, a tab, and its position in ``cities``.

    There are some fifty thousand. As text they take a tenth of the memory of a table, and are searched in 0.1 ms.
    """
    countries: Mapping[str, str]
    zones: frozenset[str]
    country_of: Mapping[str, str]
    city_of: Mapping[str, City] = field(default_factory=dict)

    def named(self, name: str) -> tuple[int, ...]:
        """Positions of the cities of this name, plain, in ``cities``."""
        return tuple(self._positions(b"\n%b\t" % name.encode()))

    def begun_with(self, words: str) -> tuple[int, ...]:
        """Positions of the cities whose name begins with these words and goes on."""
        return tuple(self._positions(b"\n%b " % words.encode()))

    def all_names(self) -> list[str]:
        """Every name once."""
        lines = self.names.decode().split("\n")
        return list(dict.fromkeys(line.partition("\t")[0] for line in lines if line))

    def _positions(self, start: bytes) -> Iterator[int]:
        at = self.names.find(start)
        while at >= 0:
            end = self.names.index(b"\n", at + 1)
            yield int(self.names[self.names.index(b"\t", at) + 1 : end])
            at = self.names.find(start, end)

    def in_country(self, code: str) -> Iterator[City]:
        """A city for each of its zones, as in ``city_of``; the zone with the largest city first."""
        zones = dict[str, City]()
        for city in self.cities:
            if city.country == code:
                zones.setdefault(city.zone, city)
        for zone, city in zones.items():
            own = self.city_of[zone]
            yield own if own.country == code else city


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Everything; read at the first call, which takes about a quarter of a second."""
    cities, names = list[City](), bytearray(b"\n")
    for line in _lines("cities.tsv"):
        name, country, zone, others = line.split("\t")
        for each in {plain(name), *map(plain, others.split(";") if others else ())}:
            names += b"%b\t%d\n" % (each.encode(), len(cities))
        cities.append(City(name, intern(country), intern(zone), len(cities)))
    city_of = dict[str, City]()
    for city in cities:
        city_of.setdefault(city.zone, city)
        # The city that the zone is called after is the one that people there know as theirs.
        if plain(city.name) == plain(city.zone.rpartition("/")[2]) and plain(
            city_of[city.zone].name
        ) != plain(city.name):
            city_of[city.zone] = city
    countries = {
        name: code
        for code, all_ in (line.split("\t") for line in _lines("countries.tsv"))
        for name in all_.split(";")
    }
    return Gazetteer(
        tuple(cities),
        bytes(names),
        countries,
        frozenset(available_timezones()),
        _country_of_zones(),
        city_of,
    )


def _lines(name: str) -> Iterator[str]:
    with (files("bot.places") / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _country_of_zones() -> dict[str, str]:
    """By ``zone.tab``: code, coordinates, zone (https://data.iana.org/time-zones/tz-how-to.html)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found = (re.split(r"\t", line) for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in found}

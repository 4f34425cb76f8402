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
    """``country`` is an ISO 3166 code, ``zone`` an IANA name; cities are kept largest first."""

    name: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Positions in ``cities`` by name, country codes by name; a zone's countries and large city."""

    cities: tuple[City, ...]
    by_name: Mapping[str, int | tuple[int, ...]]
    countries: Mapping[str, str]
    zones: frozenset[str]
    country_of: Mapping[str, str]
    city_of: Mapping[str, City] = field(default_factory=dict)

    def named(self, name: str) -> tuple[int, ...]:
        """Positions of the cities of this name, plain, in ``cities``."""
        found = self.by_name.get(name, ())
        return (found,) if isinstance(found, int) else found

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
    # There are tens of thousands, nearly each of one city only: a bare number takes a third of the memory.
    cities, names = list[City](), dict[str, int | tuple[int, ...]]()
    for line in _lines("cities.tsv"):
        name, country, zone, others = line.split("\t")
        for each in {plain(name), *map(plain, others.split(";") if others else ())}:
            names[each] = _with(names.get(each), len(cities))
        cities.append(City(name, intern(country), intern(zone)))
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
        names,
        countries,
        frozenset(available_timezones()),
        _country_of_zones(),
        city_of,
    )


def _with(known: int | tuple[int, ...] | None, number: int) -> int | tuple[int, ...]:
    if known is None:
        return number
    return (known, number) if isinstance(known, int) else (*known, number)


def _lines(name: str) -> Iterator[str]:
    with (files("bot.places") / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _country_of_zones() -> dict[str, str]:
    """By ``zone.tab``: code, coordinates, zone (https://data.iana.org/time-zones/tz-how-to.html)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found = (re.split(r"\t", line) for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in found}

"""The cities and countries that are known, read once from the files beside this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
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
    by_name: Mapping[str, tuple[int, ...]]
    countries: Mapping[str, str]
    zones: frozenset[str]
    country_of: Mapping[str, str]
    city_of: Mapping[str, City] = field(default_factory=dict)

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
    cities, names = list[City](), dict[str, list[int]]()
    for line in _lines("cities.tsv"):
        name, country, zone, others = line.split("\t")
        for each in {plain(name), *map(plain, others.split(";") if others else ())}:
            names.setdefault(each, []).append(len(cities))
        cities.append(City(name, country, zone))
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
        {name: tuple(found) for name, found in names.items()},
        countries,
        frozenset(available_timezones()),
        _country_of_zones(),
        city_of,
    )


def _lines(name: str) -> list[str]:
    return (files("bot.places") / name).read_text("utf-8").splitlines()


def _country_of_zones() -> dict[str, str]:
    """By ``zone.tab``: code, coordinates, zone (https://data.iana.org/time-zones/tz-how-to.html)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found = (re.split(r"\t", line) for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in found}

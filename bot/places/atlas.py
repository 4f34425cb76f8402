"""Looks up places for the guide. What is large is loaded after the start, or by the first who asks: it would hold it up."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.guide.places import Place
from bot.places.gazetteer import City, gazetteer
from bot.places.names import plain
from bot.places.search import search

MOST = 8
LONGEST = 60
"""Characters of a text that are looked at: no place has a longer name."""
_OFFSET = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)


class Atlas:
    """Implements :class:`bot.guide.places.Places`. Nothing is read before it is first asked."""

    def load(self) -> None:
        """Read all cities, which takes some 0.3 s. The names of countries are read for each language that asks."""
        gazetteer()

    def search(self, text: str, language: str) -> Sequence[Place]:
        typed = text.strip()
        if len(typed) > LONGEST:
            return ()
        if zone := _zone_named(typed):
            return [self._place_for(zone, language)]
        return [_place(city, language) for city in search(typed)[:MOST]]

    def countries(self, text: str) -> frozenset[str]:
        typed = text.strip()
        found = search(typed, guess=False) if len(typed) <= LONGEST else ()
        return frozenset(city.country for city in found)

    def numbered(self, number: int, zone: str, language: str) -> Place | None:
        cities = gazetteer().cities
        city = cities[number] if 0 <= number < len(cities) else None
        return _place(city, language) if city and city.zone == zone else None

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        import tzfpy

        if not (math.isfinite(latitude) and math.isfinite(longitude)):
            return None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        return tzfpy.get_tz(longitude, latitude) or None

    def offsets(self, now: datetime) -> Sequence[int]:
        return sorted(set(_offsets(_quarter(now)).values()))

    def with_offset(self, offset: int, now: datetime, language: str) -> Sequence[Place]:
        there = _offsets(_quarter(now))
        cities = (city for zone, city in gazetteer().city_of.items() if there[zone] == offset)
        return [_place(city, language) for city in list(cities)[:MOST]]

    def place_of(self, zone: str, language: str) -> Place | None:
        return self._place_for(zone, language) if zone in gazetteer().zones else None

    def workdays(self, zone: str) -> frozenset[int]:
        return frozenset(range(7)) - _weekend(_country_of(zone))

    def _place_for(self, zone: str, language: str) -> Place:
        """A zone's own city; zones of no country are shown as they are, by the sign that people write."""
        city = gazetteer().city_of.get(zone)
        if city is not None:
            namesake = city.name if plain(city.name) == plain(_last(zone)) else _last(zone)
            own = _exemplar(zone, language) or namesake
            return Place(own, _country_name(city.country, language), zone)
        if zone.startswith("Etc/GMT") and zone[7:8] in ("+", "-"):
            return Place(f"UTC{'-' if zone[7] == '+' else '+'}{zone[8:]}", "", zone)
        return Place(_last(zone), _country_name(_country_of(zone), language), zone)


def _zone_named(text: str) -> str | None:
    """A zone typed as such: ``Europe/Berlin``, ``UTC+3``."""
    zones = gazetteer().zones
    if "/" in text:
        wanted = text.casefold().replace(" ", "_")
        return next((zone for zone in zones if zone.casefold() == wanted), None)
    if plain(text) in ("utc", "gmt"):
        return "Etc/UTC"
    if found := _OFFSET.fullmatch(text):
        sign, hours = found.groups()
        # By the sign that IANA gives these: Etc/GMT-3 is three hours ahead of UTC.
        zone = f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}"
        return zone if zone in zones else None
    return None


def _place(city: City, language: str) -> Place:
    book = gazetteer()
    named_after = book.city_of[city.zone] == city and plain(city.name).startswith(plain(_last(city.zone)))
    name = (_exemplar(city.zone, language) if named_after else None) or city.name
    return Place(name, _country_name(city.country, language), city.zone, city.number)


def _last(zone: str) -> str:
    """What a zone is called after: ``Mexico City`` of ``America/Mexico_City``."""
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1_024)
def _exemplar(zone: str, language: str) -> str | None:
    """What CLDR calls a zone's city in the language asked for, if that is not the name it has in the zone."""
    from babel import Locale, UnknownLocaleError

    try:
        zones = Locale.parse(language, sep="-").time_zones
    except (UnknownLocaleError, ValueError):
        return None
    name = zones[zone].get("city") if zone in zones else None
    return str(name) if name else None


@lru_cache(maxsize=1_024)
def _country_name(code: str, language: str) -> str:
    """In the language asked for, else in English."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    return str(territories.get(code, code))


def _country_of(zone: str) -> str:
    city = gazetteer().city_of.get(zone)
    return gazetteer().country_of.get(zone) or (city.country if city else "")


@lru_cache(maxsize=300)
def _weekend(country: str) -> frozenset[int]:
    """By CLDR, of the country's likeliest language; Saturday and Sunday where it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        there = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return frozenset((5, 6))
    start, end = there.weekend_start, there.weekend_end
    return frozenset((start + days) % 7 for days in range((end - start) % 7 + 1))


def _quarter(now: datetime) -> datetime:
    """The quarter of an hour: no clock in the world changes within one."""
    return now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)


@lru_cache(maxsize=2)
def _offsets(now: datetime) -> Mapping[str, int]:
    """What each zone's clocks are ahead of UTC, in minutes. To read all their rules takes 20 ms."""
    return {zone: _offset(zone, now) for zone in gazetteer().city_of}


def _offset(zone: str, now: datetime) -> int:
    there = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert there is not None
    return int(there.total_seconds() // 60)

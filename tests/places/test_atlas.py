"""Places as people type them, and what time it is there; no network, no knowledge of the machine's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places import Atlas

ATLAS = Atlas()
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def zones(text: str) -> list[str]:
    return [place.zone for place in ATLAS.search(text, "en")]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Manila", "Asia/Manila"),
        (" manila ", "Asia/Manila"),
        ("manilla", "Asia/Manila"),
        ("Phillipines", "Asia/Manila"),
        ("filipinas", "Asia/Manila"),
        ("Cebu", "Asia/Manila"),
        ("I live in Manila", "Asia/Manila"),
        ("Nairobi", "Africa/Nairobi"),
        ("nairobbi", "Africa/Nairobi"),
        ("kenia", "Africa/Nairobi"),
        ("Lagos nigeria", "Africa/Lagos"),
        ("Lagos, Portugal", "Europe/Lisbon"),
        ("portugal lagos", "Europe/Lisbon"),
        ("são paulo", "America/Sao_Paulo"),
        ("SAO PAULO", "America/Sao_Paulo"),
        ("NYC", "America/New_York"),
        ("Bangalore", "Asia/Kolkata"),
        ("Bengaluru", "Asia/Kolkata"),
        ("india", "Asia/Kolkata"),
        ("मुंबई", "Asia/Kolkata"),
        ("Москва", "Europe/Moscow"),
        ("القاهرة", "Africa/Cairo"),
        ("Ciudad de México", "America/Mexico_City"),
        ("Medellin", "America/Bogota"),
        ("Ho Chi Minh", "Asia/Ho_Chi_Minh"),
        ("UK", "Europe/London"),
        ("england", "Europe/London"),
        ("Türkiye", "Europe/Istanbul"),
        ("pakistan", "Asia/Karachi"),
        ("Lahore", "Asia/Karachi"),
        ("Accra", "Africa/Accra"),
        ("europe/berlin", "Europe/Berlin"),
        ("UTC+3", "Etc/GMT-3"),
        ("gmt -5", "Etc/GMT+5"),
    ],
)
def test_one_place_is_found_for_what_people_type(text: str, zone: str) -> None:
    assert zones(text) == [zone]


@pytest.mark.parametrize("text", ["sure", "stop", "menu", "back", "vale", "home", "here", "done", "test"])
def test_a_short_word_is_a_town_only_if_typed_exactly(text: str) -> None:
    assert zones(text) == []


@pytest.mark.parametrize(
    ("text", "zone"), [("Nice", "Europe/Paris"), ("Cork", "Europe/Dublin"), ("keny", "Africa/Nairobi")]
)
def test_a_short_town_is_found_and_so_is_a_country_with_a_letter_missing(text: str, zone: str) -> None:
    assert zones(text) == [zone]


@pytest.mark.parametrize(
    ("text", "first", "least"),
    [
        ("brasil", "America/Sao_Paulo", 4),
        ("USA", "America/New_York", 4),
        ("San Jose", "America/Los_Angeles", 3),
        ("Springfield", "America/Chicago", 2),
        ("London", "Europe/London", 2),
    ],
)
def test_several_places_are_offered_the_largest_first(text: str, first: str, least: int) -> None:
    found = zones(text)
    assert found[0] == first
    assert least <= len(found) <= 8
    assert len({(place.zone, place.country) for place in ATLAS.search(text, "en")}) == len(found)


@pytest.mark.parametrize(
    "text", ["", " ", "hello", "asdfgh", "👋", "12", "x" * 4096, "a b c d e f g h", "UTC+99"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert zones(text) == []


def test_countries_are_told_in_the_language_asked_for() -> None:
    assert ATLAS.search("Manila", "es")[0].country == "Filipinas"
    assert ATLAS.search("Manila", "pt-br")[0].country == "Filipinas"
    assert ATLAS.search("Manila", "xx")[0].country == "Philippines"


def test_a_country_with_one_time_is_shown_by_the_city_its_zone_is_called_after() -> None:
    (place,) = ATLAS.search("Philippines", "en")
    assert (place.name, place.country) == ("Manila", "Philippines")


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (14.6, 121.0, "Asia/Manila"),
        (-1.29, 36.82, "Africa/Nairobi"),
        (52.5, 13.4, "Europe/Berlin"),
        (0.0, -30.0, "Etc/GMT+2"),
    ],
)
def test_a_point_on_the_map_lies_in_a_zone(latitude: float, longitude: float, zone: str) -> None:
    assert ATLAS.zone_at(latitude, longitude) == zone


@pytest.mark.parametrize("point", [(float("nan"), 0.0), (0.0, float("inf")), (91.0, 0.0), (0.0, 181.0)])
def test_what_is_no_point_on_earth_lies_nowhere(point: tuple[float, float]) -> None:
    assert ATLAS.zone_at(*point) is None


def test_every_time_that_clocks_show_somewhere_has_its_cities() -> None:
    offsets = ATLAS.offsets(NOW)
    assert list(offsets) == sorted(set(offsets))
    assert {-300, 0, 330, 345, 480}.issubset(offsets)
    for offset in offsets:
        places = ATLAS.with_offset(offset, NOW, "en")
        assert 1 <= len(places) <= 8
        for place in places:
            assert NOW.astimezone(ZoneInfo(place.zone)).utcoffset() == timedelta(minutes=offset)


def test_every_zone_that_a_country_has_can_be_named() -> None:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    for zone in (line.split("\t")[2] for line in table.splitlines() if line and line[0] != "#"):
        place = ATLAS.place_of(zone, "en")
        assert place is not None
        assert place.name
        assert place.country


def test_zones_without_a_country_are_told_by_their_distance_from_utc() -> None:
    place = ATLAS.place_of("Etc/GMT-8", "en")
    assert place is not None
    assert place.name == "UTC+8"
    assert ATLAS.place_of("Mars/Olympus", "en") is None


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Asia/Manila", {0, 1, 2, 3, 4}),
        ("Africa/Cairo", {6, 0, 1, 2, 3}),
        ("Asia/Tehran", {5, 6, 0, 1, 2, 3}),
        ("Asia/Dubai", {0, 1, 2, 3, 4}),
        ("Etc/GMT-3", {0, 1, 2, 3, 4}),
    ],
)
def test_workdays_are_those_of_the_country(zone: str, days: set[int]) -> None:
    assert ATLAS.workdays(zone) == days


def test_the_list_of_cities_is_whole() -> None:
    known = available_timezones()
    for line in (files("bot.places") / "cities.tsv").read_text("utf-8").splitlines():
        name, country, zone, _ = line.split("\t")
        assert name.strip() == name != ""
        assert len(country) == 2
        assert zone in known, zone


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(ATLAS.search(text, "en")) <= 8


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kenya", {"KE"}),
        ("Phillipines", {"PH"}),
        ("Guadalajara, Jalisco", {"MX"}),
        ("Austin Texas USA", {"US"}),
        ("Guadalajara", {"MX", "ES"}),
        ("I live in Kenya", {"KE"}),
        ("More", {"CM"}),
        ("tell me more", set()),
        ("nairobbi", set()),
        ("payment", set()),
        ("", set()),
        ("x" * 4096, set()),
    ],
)
def test_the_countries_of_a_place_are_told_if_it_is_typed_as_it_is_written(
    text: str, codes: set[str]
) -> None:
    assert ATLAS.countries(text) == codes


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("CDMX", "es", "Ciudad de México"),
        ("CDMX", "en", "Mexico City"),
        ("New York", "es", "Nueva York"),
        ("Guadalajara, Jalisco", "es", "Guadalajara"),
        ("Medellin Antioquia Colombia", "es", "Medellín"),
        ("Manila", "xx", "Manila"),
    ],
)
def test_a_city_is_called_as_people_call_it_there(text: str, language: str, name: str) -> None:
    (place,) = ATLAS.search(text, language)
    assert place.name == name
    assert ATLAS.numbered(place.number, place.zone, language) == place
    assert ATLAS.numbered(place.number, "Europe/Oslo", language) is None


def test_a_zone_is_called_after_its_city_in_the_language_asked_for() -> None:
    named = [ATLAS.place_of("America/Bogota", language) for language in ("es", "en", "xx")]
    assert [place and place.name for place in named] == ["Bogotá", "Bogotá", "Bogotá"]
    assert ATLAS.numbered(-1, "America/Bogota", "es") is None

"""Finds the cities that a text means, by name, country, a part of the name, or one like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.places.gazetteer import City, gazetteer
from bot.places.names import plain

_ALIKE = 82.0
"""Names at least this alike (0 to 100) are the same one, typed differently."""
_SHORTEST = 4
"""Shorter names must be typed exactly: there are too many of them."""
_SHORTEST_TOWN = 5
"""So must towns of four letters: many a word, such as *here*, is but one letter from one (Herne)."""
_WORDS = 6
"""Words of a sentence that are looked at, from its end."""


def search(text: str, *, guess: bool = True) -> list[City]:
    """The cities that are meant, likeliest first.

    Without a ``guess``, typing errors are allowed in countries alone, and the end of a sentence may be a country, but no
    town: many a word, such as *more*, is the name of one somewhere.
    """
    book, asked = gazetteer(), plain(text)
    if not asked:
        return []
    if code := book.country(asked):
        return list(book.in_country(code))
    if exact := book.named(asked):
        return _different(exact)
    return (
        _with_country(asked)
        or _within_country(asked)
        or _before_comma(text)
        or (_longer(asked) if guess else [])
        or _alike(asked, countries_alone=not guess)
        or _at_the_end(asked, countries_alone=not guess)
    )


def _within_country(asked: str) -> list[City]:
    """``guadalajara jalisco mexico``: a city, perhaps other words, and the country at the end."""
    book, words = gazetteer(), asked.split()[-_WORDS:]
    for cut in range(1, len(words)):
        if code := book.country(" ".join(words[cut:])):
            return _named_within(words[:cut], code)
    return []


def _before_comma(text: str) -> list[City]:
    """``cartagena, bolívar``: a city, and behind a comma what tells it from others of its name.

    If that is the name of a place as well, cities in the same country go first.
    """
    book, (before, comma, after) = gazetteer(), text.partition(",")
    asked, rest = plain(before), plain(after)
    if not comma or len(asked) < _SHORTEST or not rest:
        return []
    around = {city.country for city in book.named(rest)}
    cities = book.named(asked)
    found = _different([city for city in cities if city.country in around] or cities)
    whole = _alike(plain(text)) if len(found) > 1 else []
    return [city for city in found if city in whole] or found


def _named_within(words: Sequence[str], country: str) -> list[City]:
    """The cities in a country that some of the words name: the longest name, and of those the first."""
    book = gazetteer()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            name = " ".join(words[first : first + length])
            named = book.named(name) if len(name) >= _SHORTEST else ()
            if cities := [city for city in named if city.country == country]:
                return _different(cities)
    return []


def _with_country(asked: str) -> list[City]:
    """``lagos nigeria``, ``nigeria lagos``: a city and its country, in either order."""
    book, words = gazetteer(), asked.split()
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        for city, country in ((left, right), (right, left)):
            code = book.country(country)
            if code and (cities := [each for each in book.named(city) if each.country == code]):
                return _different(cities)
    return []


def _longer(asked: str) -> list[City]:
    """``ho chi minh`` for Ho Chi Minh City: names that begin with what was typed, of large cities."""
    book = gazetteer()
    if len(asked) < _SHORTEST:
        return []
    return _different(book.begun_with(asked))[:4]


def _at_the_end(asked: str, *, countries_alone: bool = False) -> list[City]:
    """``i live in manila``: the place at the end of a short sentence."""
    book, words = gazetteer(), asked.split()[-_WORDS:]
    for first in range(1, len(words)):
        rest = " ".join(words[first:])
        if len(rest) >= _SHORTEST:
            if code := book.country(rest):
                return list(book.in_country(code))
            if not countries_alone and (cities := book.named(rest)):
                return _different(cities)
    return []


def _alike(asked: str, *, countries_alone: bool = False) -> list[City]:
    """Names that were meant and typed wrongly: countries first, then cities, the largest of the most alike ones."""
    book = gazetteer()
    if len(asked) < _SHORTEST:
        return []
    # Not before somebody mistypes: 5 MB, which take 7 ms to load.
    from rapidfuzz import fuzz, process

    country = process.extractOne(
        asked, book.countries.all_names(), scorer=fuzz.ratio, score_cutoff=max(_ALIKE, 85.0)
    )
    names = []
    if len(asked) >= _SHORTEST_TOWN and not countries_alone:
        names = process.extract(
            asked, book.names.all_names(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12
        )
        names = [match for match in names if len(match[0]) >= _SHORTEST]
    if country and len(country[0]) >= _SHORTEST and (not names or country[1] >= names[0][1]):
        return list(book.in_country(book.country(country[0]) or ""))
    if not names:
        return []
    best = max(score for _, score, _ in names)
    return _different(book.named(*(name for name, score, _ in names if score >= best - 3)))[:4]


def _different(cities: Iterable[City]) -> list[City]:
    """Without those whose country and zone are another's: to tell these apart would help nobody."""
    kept = dict[tuple[str, str], City]()
    for city in cities:
        kept.setdefault((city.country, city.zone), city)
    return list(kept.values())

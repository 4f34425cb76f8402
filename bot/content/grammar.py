"""What a language asks of a text that something is put into: the form that goes with a number, the direction of writing.

Both are CLDR's, by Babel. A language that CLDR does not know is treated like English.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

COUNTED = ("count", "days", "free", "minutes", "hours", "limit", "most", "total")
"""The slots whose number a text may depend on; of several the first one here."""

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""All that there are (https://cldr.unicode.org/index/cldr-spec/plural-rules)."""

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    # British English where there is only "en": most readers anywhere put the day first.
    tag = "en-001" if language in ("", "en") else language
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        main = language.partition("-")[0]
        return _locale(main if main != language else "en")


def categories(language: str) -> tuple[str, ...]:
    """The plural forms that a language needs for whole numbers, always with ``other``."""
    rule = _locale(language).plural_form
    # Some categories are for fractions or for whole millions alone (Spanish "many"): nobody should have to write those.
    reached = {rule(number) for number in range(1000)} | {"other"}
    return tuple(each for each in CATEGORIES if each in reached)


def category(language: str, number: object) -> str:
    """The form that goes with a number; with anything else ``other``."""
    if isinstance(number, str) and number.isdecimal():
        number = int(number)
    return str(_locale(language).plural_form(number)) if isinstance(number, int) else "other"


@lru_cache(maxsize=64)
def is_right_to_left(language: str) -> bool:
    return bool(_locale(language).character_order == "right-to-left")


def isolated(language: str, value: str) -> str:
    """The value, fenced off if it is written in the other direction: what stands around it then keeps its order.

    See https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates. ``value`` is one line.
    """
    right_to_left = is_right_to_left(language)
    if value.isascii() and not right_to_left:
        return value
    against = ("L",) if right_to_left else ("R", "AL")
    if not any(unicodedata.bidirectional(character) in against for character in value):
        return value
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


def long_date(language: str, on: date) -> str:
    """A date in full: ``23 November 2026``."""
    return str(format_date(on, "long", _locale(language)))

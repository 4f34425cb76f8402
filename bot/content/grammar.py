"""What a language asks of a text that something is put into: the form that goes with a number, the direction of writing.

Both are CLDR's, by Babel. A language that CLDR does not know is treated like English.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

COUNTED = ("count", "days", "free", "minutes", "hours", "limit", "most", "total")
"""The slots whose number a text may depend on; of several the first one here."""

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""All that there are (https://cldr.unicode.org/index/cldr-spec/plural-rules)."""

_LAST_RESORT: Final = "en_001"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """The locale of a BCP 47 tag.

    A language alone is that of the world where CLDR knows one, or of Latin America (419), not that of one country:
    there a dollar is "US$", and the third of May "3 May". A language that is unknown is written like English.
    """
    for name in (f"{language}-001", f"{language}-419", language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_LAST_RESORT)


def categories(language: str) -> tuple[str, ...]:
    """The plural forms that a language needs for whole numbers, always with ``other``."""
    rule = locale_of(language).plural_form
    # Some categories are for fractions or for whole millions alone (Spanish "many"): nobody should have to write those.
    reached = {rule(number) for number in range(1000)} | {"other"}
    return tuple(each for each in CATEGORIES if each in reached)


def category(language: str, number: object) -> str:
    """The form that goes with a number; with anything else ``other``."""
    if isinstance(number, str) and number.isdecimal():
        number = int(number)
    return str(locale_of(language).plural_form(number)) if isinstance(number, int) else "other"


@lru_cache(maxsize=64)
def is_right_to_left(language: str) -> bool:
    return bool(locale_of(language).character_order == "right-to-left")


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

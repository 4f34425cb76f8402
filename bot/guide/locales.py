"""Days and money as people write them in their own language, by CLDR (Babel)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_currency, format_decimal, get_currency_precision

_LAST_RESORT: Final = "en_001"


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """The locale of a BCP 47 tag.

    A language alone is that of the world where CLDR knows one, not that of its largest country: there a dollar is
    "US$", and the third of May "3 May". A language that is unknown is written like English.
    """
    for name in (f"{language}-001", language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_LAST_RESORT)


def day_text(language: str, day: date, today: date) -> str:
    """A date in short; with its year only if that is not this one."""
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return format_skeleton(skeleton, day, locale=locale_of(language))


def month_text(language: str, day: date) -> str:
    """The month of a date, with its year."""
    return format_skeleton("yMMM", day, locale=locale_of(language))


def money_text(language: str, amount: Decimal, currency: str, *, whole: bool = False) -> str:
    """An amount with its currency (ISO 4217), to the currency's smallest unit, or to ``whole`` ones."""
    locale = locale_of(language)
    pattern = locale.currency_formats["standard"].pattern
    if whole:
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=not whole)


def number_text(language: str, number: Decimal | int) -> str:
    """A number, with as many digits as it has."""
    return format_decimal(number, locale=locale_of(language))


def digits_of(currency: str) -> int:
    """How many digits an amount of this currency may have behind the point."""
    return get_currency_precision(currency)

"""Days and money as people write them in their own language, by CLDR (Babel)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol

from bot.content.grammar import locale_of


def day_text(language: str, day: date, today: date) -> str:
    """A date in short; with its year only if that is not this one."""
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return format_skeleton(skeleton, day, locale=locale_of(language))


def date_text(language: str, day: date) -> str:
    """A date in full: ``23 November 2026``."""
    return format_date(day, "long", locale=locale_of(language))


def weekday_text(language: str, day: date) -> str:
    """The day of the week, in full, as it stands in a sentence."""
    return format_date(day, "EEEE", locale=locale_of(language))


def month_text(language: str, day: date) -> str:
    """The month of a date, with its year."""
    return format_skeleton("yMMM", day, locale=locale_of(language))


def money_text(language: str, amount: Decimal, currency: str, *, whole: bool = False) -> str:
    """An amount with its currency (ISO 4217), to the currency's smallest unit, or to ``whole`` ones."""
    locale = locale_of(language)
    pattern = locale.currency_formats["standard"].pattern
    if whole:
        pattern = pattern.replace(".00", "")
    sign = _sign(locale, currency)
    # CLDR's currencySpacing, which Babel leaves out: letters do not touch digits.
    # https://www.unicode.org/reports/tr35/tr35-numbers.html#Currencies
    space = "\N{NO-BREAK SPACE}" if sign[-1].isalpha() else ""
    pattern = re.sub("¤(?=[#0])", f"¤{space}", pattern).replace("¤", f"'{sign}'")
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=not whole)


def _sign(locale: Locale, currency: str) -> str:
    """The currency's sign; that of the language where its region writes only the three letters."""
    sign = get_currency_symbol(currency, locale)
    return get_currency_symbol(currency, locale.language) if sign == currency else sign


def number_text(language: str, number: Decimal | int) -> str:
    """A number, with as many digits as it has."""
    return format_decimal(number, locale=locale_of(language))


def digits_of(currency: str) -> int:
    """How many digits an amount of this currency may have behind the point."""
    return get_currency_precision(currency)

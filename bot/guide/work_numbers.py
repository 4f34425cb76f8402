"""Amounts as people type them: ``14.50``, ``14,50``, ``1,250.50``, ``1.250,50``."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal

from bot.content.grammar import locale_of

LONGEST = 15
"""Characters; a longer number is none that anybody earned."""

_ONE_POINT = re.compile(r"-?\d+[.,]\d+")
_BY_COMMAS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_BY_POINTS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")


def amount(text: str, language: str) -> Decimal | None:
    """The number, or ``None`` if nobody can tell which.

    The last sign is the point, whichever it is, but for three digits behind it: then it is what it is in the language.
    Spanish has both: "1.250" and "1,250" are more than a thousand, for one of them is so in each of its countries.
    """
    if len(text) > LONGEST:
        return None
    if text.removeprefix("-").isdecimal():
        return Decimal(text)
    readings = _readings(text, language)
    by_language = readings[0] if readings else None
    if _ONE_POINT.fullmatch(text):
        whole, _, part = text.replace(",", ".").partition(".")
        together = Decimal(whole + part)
        return together if len(part) == 3 and together in readings else Decimal(f"{whole}.{part}")
    if _BY_COMMAS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _BY_POINTS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return by_language


def _readings(text: str, language: str) -> list[Decimal]:
    """What the text is where the bot's words are from, and in the language's largest country."""
    here = locale_of(language)
    found: list[Decimal] = []
    for locale in (here, Locale(here.language)):
        with suppress(NumberFormatError):
            found.append(parse_decimal(text, locale=locale, strict=True))
    return found

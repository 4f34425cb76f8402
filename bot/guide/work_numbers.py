"""Amounts as people type them: ``14.50``, ``14,50``, ``1,250.50``, ``1.250,50``."""

from __future__ import annotations

import re
from decimal import Decimal

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
    """
    if len(text) > LONGEST:
        return None
    if text.removeprefix("-").isdecimal():
        return Decimal(text)
    by_language = _strictly(text, language)
    if _ONE_POINT.fullmatch(text):
        whole, _, part = text.replace(",", ".").partition(".")
        grouped = by_language is not None and by_language == Decimal(whole + part)
        return by_language if len(part) == 3 and grouped else Decimal(f"{whole}.{part}")
    if _BY_COMMAS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _BY_POINTS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return by_language


def _strictly(text: str, language: str) -> Decimal | None:
    try:
        return parse_decimal(text, locale=locale_of(language), strict=True)
    except NumberFormatError:
        return None

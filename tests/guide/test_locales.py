"""Money as people write it in their own language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.guide.locales import money_text
from bot.guide.work_numbers import amount


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["US$1,234.50", "€1,234.50", "PEN\xa01,234.50"]),
        ("es", ["US$1,234.50", "€1,234.50", "PEN\xa01,234.50"]),
        ("pt-br", ["US$\xa01.234,50", "€\xa01.234,50", "PEN\xa01.234,50"]),
        ("pl", ["1\xa0234,50\xa0USD", "1\xa0234,50\xa0€", "1\xa0234,50\xa0PEN"]),
    ],
)
def test_an_amount_has_its_sign_where_the_language_puts_it(language: str, written: list[str]) -> None:
    found = [money_text(language, Decimal("1234.5"), currency) for currency in ("USD", "EUR", "PEN")]
    assert found == written


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
def test_what_is_written_for_them_may_be_typed_back(language: str) -> None:
    whole = money_text(language, Decimal(20000), "COP", whole=True)
    assert amount(whole.removeprefix("COP\xa0"), language) == 20000

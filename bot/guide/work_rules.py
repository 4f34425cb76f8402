"""What an entry in the record of work may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bot.content.markup import Rich
from bot.guide.area import Scene
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.locales import digits_of
from bot.guide.worklog import Log, Work

DAY_MINUTES: Final = 24 * 60
MOST_MONEY: Final = Decimal(1_000_000_000)
MOST_CURRENCIES: Final = 5
WHICH_CURRENCY: Final = "which_currency"
NO_CURRENCY: Final = "no_currency"
"""The problem that an entry may be complete but for the currency."""


def problem(log: Log, item: str, work: Work) -> str | None:
    """The name of what keeps this from being the entry ``item``; ``None`` if nothing does."""
    if min(work.paid, work.unpaid) < 0 or min(work.money, work.fees) < 0:
        return "negative"
    return _time_problem(log, item, work) or _money_problem(log, work)


def told(scene: Scene, log: Log, work: Work, name: str) -> Rich:
    """A problem of this work, in the person's words."""
    return telling(scene, name, str(work.money) if name == NO_CURRENCY else ", ".join(log.currencies))


def telling(scene: Scene, name: str, words: str) -> Rich:
    """A problem by its name, with the words that it is about."""
    text: Rich = getattr(scene.words(WorkedWords).problems, name).fill(words=words[:40])
    return text


def _time_problem(log: Log, item: str, work: Work) -> str | None:
    if not work.minutes and not work.money:
        return "nothing"
    if work.minutes > DAY_MINUTES:
        return "too_long"
    full = log.minutes_on(work.day, but=item) + work.minutes > DAY_MINUTES
    return "day_full" if full else None


def _money_problem(log: Log, work: Work) -> str | None:
    if work.money >= MOST_MONEY:
        return "too_much"
    if work.fees > work.money:
        return "fees_over_money"
    if work.money and not work.currency:
        return NO_CURRENCY
    if not work.currency:
        return None
    if any(_exponent(each) < -digits_of(work.currency) for each in (work.money, work.fees)):
        return "too_exact"
    used = log.currencies
    return "many_currencies" if work.currency not in used and len(used) >= MOST_CURRENCIES else None


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0

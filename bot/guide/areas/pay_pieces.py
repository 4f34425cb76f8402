"""Pieces of the forecast's screen: amounts, what they assume, and where they come from."""

from __future__ import annotations

from decimal import Decimal

from bot.content.fields import Rich, Template
from bot.content.kinds.forecast import ForecastFile, Rate, Share
from bot.content.markup import lines, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import sources_line
from bot.guide.areas.pay_words import PayWords
from bot.guide.areas.platform_card import PlatformCardWords
from bot.guide.forecast import Range
from bot.guide.locales import day_text, money_text
from bot.guide.tip_times import local_date


def amounts_text(scene: Scene, template: Template, amounts: Range, *, whole: bool = True) -> Rich:
    currency, language = scene.pack[ForecastFile].currency, scene.pack.language
    low, middle, high = (
        money_text(language, amount, currency, whole=whole)
        for amount in (amounts.low, amounts.middle, amounts.high)
    )
    return template.fill(low=low, middle=middle, high=high)


def assumptions(scene: Scene, rate: Rate) -> Rich:
    words, shares = scene.words(PayWords), scene.pack[ForecastFile].shares
    advertised = Range(Decimal(rate.low), Decimal(rate.middle), Decimal(rate.high))
    return lines(
        words.assumptions,
        words.assumption.fill(text=amounts_text(scene, words.advertised, advertised)),
        *(
            _assumption(scene, share)
            for share in (shares.unpaid_time, shares.dry_weeks, shares.fees, shares.first_weeks)
        ),
    )


def _assumption(scene: Scene, share: Share) -> Rich:
    words = scene.words(PayWords)
    line = share.line.fill(least=share.high, most=share.low)
    return (words.our_assumption if share.ours else words.assumption).fill(text=line)


def sources(scene: Scene, rate: Rate) -> Rich:
    """How sure the rate is, when it was looked at and where; the same words as on a platform's card."""
    words, file = scene.words(PlatformCardWords), scene.pack[ForecastFile]
    today = local_date(scene.person.zone, scene.now)
    old = (today - rate.checked).days > scene.library.bot.stale_after_days
    sure: Rich = getattr(words.confidence, rate.confidence)
    checked = words.checked.fill(date=day_text(scene.pack.language, rate.checked, today))
    sources = {
        source.url: source
        for each in (rate, file.shares.unpaid_time, file.shares.dry_weeks, file.shares.fees)
        for source in each.sources
    }
    return paragraphs(
        file.method or rich(),
        lines(sure, checked, words.checked_long_ago if old else rich()),
        sources_line(scene, tuple(sources.values())),
    )

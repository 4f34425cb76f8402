"""What an hour really brought, in each currency and by platform, against the forecast; as text and as a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.content.kinds.forecast import ForecastFile
from bot.content.markup import Rich, bold, lines, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import menu_button
from bot.guide.areas.work_pieces import duration, fees, money, platform_name
from bot.guide.areas.work_taps import NewWork, ShowChart, WorkPage
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.chart import MOST_BARS, Band, Bar, Chart, Picture
from bot.guide.forecast import Range, choice, reckoned
from bot.guide.locales import digits_of, money_text
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.taps import Go
from bot.guide.worklog import Work, by_currency, read_log, summed

LISTED = 6
"""Platforms named for each currency; the others are one line."""
LISTED_OF_MANY = 2
"""The same, where there are more than two currencies."""


def home(scene: Scene) -> Turn:
    """The record in short."""
    words, log = scene.words(WorkedWords), read_log(scene.person)
    works = log.everything()
    if not works:
        rows: tuple[Row, ...] = ((TapButton(words.new, NewWork(), "primary"),), (menu_button(scene),))
        return Turn(Screen(paragraphs(bold(words.title), words.empty, words.how_to_type), rows))
    groups = by_currency(works, log)
    text = paragraphs(
        bold(words.title),
        words.intro,
        *(
            _group_text(scene, currency, group, LISTED if len(groups) <= 2 else LISTED_OF_MANY)
            for currency, group in groups.items()
        ),
        _incomparable(scene, groups),
    )
    charts = tuple(
        (TapButton(words.chart.fill(currency=currency), ShowChart(currency.lower())),)
        for currency, group in groups.items()
        if currency and summed(group).minutes
    )
    count = sum(work.count for work in works)
    rows = (
        (TapButton(words.new, NewWork(), "primary"),),
        *charts,
        (TapButton(words.list.fill(count=count), WorkPage(0)),),
        *_forecast_row(scene),
        (menu_button(scene),),
    )
    return Turn(Screen(text, rows))


def chart(scene: Scene, tap: ShowChart) -> Turn | None:
    """The pay an hour by platform, as a picture whose caption says the same."""
    words, log = scene.words(WorkedWords), read_log(scene.person)
    currency = tap.currency.upper()
    group = by_currency(log.everything(), log).get(currency)
    shown = [
        (name, work) for name, work in _by_platform(scene, group or (), LISTED) if work.hourly is not None
    ]
    if not currency or not shown:
        notice = words.no_chart
        return Turn(home(scene).screen, notice=notice) if log.everything() else None
    bars = tuple(
        Bar(name, max(work.hourly or Decimal(0), Decimal(0)), _hourly(scene, work, currency))
        for name, work in shown[:MOST_BARS]
    )
    expected = _expected(scene, currency)
    title = words.chart_title.fill(currency=currency)
    caption = lines(
        bold(title),
        *(
            words.chart_bar.fill(number=number, name=bar.label[:60], amount=bar.text)
            for number, bar in enumerate(bars, 1)
        ),
        _against(scene, summed(group or ()), expected) if expected else rich(),
    )
    picture = Picture(Chart(title, bars, _band(scene, expected, currency)), caption)
    return Turn(home(scene).screen, picture=picture, fresh=True)


def _group_text(scene: Scene, currency: str, group: Sequence[Work], listed: int) -> Rich:
    """The work of one currency: time, money, an hour's pay, the same by platform, and against the forecast."""
    words, total = scene.words(WorkedWords), summed(group)
    time = words.time.fill(time=duration(scene, total.minutes), unpaid=duration(scene, total.unpaid))
    if not currency:
        return lines(words.no_money_yet, time)
    in_currency = Work(total.day, money=total.money, fees=total.fees, currency=currency)
    hourly = _hourly(scene, total, currency) if total.minutes else None
    expected = _expected(scene, currency)
    return paragraphs(
        lines(
            words.currency.fill(currency=currency),
            time,
            words.received.fill(money=money(scene, in_currency), fees=fees(scene, in_currency)),
            words.hourly.fill(amount=hourly) if hourly else rich(),
        ),
        lines(
            *(
                _platform_line(scene, name, work, currency)
                for name, work in _by_platform(scene, group, listed)
            )
        ),
        _against(scene, total, expected) if expected else rich(),
    )


def _by_platform(scene: Scene, works: Sequence[Work], listed: int) -> list[tuple[str, Work]]:
    """Name and sum of each platform, the one with most time first; what is more than can be listed is one."""
    words = scene.words(WorkedWords)
    found: dict[str, list[Work]] = {}
    for work in works:
        found.setdefault(platform_name(scene, work.platform), []).append(work)
    sums = [(name, summed(each)) for name, each in found.items()]
    sums.sort(key=lambda pair: -pair[1].minutes)
    if len(sums) <= listed + 1:
        return sums
    return [*sums[:listed], (words.others, summed(work for _, work in sums[listed:]))]


def _platform_line(scene: Scene, name: str, work: Work, currency: str) -> Rich:
    words = scene.words(WorkedWords)
    if work.minutes:
        time = duration(scene, work.minutes)
        return words.by_platform.fill(name=name, amount=_hourly(scene, work, currency), time=time)
    in_currency = Work(work.day, money=work.money, currency=currency)
    return words.by_platform_no_time.fill(name=name, amount=money(scene, in_currency))


def _hourly(scene: Scene, work: Work, currency: str) -> str:
    hourly = (work.hourly or Decimal(0)).quantize(Decimal(1).scaleb(-digits_of(currency)))
    return money_text(scene.pack.language, hourly, currency)


def _expected(scene: Scene, currency: str) -> Range | None:
    """What the forecast says an hour brings, if there is one in this currency."""
    if not scene.on("pay") or scene.pack[ForecastFile].currency != currency:
        return None
    said = choice(scene)
    return reckoned(scene.pack[ForecastFile], said.rate, 1).hour.rounded(1) if said.rate else None


def _against(scene: Scene, total: Work, expected: Range) -> Rich:
    if total.hourly is None:
        return rich()
    words, language, currency = (
        scene.words(WorkedWords),
        scene.pack.language,
        scene.pack[ForecastFile].currency,
    )
    within = words.within if total.hourly <= expected.high else words.above
    line = words.below if total.hourly < expected.low else within
    return line.fill(
        low=money_text(language, expected.low, currency), high=money_text(language, expected.high, currency)
    )


def _incomparable(scene: Scene, currencies: Iterable[str]) -> Rich:
    """That there is money in other currencies than the forecast's, and no rate is made up."""
    if not scene.on("pay") or choice(scene).rate is None:
        return rich()
    ours = scene.pack[ForecastFile].currency
    others = [currency for currency in currencies if currency not in ("", ours)]
    return scene.words(WorkedWords).other_currency.fill(currency=ours) if others else rich()


def _band(scene: Scene, expected: Range | None, currency: str) -> Band | None:
    if expected is None:
        return None
    low, high = (
        money_text(scene.pack.language, amount, currency) for amount in (expected.low, expected.high)
    )
    label = scene.words(WorkedWords).chart_band.fill(low=low, high=high)
    return Band(label, expected.low, expected.high)


def _forecast_row(scene: Scene) -> tuple[Row, ...]:
    title = dict(scene.menu).get("pay")
    return ((TapButton(title, Go("pay")),),) if title else ()

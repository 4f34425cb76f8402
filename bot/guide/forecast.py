"""What a month may bring: a range, reckoned from advertised rates and what of them is usually not earned."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from bot.content.kinds.forecast import LONGEST_WEEK, ForecastFile, Rate, Share
from bot.content.kinds.pay import PayFile
from bot.guide.area import Scene

CHOICE = "forecast"
"""Kind of the marks on what the forecast is for; their items are :data:`HOURS`, :data:`KIND` and :data:`LEVEL`."""
HOURS, KIND, LEVEL = "hours", "kind", "level"

_WEEKS = Decimal(52) / 12
"""In a month."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Range:
    """Three amounts of one currency."""

    low: Decimal
    middle: Decimal
    high: Decimal

    def times(self, factor: Decimal) -> Range:
        return Range(self.low * factor, self.middle * factor, self.high * factor)

    def less(self, share: Share) -> Range:
        """With a share taken off each."""
        return Range(
            self.low * (1 - share.low / _HUNDRED),
            self.middle * (1 - share.middle / _HUNDRED),
            self.high * (1 - share.high / _HUNDRED),
        )

    def rounded(self, places: int = 0) -> Range:
        """See :func:`rounded`."""
        return Range(*(rounded(amount, places) for amount in (self.low, self.middle, self.high)))


@dataclass(frozen=True, slots=True)
class Forecast:
    """``hour`` is what an hour of the person's own time brings, paid or not, while there are tasks."""

    rate: Rate
    hour: Range
    month: Range
    first_month: Range


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person said, as far as the content still has it."""

    hours: int | None
    kind: str | None
    rate: Rate | None
    """That of the kind of work at the chosen level; or of its only one."""


def rates_of(file: ForecastFile, kind: str) -> tuple[Rate, ...]:
    """The rates of one kind of work, a level each."""
    return tuple(rate for rate in file.rates if rate.task_type == kind)


def fit_hours(text: str | None) -> int | None:
    """Hours a week, if they can be that."""
    hours = int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 3 else 0
    return hours if 1 <= hours <= LONGEST_WEEK else None


def choice(scene: Scene) -> Choice:
    file, marks = scene.pack[ForecastFile], scene.person.marks
    entry = scene.pack.find("task_types", marks.value(CHOICE, KIND) or "")
    rates = rates_of(file, entry.id) if entry else ()
    level = _level(scene, marks.value(CHOICE, LEVEL))
    rate = rates[0] if len(rates) == 1 else next((each for each in rates if each.level == level), None)
    return Choice(fit_hours(marks.value(CHOICE, HOURS)), entry.id if entry and rates else None, rate)


def _level(scene: Scene, id_: str | None) -> str | None:
    """The present id of a level, by whichever of its ids."""
    level = scene.pack[PayFile].levels.get(id_ or "")
    return level.id if level else None


def reckoned(file: ForecastFile, rate: Rate, hours: int) -> Forecast:
    """The forecast for so many hours a week."""
    shares = file.shares
    advertised = Range(Decimal(rate.low), Decimal(rate.middle), Decimal(rate.high))
    hour = advertised.less(shares.unpaid_time).less(shares.fees)
    month = hour.times(hours * _WEEKS).less(shares.dry_weeks)
    return Forecast(rate, hour, month, month.less(shares.first_weeks))


def rounded(amount: Decimal, places: int = 0) -> Decimal:
    """To two digits that count and at most so many places behind the point: more would look as if it were known."""
    step = Decimal(1).scaleb(max(amount.adjusted() - 1, -places))
    return (amount / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step

"""What the work may bring in a month: advertised rates, and what of them is usually not earned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Self

from babel.numbers import is_currency
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.content.fields import (
    AtMost,
    Concern,
    Confidence,
    Entry,
    Id,
    KindFile,
    Ref,
    Rich,
    Shelf,
    Slots,
    Source,
    Strict,
    Template,
    entries,
)

if TYPE_CHECKING:
    from bot.content.library import Pack

LONGEST_WEEK = 80
"""Hours."""


def _known_currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError(f"{code} is no currency; write its three letters by ISO 4217, such as USD")
    return code


Currency = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}$"), AfterValidator(_known_currency)
]
"""ISO 4217."""
Percent = Annotated[int, Field(ge=0, le=95)]
Amount = Annotated[int, Field(ge=1, le=1_000_000)]
"""Whole units of the file's currency, for an hour."""


class Rate(Entry):
    """What is advertised for an hour of one kind of work at one level."""

    task_type: Annotated[Id, Ref("task_types")]
    level: Annotated[Id, Ref("pay.levels")]
    low: Amount
    middle: Amount
    high: Amount
    confidence: Confidence
    checked: date
    """The local date on which this was last looked at."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.middle <= self.high:
            raise ValueError("low: write the smallest of the three as low and the largest as high")
        return self


class Share(Strict):
    """What is taken off, in percent. ``low`` is that of the low forecast, so it is the largest."""

    low: Percent
    middle: Percent
    high: Percent
    ours: bool = False
    """Whether this is the authors' own estimate; people are told so. Whatever is not has sources."""
    sources: tuple[Source, ...] = ()
    line: Annotated[Template, Slots("least", "most"), AtMost(120)]
    """The assumption in one line, from the least to the most percent that are taken off."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.low >= self.middle >= self.high:
            raise ValueError("low: the low forecast takes most off, so write the largest percentage as low")
        if not self.ours and not self.sources:
            raise ValueError("sources: name where this is from, or write 'ours: true' if it is your estimate")
        return self


class Shares(Strict):
    unpaid_time: Share
    """Of the hours: tests, reading, waiting, what is rejected."""
    dry_weeks: Share
    """Of the weeks: those without tasks."""
    fees: Share
    """Of the money: for paying it out and changing it."""
    first_weeks: Share
    """Of the first month: what slowness at the beginning costs."""


class ForecastFile(KindFile):
    currency: Currency
    hours: Annotated[
        tuple[Annotated[int, Field(ge=1, le=LONGEST_WEEK)], ...], Field(min_length=2, max_length=8)
    ]
    """Hours a week that are offered as buttons."""
    rates: Annotated[Shelf[Rate], entries(1, 60)]
    shares: Shares
    note: Annotated[Rich, AtMost(300)] | None = None
    """For whom the rates may not hold; read at once."""
    method: Annotated[Rich, AtMost(300)] | None = None
    """How the rates were put together; read with the sources."""

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """Each kind of work has one rate a level."""
        seen: set[tuple[str, str]] = set()
        for position, rate in enumerate(self.rates):
            if (rate.task_type, rate.level) in seen:
                yield (
                    ("rates", position, "level"),
                    f"{rate.task_type!r} has a rate at the level {rate.level!r} already; keep one of them",
                )
            seen.add((rate.task_type, rate.level))


__all__ = ["LONGEST_WEEK", "Amount", "Currency", "ForecastFile", "Percent", "Rate", "Share", "Shares"]

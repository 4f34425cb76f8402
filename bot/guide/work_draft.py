"""An entry in the making: one draft at a time, kept as a mark, so that a restart keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from babel.numbers import is_currency

from bot.content.kinds.platforms import PlatformsFile
from bot.guide.area import Scene
from bot.guide.person import Change, Forget, Remember
from bot.guide.tip_times import local_date
from bot.guide.work_text import Said
from bot.guide.worklog import WORK, Log, Work

DRAFT: Final = "work-draft"
"""Kind of the mark; its item is :data:`_ITEM`, its value the entry's item and the entry, as JSON."""
FIELDS: Final = ("day", "paid", "unpaid", "money", "fees", "currency", "platform")
DAYS_BACK: Final = 6
"""So many days before today can be chosen."""
_ITEM = "entry"


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be the entry ``item``."""

    item: str
    work: Work

    def changes(self) -> tuple[Change, ...]:
        return (Remember(DRAFT, _ITEM, json.dumps([self.item, self.work.to_value()])),)


def today(scene: Scene) -> date:
    """The date on a wall calendar where the person is."""
    return local_date(scene.person.zone, scene.now)


def draft_of(scene: Scene) -> Draft | None:
    """The one that there is."""
    value = scene.person.marks.value(DRAFT, _ITEM)
    if value is None:
        return None
    item, work = json.loads(value)
    return Draft(item, Work.from_value(work))


def no_draft() -> tuple[Change, ...]:
    return (Forget(DRAFT, _ITEM),)


def blank(scene: Scene, log: Log) -> Work:
    """A new entry: of today, in the currency used last."""
    return Work(today(scene), currency=next(iter(log.currencies), ""))


def with_field(scene: Scene, work: Work, field: str, value: str) -> Work | None:
    """The work with one field as a button says it; ``None`` if that cannot be."""
    setters: dict[str, Callable[[Scene, Work, str], Work | None]] = {
        "day": _with_day,
        "paid": lambda _, work, value: _with_number(work, "paid", value),
        "unpaid": lambda _, work, value: _with_number(work, "unpaid", value),
        "money": lambda _, work, value: _with_number(work, "money", value),
        "fees": lambda _, work, value: _with_number(work, "fees", value),
        "currency": _with_currency,
        "platform": _with_platform,
    }
    return setters[field](scene, work, value) if field in setters else None


def with_said(scene: Scene, work: Work, said: Said) -> Work:
    """The work with all that somebody typed; what they did not speak of stays."""
    return replace(
        work,
        day=today(scene) - timedelta(days=1) if said.yesterday else work.day,
        paid=work.paid if said.paid is None else said.paid,
        unpaid=work.unpaid if said.unpaid is None else said.unpaid,
        money=work.money if said.money is None else said.money,
        fees=work.fees if said.fees is None else said.fees,
        currency=said.currency or work.currency,
        platform=said.platform or work.platform,
    )


def saved(scene: Scene, item: str, before: Work | None) -> tuple[Change, ...]:
    """What lets the last change be undone: the entry as it was, or that there was none."""
    return (Remember(UNDO, _ITEM, json.dumps([item, before.to_value() if before else None])),)


def undone(scene: Scene, item: str) -> tuple[Change, ...] | None:
    """Make the last change undone, if it was of this entry; ``None`` if it was not."""
    value = scene.person.marks.value(UNDO, _ITEM)
    last, before = json.loads(value) if value else (None, None)
    if last != item:
        return None
    back: Change = Remember(WORK, item, before) if before else Forget(WORK, item)
    return (back, Forget(UNDO, _ITEM))


UNDO: Final = "work-undo"
"""Kind of the mark on what the last change of an entry changed."""


def _with_day(scene: Scene, work: Work, value: str) -> Work | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return replace(work, day=day) if timedelta() <= today(scene) - day <= timedelta(days=366) else None


def _with_number(work: Work, field: str, value: str) -> Work | None:
    if not value.isascii() or not value.isdecimal():
        return None
    match field:
        case "paid":
            return replace(work, paid=int(value))
        case "unpaid":
            return replace(work, unpaid=int(value))
        case "money":
            return replace(work, money=Decimal(value))
        case _:
            return replace(work, fees=Decimal(value))


def _with_currency(_: Scene, work: Work, value: str) -> Work | None:
    return replace(work, currency=value.upper()) if is_currency(value.upper()) else None


def _with_platform(scene: Scene, work: Work, value: str) -> Work | None:
    if not value:
        return replace(work, platform="")
    known = scene.pack[PlatformsFile].platforms.get(value) if scene.pack.has(PlatformsFile) else None
    return replace(work, platform=known.id) if known else None

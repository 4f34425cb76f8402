"""An entry in the making, kept as a mark, so that a restart keeps it.

There is at most one draft of a new entry and one of an entry that is corrected: to correct one does not lose the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
"""Kind of the marks; their items are ``new`` and ``known``, their value the entry's item and the entry, as JSON."""
UNDO: Final = "work-undo"
"""Kind of the mark on what the last change of an entry changed."""
FIELDS: Final = ("day", "paid", "unpaid", "money", "fees", "currency", "platform")
TIMES: Final = ("paid", "unpaid")
"""The fields that are minutes."""
DAYS_BACK: Final = 6
"""So many days before today can be chosen."""
_NEW, _KNOWN, _LAST = "new", "known", "last"


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be the entry ``item``; ``known`` if there is such an entry already."""

    item: str
    work: Work
    known: bool = False

    @property
    def _slot(self) -> str:
        return _KNOWN if self.known else _NEW

    def with_work(self, work: Work) -> Draft:
        return replace(self, work=work)

    def kept(self) -> tuple[Change, ...]:
        """The changes that keep it as a draft."""
        return (Remember(DRAFT, self._slot, json.dumps([self.item, self.work.to_value()])),)


def today(scene: Scene) -> date:
    """The date on a wall calendar where the person is."""
    return local_date(scene.person.zone, scene.now)


def draft_of(scene: Scene, item: str) -> Draft | None:
    """The draft of this entry, if there is one."""
    return next((draft for draft in _drafts(scene) if draft.item == item), None)


def new_draft(scene: Scene) -> Draft | None:
    """The draft of a new entry, if one was begun."""
    return next((draft for draft in _drafts(scene) if not draft.known), None)


def no_draft(scene: Scene, item: str) -> tuple[Change, ...]:
    """Give the draft of this entry up, if there is one."""
    draft = draft_of(scene, item)
    return (Forget(DRAFT, _KNOWN if draft.known else _NEW),) if draft else ()


def _drafts(scene: Scene) -> Iterator[Draft]:
    for slot in (_NEW, _KNOWN):
        if value := scene.person.marks.value(DRAFT, slot):
            item, work = json.loads(value)
            yield Draft(item, Work.from_value(work), slot == _KNOWN)


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
    """The work with all that somebody typed; what they did not speak of stays.

    But a currency that is not sure is not the one used before.
    """
    return replace(
        work,
        day=today(scene) - timedelta(days=1) if said.yesterday else work.day,
        paid=work.paid if said.paid is None else said.paid,
        unpaid=work.unpaid if said.unpaid is None else said.unpaid,
        money=work.money if said.money is None else said.money,
        fees=work.fees if said.fees is None else said.fees,
        currency=said.currency or ("" if said.which else work.currency),
        platform=said.platform or work.platform,
    )


def saved(scene: Scene, item: str, before: Work | None) -> tuple[Change, ...]:
    """What lets the last change be undone: the entry as it was, or that there was none."""
    return (Remember(UNDO, _LAST, json.dumps([item, before.to_value() if before else None])),)


def undone(scene: Scene, item: str) -> tuple[Change, ...] | None:
    """Make the last change undone, if it was of this entry; ``None`` if it was not."""
    value = scene.person.marks.value(UNDO, _LAST)
    last, before = json.loads(value) if value else (None, None)
    if last != item:
        return None
    back: Change = Remember(WORK, item, before) if before else Forget(WORK, item)
    return (back, Forget(UNDO, _LAST))


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

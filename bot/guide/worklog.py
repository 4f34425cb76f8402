"""The record of work: what is kept of each piece of it, and how years of it stay small.

An entry is a mark of the kind :data:`WORK`. Its item is made of the moment it was written down, so it never changes and
is never given again. Once there are many, the oldest become one total for each month, later for each year, currency and
platform: sums stay as they were, and what a turn reads stays small.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bot.guide.person import Change, Forget, Marks, Person, Remember

WORK: Final = "work"
MOST_ENTRIES: Final = 60
"""So many are kept one by one; with one more, the oldest become totals."""
KEPT_ENTRIES: Final = 40
"""So many are left then."""
MOST_MONTHS: Final = 24
"""Months that have totals of their own; older ones become totals of years."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Work:
    """Work of one local date, or a total of ``count`` entries from ``day`` on.

    ``paid`` and ``unpaid`` are minutes. ``money`` was received, ``fees`` were taken from it, both in ``currency`` (ISO
    4217; empty if none was ever named). ``platform`` is an id, or empty.
    """

    day: date
    paid: int = 0
    unpaid: int = 0
    money: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    currency: str = ""
    platform: str = ""
    count: int = 1

    @property
    def minutes(self) -> int:
        return self.paid + self.unpaid

    @property
    def net(self) -> Decimal:
        return self.money - self.fees

    @property
    def hourly(self) -> Decimal | None:
        """Real pay an hour: what was left of the money, over all minutes; ``None`` without any minutes."""
        return self.net * 60 / self.minutes if self.minutes else None

    def plus(self, other: Work) -> Work:
        return replace(
            self,
            day=min(self.day, other.day),
            paid=self.paid + other.paid,
            unpaid=self.unpaid + other.unpaid,
            money=self.money + other.money,
            fees=self.fees + other.fees,
            count=self.count + other.count,
        )

    def to_value(self) -> str:
        """As it is kept, and as people find it in the file of their data: JSON, without what is nothing."""
        fields: dict[str, object] = {
            "day": self.day.isoformat(),
            "paid": self.paid,
            "unpaid": self.unpaid,
            "money": str(self.money) if self.money else "",
            "fees": str(self.fees) if self.fees else "",
            "currency": self.currency,
            "platform": self.platform,
            "count": self.count if self.count > 1 else 0,
        }
        return json.dumps({key: value for key, value in fields.items() if value}, separators=(",", ":"))

    @classmethod
    def from_value(cls, value: str) -> Work:
        fields = json.loads(value)
        return cls(
            date.fromisoformat(fields["day"]),
            fields.get("paid", 0),
            fields.get("unpaid", 0),
            Decimal(fields.get("money", 0)),
            Decimal(fields.get("fees", 0)),
            fields.get("currency", ""),
            fields.get("platform", ""),
            fields.get("count", 1),
        )


@dataclass(frozen=True, slots=True)
class Log:
    """All that a person wrote down. ``entries`` by item, in the order they were written; then ``totals``."""

    entries: dict[str, Work]
    totals: dict[str, Work]

    def get(self, item: str) -> Work | None:
        return self.entries.get(item) or self.totals.get(item)

    def everything(self) -> tuple[Work, ...]:
        return (*self.totals.values(), *self.entries.values())

    @property
    def currencies(self) -> list[str]:
        """Those in use, the one used last first."""
        used = (work.currency for work in reversed(self.everything()) if work.currency)
        return list(dict.fromkeys(used))

    def minutes_on(self, day: date, but: str = "") -> int:
        """Minutes written down for a date, without those of the entry ``but``."""
        return sum(work.minutes for item, work in self.entries.items() if work.day == day and item != but)


def read_log(person: Person) -> Log:
    return log_of(person.marks)


def log_of(marks: Marks) -> Log:
    kept = sorted(marks.kinds.get(WORK, {}).items(), key=lambda pair: (len(pair[0]), pair[0]))
    works = {item: Work.from_value(mark.value) for item, mark in kept}
    return Log(
        {item: work for item, work in works.items() if item.startswith("e")},
        {item: works[item] for item in sorted(works) if not item.startswith("e")},
    )


def new_item(log: Log, now: datetime) -> str:
    """The item of an entry that is begun now."""
    number, item = int(now.timestamp()), ""
    while not item or log.get(item):
        item, number = f"e{_base36(number)}", number + 1
    return item


def recorded(log: Log, item: str, work: Work) -> tuple[Change, ...]:
    """Keep this entry, and make totals of the oldest ones if there are too many."""
    after = Log({**log.entries, item: work}, log.totals)
    return (Remember(WORK, item, work.to_value()), *_compacted(after, but=item))


def by_currency(works: Iterable[Work], log: Log) -> dict[str, list[Work]]:
    """The works of each currency, the one with most time first.

    What names no currency, since there was no money in it, is time that the money of the others was earned with: it
    counts with the currency that has most.
    """
    spent: Counter[str] = Counter()
    for work in log.everything():
        if work.currency:
            spent[work.currency] += work.minutes
    order = [currency for currency, _ in spent.most_common()]
    main = order[0] if order else ""
    groups: dict[str, list[Work]] = {currency: [] for currency in order}
    for work in works:
        groups.setdefault(work.currency or main, []).append(work)
    return {currency: group for currency, group in groups.items() if group}


def summed(works: Iterable[Work]) -> Work:
    """At least one of them, as one."""
    first, *rest = works
    for work in rest:
        first = first.plus(work)
    return first


def _compacted(log: Log, but: str) -> Iterator[Change]:
    """``but`` stays single, since it may still be undone."""
    if len(log.entries) <= MOST_ENTRIES:
        return
    others = [(item, work) for item, work in log.entries.items() if item != but]
    oldest = others[: len(log.entries) - KEPT_ENTRIES]
    totals = dict(log.totals)
    for item, work in oldest:
        yield Forget(WORK, item)
        _add(totals, f"m{work.day:%Y%m}", replace(work, day=work.day.replace(day=1)))
    months = sorted({item[:7] for item in totals if item.startswith("m")})
    for item, work in list(totals.items()):
        if item[:7] in months[:-MOST_MONTHS]:
            del totals[item]
            _add(totals, f"y{work.day:%Y}", replace(work, day=work.day.replace(month=1)))
    yield from (Forget(WORK, item) for item in log.totals if item not in totals)
    for item, work in totals.items():
        if log.totals.get(item) != work:
            yield Remember(WORK, item, work.to_value())


def _add(totals: dict[str, Work], prefix: str, work: Work) -> None:
    """Add to the total of this time, currency and platform; begin one if there is none."""
    taken = [item for item in totals if item.partition("-")[0] == prefix]
    for item in taken:
        total = totals[item]
        if (total.currency, total.platform) == (work.currency, work.platform):
            totals[item] = total.plus(work)
            return
    number = max((int(item.partition("-")[2]) for item in taken), default=-1) + 1
    totals[f"{prefix}-{number}"] = work


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text

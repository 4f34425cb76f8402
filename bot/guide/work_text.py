"""Reads work as people type it: ``2h paid 30m unpaid 14.50 USD``. The words are the content's, in each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from bot.guide.work_numbers import amount
from bot.guide.work_parts import BETWEEN, Part, Vocabulary, parts_of

LONGEST: Final = 200
"""Characters; what is longer is no entry."""

Fault = Literal["two_amounts", "two_currencies", "two_fees", "no_number", "unknown_word", "unclear"]


@dataclass(slots=True)
class Said:
    """What a text says; ``None`` for what it does not speak of. Nothing is checked but that it can be read."""

    paid: int | None = None
    unpaid: int | None = None
    money: Decimal | None = None
    fees: Decimal | None = None
    currency: str | None = None
    which: str | None = None
    """A name that several currencies have, where nothing says which of them is meant."""
    platform: str | None = None
    yesterday: bool = False
    roles: bool = False
    """Whether it says of some time that it was paid or not: then it is surely about work."""
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    """What could not be read, and the words in question."""

    @property
    def names_currency(self) -> bool:
        return bool(self.currency or self.which)

    @property
    def numbers(self) -> bool:
        """Whether it speaks of any time or amount."""
        return any(each is not None for each in (self.paid, self.unpaid, self.money, self.fees))


def read_work(text: str, vocabulary: Vocabulary, language: str) -> Said:
    """What the text says about work."""
    reader = _Reader(parts_of(text[:LONGEST], vocabulary, language), language)
    reader.read()
    return reader.said


class _Reader:
    def __init__(self, parts: Sequence[Part], language: str) -> None:
        self.said = Said()
        self._parts = parts
        self._language = language
        self._times: list[tuple[int, int]] = []
        """Where in the text each stretch of time stands, and its minutes."""
        self._roles: list[tuple[int, str]] = []
        self._amounts: list[tuple[int, Decimal]] = []
        self._fees: list[int] = []
        self._unsure: list[str] = []
        """Names that several currencies have."""
        self._strange: list[str] = []
        """Words beside a number that mean nothing here: one may be the name of a currency."""

    def read(self) -> None:
        at = 0
        while at < len(self._parts):
            at = self._take(at)
        self._settle_times()
        self._settle_money()

    def _meaning(self, at: int) -> str:
        return self._parts[at].meaning if 0 <= at < len(self._parts) else ""

    def _take(self, at: int) -> int:
        """Take what begins here; where the next begins."""
        part = self._parts[at]
        match part.meaning:
            case "clock":
                hours, _, minutes = part.text.partition(":")
                self._times.append((at, int(hours) * 60 + int(minutes)))
            case "time":
                self._times.append((at, int(part.text)))
            case "number":
                return self._number(at)
            case "paid" | "unpaid":
                self._roles.append((at, part.meaning))
            case "fee":
                self._fees.append(at)
            case "currency" if BETWEEN in part.text:
                self._unsure.append(part.said)
            case "currency":
                self._currency(part.text)
            case "code" if "number" in (self._meaning(at - 1), self._meaning(at + 1)):
                self._currency(part.text)
            case "platform":
                self.said.platform = part.text
            case "yesterday":
                self.said.yesterday = True
            case _:
                self.said.faults.append(("unknown_word", part.said))
                if "number" in (self._meaning(at - 1), self._meaning(at + 1)):
                    self._strange.append(part.said)
        return at + 1

    def _number(self, at: int) -> int:
        number = amount(self._parts[at].text, self._language)
        if number is None:
            self.said.faults.append(("no_number", self._parts[at].text))
            return at + 1
        after = self._meaning(at + 1)
        if after == "minutes":
            self._times.append((at, _whole(number)))
            return at + 2
        if after != "hours":
            self._amounts.append((at, number))
            return at + 1
        minutes, next_ = _whole(number * 60), at + 2
        if self._meaning(next_) == "number":
            more = amount(self._parts[next_].text, self._language)
            glued = self._parts[next_].start == self._parts[next_ - 1].end
            named = self._meaning(next_ + 1) == "minutes"
            if more is not None and (named or (glued and self._meaning(next_ + 1) != "hours")):
                minutes, next_ = minutes + _whole(more), next_ + 1 + named
        self._times.append((at, minutes))
        return next_

    def _currency(self, code: str) -> None:
        code = code.upper()
        if self.said.currency not in (None, code):
            self.said.faults.append(("two_currencies", f"{self.said.currency}, {code}"))
        self.said.currency = code

    def _settle_times(self) -> None:
        self.said.roles = bool(self._roles and self._times)
        before = bool(self._roles) and bool(self._times) and self._roles[0][0] < self._times[0][0]
        if self._roles and not self._times:
            self.said.faults.append(("unclear", ""))
        for number, (at, minutes) in enumerate(self._times):
            until = self._times[number + 1][0] if number + 1 < len(self._times) else len(self._parts)
            if before:
                near = [role for place, role in self._roles if place < at][-1:]
            else:
                near = [role for place, role in self._roles if at < place < until][:1]
            if near == ["unpaid"]:
                self.said.unpaid = (self.said.unpaid or 0) + minutes
            else:
                self.said.paid = (self.said.paid or 0) + minutes

    def _settle_money(self) -> None:
        fees = [found for at in self._fees if (found := self._nearest(at)) is not None]
        if len(fees) < len(self._fees) or len(fees) > 1:
            self.said.faults.append(("two_fees" if len(fees) > 1 else "unclear", ""))
        money = [number for at, number in self._amounts if at not in fees]
        if len(money) > 1:
            self.said.faults.append(("two_amounts", ", ".join(map(str, money))))
        self.said.money = money[0] if money else None
        self.said.fees = next((number for at, number in self._amounts if at in fees), None)
        if self.said.currency is None:
            self.said.which = next(iter((*self._unsure, *self._strange)), None)

    def _nearest(self, at: int) -> int | None:
        """The place of the amount that this "fee" is about: the one behind it.

        It is the one before it if there is none behind; or if they touch and it is the smaller one, as fees are.
        """
        aside, amounts = ("currency", "code"), dict(self._amounts)
        behind = at + 2 if self._meaning(at + 1) in aside else at + 1
        before = at - 2 if self._meaning(at - 1) in aside else at - 1
        if behind not in amounts:
            return before if before in amounts else None
        touching = before == at - 1 and before in amounts
        return before if touching and amounts[before] < amounts[behind] else behind


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))

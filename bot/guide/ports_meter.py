"""Who counts what happens, as a protocol. Counting is cheap: it is asked in the midst of every turn."""

from __future__ import annotations

from typing import Literal, Protocol

Outcome = Literal["shown", "gone", "not_shown", "put_off", "failed", "interrupted"]
"""What came of a turn. ``gone``: the person has blocked the bot; ``put_off``: the database or Telegram was at fault, and it
is tried again; ``failed``: a bug; ``interrupted``: the process was asked to stop."""

Lane = Literal["reply", "bulk"]

Part = Literal["intake", "worker"]
"""A part of the bot that must move."""


class Meter(Protocol):
    """Counts. No method raises, waits, or keeps anybody's words."""

    def received(self, new: int, known: int) -> None:
        """So many updates were kept; so many more were known already."""

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        """A turn ended; ``area`` is where it was decided, empty if nothing was."""

    def counted(self, name: str) -> None:
        """Something happened that is counted by its name: see :attr:`bot.guide.screen.Turn.counts`."""

    def called(self, lane: Lane, outcome: str) -> None:
        """A call to Telegram that somebody sees the outcome of ended so."""

    def tip(self, outcome: str) -> None:
        """Somebody's tip was due, and this came of it: see :class:`bot.guide.ports.Due`."""

    def beat(self, part: Part) -> None:
        """This part has just moved."""


class Unmetered:
    """A :class:`Meter` that counts nothing."""

    def received(self, new: int, known: int) -> None:
        """Nothing."""

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        """Nothing."""

    def counted(self, name: str) -> None:
        """Nothing."""

    def called(self, lane: Lane, outcome: str) -> None:
        """Nothing."""

    def tip(self, outcome: str) -> None:
        """Nothing."""

    def beat(self, part: Part) -> None:
        """Nothing."""


UNMETERED = Unmetered()


class Meters:
    """Several meters as one."""

    def __init__(self, *meters: Meter) -> None:
        self._meters = meters

    def received(self, new: int, known: int) -> None:
        for meter in self._meters:
            meter.received(new, known)

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        for meter in self._meters:
            meter.turn(area, outcome, seconds)

    def counted(self, name: str) -> None:
        for meter in self._meters:
            meter.counted(name)

    def called(self, lane: Lane, outcome: str) -> None:
        for meter in self._meters:
            meter.called(lane, outcome)

    def tip(self, outcome: str) -> None:
        for meter in self._meters:
            meter.tip(outcome)

    def beat(self, part: Part) -> None:
        for meter in self._meters:
            meter.beat(part)

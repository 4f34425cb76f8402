"""What was done while there was something to do: one line in the log."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable

from bot.guide.ports_meter import UNMETERED, Meter

TELL_SECONDS = 600.0
"""How often it is told when there is no end of work."""

ALWAYS = ("tip", "reminder", "late", "gone", "failed", "unknown")
"""What is told even if there was none of it."""

_log = logging.getLogger(__name__)


class Counts:
    """Counts from the first thing that is done until all is done."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic, meter: Meter = UNMETERED) -> None:
        self._meter = meter
        self._monotonic = monotonic
        self._began = 0.0
        self._counted: Counter[str] = Counter()

    def add(self, what: str) -> None:
        if not self._counted:
            self._began = self._monotonic()
        self._counted[what] += 1
        self._meter.tip(what)

    def tell(self, *, over: bool) -> None:
        """Log what was done since it was last told, if anything; while it is not ``over`` only now and then."""
        took = self._monotonic() - self._began
        if not self._counted or not (over or took >= TELL_SECONDS):
            return
        others = sorted(self._counted.keys() - set(ALWAYS))
        told = ", ".join(f"{what} {self._counted[what]}" for what in (*ALWAYS, *others))
        _log.info("outreach in %.1f s: %s", took, told)
        self._counted.clear()

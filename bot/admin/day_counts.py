"""What happens is counted by date and kept: many counts together, so that no turn waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Never

from bot.errors import StoreError
from bot.guide.person import Change
from bot.guide.ports_meter import Outcome, Unmetered
from bot.guide.ports_statistics import Statistics
from bot.trouble import Trouble

EVERY_SECONDS = 10.0
"""So much is lost at most when the process is killed."""

CLOSE_SECONDS = 1.0

_log = logging.getLogger(__name__)


class DayCounts(Unmetered):
    """A :class:`bot.guide.ports_meter.Meter`, and what the bot does by itself to keep what it counts.

    Dates are UTC. When the database's answer to a write is lost, that is counted again: figures, no ledger.
    """

    name = "counts"

    def __init__(
        self,
        store: Statistics,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._now = now
        self._sleep = sleep
        self._days: dict[date, Counter[str]] = {}
        self._trouble = Trouble(_log, "what happens can be counted again after %.0f s")

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        self._add("turns" if outcome in ("shown", "gone") else f"turns {outcome}")
        if area:
            self._add(f"area {area}")

    def counted(self, name: str) -> None:
        self._add(name)

    def tip(self, outcome: str) -> None:
        self._add(f"tips {outcome}")

    async def run(self) -> Never:
        """Keep what was counted, every few seconds."""
        while True:
            await self._sleep(EVERY_SECONDS)
            await self.flush()

    async def finish(self, within: float) -> None:
        """Turns may still end, so :meth:`close` keeps the last."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """It concerns nobody in particular."""

    async def close(self) -> None:
        """Keep what is left, if that can be done at once."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.flush()
        except TimeoutError:
            _log.warning("the last counts of what happened were not kept")

    async def flush(self) -> None:
        """Keep what was counted so far; what cannot be kept now is kept next time."""
        for day in sorted(self._days):
            counts = self._days.pop(day)
            try:
                await self._store.count(day, counts)
            except (StoreError, asyncio.CancelledError) as error:
                self._days.setdefault(day, Counter()).update(counts)
                if not isinstance(error, StoreError):
                    raise
                self._trouble.met(error)
                return
            self._trouble.over()

    def _add(self, name: str) -> None:
        day = self._now().date()
        counts = self._days.get(day)
        if counts is None:
            counts = self._days[day] = Counter()
        counts[name] += 1

"""What happens is counted by date, and kept."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.admin.day_counts import EVERY_SECONDS, DayCounts
from bot.errors import StoreError
from bot.guide.ports_meter import Meters
from tests.telegram_io.fakes import NOW, MemoryStore


class Day:
    """Counts, and the clock they go by."""

    def __init__(self) -> None:
        self.store, self.now = MemoryStore(), NOW
        self.counts = DayCounts(self.store, self._now, self._sleep)
        self.meter = Meters(self.counts)
        self.slept: list[float] = []
        self.rounds = asyncio.Semaphore(0)

    def _now(self) -> datetime:
        return self.now

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.rounds.acquire()


@pytest.fixture
def day() -> Day:
    return Day()


async def test_what_happens_is_counted_under_its_date(day: Day) -> None:
    day.meter.turn("faq", "shown", 0.1)
    day.meter.turn("", "failed", 0.1)
    day.meter.counted("active")
    day.meter.tip("tip")
    day.now += timedelta(days=1)
    day.meter.turn("faq", "gone", 0.1)
    await day.counts.flush()
    today, tomorrow = NOW.date(), day.now.date()
    assert await day.store.counts(today) == {
        today: {"turns": 1, "area faq": 1, "turns failed": 1, "active": 1, "tips tip": 1},
        tomorrow: {"turns": 1, "area faq": 1},
    }


async def test_it_is_kept_every_few_seconds_and_at_the_end(day: Day) -> None:
    running = asyncio.create_task(day.counts.run())
    day.meter.counted("active")
    day.rounds.release()
    while len(day.slept) < 2:  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0)
    assert day.slept == [EVERY_SECONDS] * 2
    assert day.store.days[NOW.date()] == {"active": 1}
    day.meter.counted("active")
    running.cancel()
    await asyncio.wait([running])
    await day.counts.close()
    assert day.store.days[NOW.date()] == {"active": 2}


async def test_what_the_database_does_not_take_is_kept_later(day: Day) -> None:
    day.meter.counted("active")
    day.store.count_error = StoreError("locked")
    await day.counts.flush()
    day.meter.counted("active")
    day.store.count_error = None
    await day.counts.flush()
    assert day.store.days[NOW.date()] == {"active": 2}

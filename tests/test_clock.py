"""The computer's clock, waited on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import LOOK_AGAIN_SECONDS, SystemTime
from tests.support.virtual_time import now, virtual

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Wall:
    """A computer's clock, which can be set while everybody sleeps."""

    def __init__(self) -> None:
        self._began, self.set_by = now(), timedelta()

    def read(self) -> datetime:
        return NOON + timedelta(seconds=now() - self._began) + self.set_by


def test_it_tells_the_present_moment_in_utc() -> None:
    before = datetime.now(UTC)
    told = SystemTime().now()

    assert before <= told <= datetime.now(UTC)
    assert told.tzinfo is UTC


@virtual
async def test_it_waits_until_the_moment_and_no_longer() -> None:
    wall = Wall()

    await SystemTime(wall.read).wait(NOON + timedelta(minutes=7, seconds=3), asyncio.Event())

    assert wall.read() == NOON + timedelta(minutes=7, seconds=3)


@virtual
async def test_a_moment_that_has_been_is_not_waited_for() -> None:
    wall = Wall()

    await SystemTime(wall.read).wait(NOON, asyncio.Event())

    assert wall.read() == NOON


@virtual
async def test_who_is_woken_waits_no_longer_and_the_event_stays_set() -> None:
    wall, woken = Wall(), asyncio.Event()
    asyncio.get_running_loop().call_later(5, woken.set)

    await SystemTime(wall.read).wait(None, woken)

    assert wall.read() == NOON + timedelta(seconds=5)
    assert woken.is_set()


@virtual
async def test_a_computers_clock_that_is_set_forward_is_noticed_within_a_minute() -> None:
    wall, hour = Wall(), timedelta(hours=1)

    def set_forward() -> None:
        wall.set_by = hour

    asyncio.get_running_loop().call_later(5, set_forward)
    await SystemTime(wall.read).wait(NOON + hour, asyncio.Event())

    assert wall.read() <= NOON + hour + timedelta(seconds=LOOK_AGAIN_SECONDS)

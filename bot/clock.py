"""The clock the bot lives by. Whatever follows from the time of day asks it, and waits on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from math import isfinite
from typing import Protocol

LOOK_AGAIN_SECONDS = 60.0
"""The computer's clock may be set while we sleep by another: so late can that be noticed."""


class Timekeeper(Protocol):
    """A clock that can be waited on. It may run faster than the computer's, and jump."""

    def now(self) -> datetime:
        """The present moment: aware, UTC."""

    async def wait(self, until: datetime | None, woken: asyncio.Event, at_most: float = float("inf")) -> None:
        """Return once it is ``until`` on this clock, or ``woken`` is set, which it leaves set.

        ``None`` is a moment that never comes. In any case it returns after ``at_most`` seconds. Raises nothing of its own.
        """


class SystemTime:
    """The computer's clock. ``read`` is where it is read from."""

    def __init__(self, read: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._read = read

    def now(self) -> datetime:
        return self._read()

    async def wait(self, until: datetime | None, woken: asyncio.Event, at_most: float = float("inf")) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most if isfinite(at_most) else None):
                await self._wait(until, woken)

    async def _wait(self, until: datetime | None, woken: asyncio.Event) -> None:
        while not woken.is_set():
            left = LOOK_AGAIN_SECONDS if until is None else (until - self._read()).total_seconds()
            if left <= 0:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOK_AGAIN_SECONDS)):
                    await woken.wait()

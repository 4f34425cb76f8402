"""One task that sleeps for all who wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf

from bot.telegram_io.ports import Monotonic, Sleep


class Alarm:
    """Calls ``ring`` once the earliest of the times that it was set to has come; then it must be set again.

    An error of ``ring`` or ``sleep`` is given to ``broken``: those who wait would otherwise wait for ever.
    """

    def __init__(
        self,
        ring: Callable[[], None],
        broken: Callable[[BaseException], None],
        sleep: Sleep,
        monotonic: Monotonic,
    ) -> None:
        self._ring = ring
        self._broken = broken
        self._sleep = sleep
        self._monotonic = monotonic
        self._at = inf
        self._task: asyncio.Task[None] | None = None

    def set(self, at: float) -> None:
        """Ring at ``at`` or before."""
        if at >= self._at:
            return
        self.stop()
        self._at = at
        self._task = asyncio.create_task(self._wait(at), name="alarm")
        self._task.add_done_callback(self._ended)

    def stop(self) -> None:
        """Do not ring."""
        if self._task is not None:
            self._task.cancel()
        self._task, self._at = None, inf

    async def _wait(self, at: float) -> None:
        while (left := at - self._monotonic()) > 0:
            await self._sleep(left)
        self._task, self._at = None, inf
        self._ring()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._broken(error)

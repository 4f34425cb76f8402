"""Records what came of people's tips, many in one transaction: while one is under way, others gather for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.errors import StoreError
from bot.guide.ports import Outcome, Outreach
from bot.trouble import Backoff, Trouble


class Recorder:
    """While the database cannot be used it waits, and forgets nothing."""

    def __init__(
        self,
        store: Outreach,
        now: Callable[[], datetime],
        trouble: Trouble,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._now = now
        self._trouble = trouble
        self._sleep = sleep
        self._gathered: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, outcome: Outcome) -> None:
        """Return once it is recorded. Raises what a bug in the store raises."""
        recorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((outcome, recorded))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="outreach recorder")
        await recorded

    async def stop(self) -> None:
        """Give up what is not recorded yet."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

    async def _write(self) -> None:
        while self._gathered:
            gathered, self._gathered = self._gathered, []
            error = await self._error_of([outcome for outcome, _ in gathered])
            for _, recorded in gathered:
                # Whoever waited may have been cancelled.
                if recorded.done():
                    continue
                if error is None:
                    recorded.set_result(None)
                else:
                    recorded.set_exception(error)

    async def _error_of(self, outcomes: Sequence[Outcome]) -> Exception | None:
        backoff = Backoff(0.1, 5.0)
        while True:
            try:
                await self._store.dealt_with(outcomes, self._now())
            except StoreError as error:
                self._trouble.met(error)
                await self._sleep(backoff.next())
            except Exception as error:
                return error
            else:
                self._trouble.over()
                return None

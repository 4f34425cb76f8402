"""Group commit: updates that arrive together are kept together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Never

from bot.errors import StoreError
from bot.references import report
from bot.telegram_io.ports import RawUpdate, Taker

TOGETHER = 100
"""Updates that are kept by one write; as many as Telegram delivers at the same time."""

_log = logging.getLogger(__name__)


class Keeper:
    """Gives single updates to a taker in batches: what arrives while one is being kept goes with the next."""

    def __init__(self, taker: Taker, together: int = TOGETHER) -> None:
        self._taker = taker
        self._together = together
        self._queue: asyncio.Queue[tuple[RawUpdate, asyncio.Future[bool]]] = asyncio.Queue()
        self._closed = False

    async def keep(self, update: RawUpdate) -> bool:
        """Whether it was kept, and survives a kill. :meth:`run` must be at work for it to end."""
        if self._closed:
            return False
        outcome: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((update, outcome))
        return await outcome

    async def bury(self, reason: str) -> bool:
        """Whether it was noted that something came which is no update."""
        return not self._closed and await self._tried(lambda: self._taker.bury(reason))

    async def run(self) -> Never:
        """Keep what comes until cancelled; what was not kept by then, was not."""
        try:
            while True:
                await self._next_batch()
        finally:
            self._closed = True
            self._refuse_all()

    async def finish(self, within: float) -> None:
        """Keep what has come so far, for at most ``within`` seconds, and nothing that comes after."""
        self._closed = True
        try:
            async with asyncio.timeout(within):
                await self._queue.join()
        except TimeoutError:
            _log.warning("updates could not be kept within %.1f s; Telegram delivers them again", within)

    async def _next_batch(self) -> None:
        batch = [await self._queue.get()]
        while len(batch) < self._together and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        kept = False
        try:
            # In the order in which they were made, and each once: Telegram delivers side by side.
            by_id = {update["update_id"]: update for update, _ in batch}
            updates = [by_id[update_id] for update_id in sorted(by_id)]
            kept = await self._tried(lambda: self._taker.take(updates))
        finally:
            for _, outcome in batch:
                self._settle(outcome, kept)

    def _refuse_all(self) -> None:
        while not self._queue.empty():
            _, outcome = self._queue.get_nowait()
            self._settle(outcome, False)

    def _settle(self, outcome: asyncio.Future[bool], kept: bool) -> None:
        if not outcome.done():  # Nobody waits any more for one that is.
            outcome.set_result(kept)
        self._queue.task_done()

    async def _tried(self, work: Callable[[], Awaitable[None]]) -> bool:
        try:
            await work()
        except StoreError:
            return False
        except Exception as error:
            report(_log, "keeping updates", error)
            return False
        return True

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Collection

from bot.telegram_io.settling import Settler
from bot.trouble import Trouble
from tests.telegram_io.fakes import MemoryStore


class SlowStore(MemoryStore):
    """Its first ``settle`` waits until it is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.settling = asyncio.Event()

    async def settle(self, ids: Collection[int], idle: Collection[int]) -> Collection[int]:
        if not self.settling.is_set():
            self.settling.set()
            await asyncio.Event().wait()
        return await super().settle(ids, idle)


async def test_what_was_under_way_when_it_was_cancelled_is_settled_by_the_next_run() -> None:
    store = SlowStore()
    settler = Settler(store, Trouble(logging.getLogger("bot.test"), "after %.0f s"))
    run = asyncio.create_task(settler.run())
    settler.done([7])
    await store.settling.wait()
    run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await run
    next_run = asyncio.create_task(settler.run())
    await settler.settled()
    assert store.settled == [7]
    next_run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await next_run


async def test_who_asked_when_it_was_cancelled_is_answered_by_the_next_run() -> None:
    store = SlowStore()
    settler = Settler(store, Trouble(logging.getLogger("bot.test"), "after %.0f s"))
    run = asyncio.create_task(settler.run())
    asked = asyncio.create_task(settler.more(1))
    await store.settling.wait()
    run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await run
    next_run = asyncio.create_task(settler.run())
    assert await asked is False
    next_run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await next_run

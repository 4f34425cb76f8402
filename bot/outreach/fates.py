"""Records what became of a broadcast's messages, many in one transaction: while one is under way, others gather."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from bot.errors import StoreError
from bot.guide.broadcast import Fate
from bot.guide.ports_broadcast import Broadcasts
from bot.trouble import Backoff, Trouble


class FateRecorder:
    """While the database cannot be used it waits, and forgets nothing. ``broadcast_id`` is whose messages they are."""

    def __init__(
        self,
        store: Broadcasts,
        now: Callable[[], datetime],
        trouble: Trouble,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.broadcast_id = 0
        self._store = store
        self._now = now
        self._trouble = trouble
        self._sleep = sleep
        self._landed: dict[int, Fate] = {}
        self._unsent: list[int] = []
        self._active: set[int] = set()
        self._moved = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._stopped = False
        self._error: BaseException | None = None

    @property
    def left(self) -> int:
        """How many are not recorded yet."""
        return len(self._landed) + len(self._unsent)

    def holds(self, person_id: int) -> bool:
        """Whether it is still to be recorded what became of their message."""
        return person_id in self._landed

    def landed(self, person_id: int, fate: Fate) -> None:
        """This became of their message."""
        self._landed[person_id] = fate
        self._begin()

    def unsent(self, people: Collection[int]) -> None:
        """Their messages were surely not sent."""
        self._unsent.extend(people)
        self._begin()

    def active(self, person_id: int) -> None:
        """This person did something while their message was under way, or what became of it was not recorded yet."""
        self._active.add(person_id)

    def check(self) -> None:
        """Raise what a bug in the store raised."""
        if self._error is not None:
            raise self._error

    def move(self) -> None:
        """Whoever waits in :meth:`moved` shall look again."""
        self._moved.set()

    async def moved(self) -> None:
        """Wait until something was recorded, or :meth:`move` was called."""
        self._moved.clear()
        await self._moved.wait()

    async def all_recorded(self) -> None:
        """Wait until nothing is left, or a bug in the store prevents it."""
        while self.left and self._error is None:
            await self.moved()

    async def stop(self) -> None:
        """Give up what is not recorded yet."""
        self._stopped = True
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

    def _begin(self) -> None:
        if self.left and self._writing is None and not self._stopped and self._error is None:
            self._writing = asyncio.create_task(self._write(), name="broadcast recorder")
            self._writing.add_done_callback(self._written)

    def _written(self, task: asyncio.Task[None]) -> None:
        self._writing = None
        if not task.cancelled():
            self._error = task.exception()
        self._begin()
        self.move()

    async def _write(self) -> None:
        backoff = Backoff(0.1, 5.0)
        while self.left:
            landed, unsent = dict(self._landed), tuple(self._unsent)
            # Whoever was active meanwhile is not gone: they have come back.
            gone = [each for each, fate in landed.items() if fate == "blocked" and each not in self._active]
            try:
                await self._store.land(self.broadcast_id, landed, gone, self._now())
                await self._store.put_back(self.broadcast_id, unsent)
            except StoreError as error:
                self._trouble.met(error)
                await self._sleep(backoff.next())
                continue
            self._trouble.over()
            self._active.difference_update(landed, unsent)
            for person in landed:
                del self._landed[person]
            del self._unsent[: len(unsent)]
            self.move()

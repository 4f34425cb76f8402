"""A worker with a handler that a test can see and hold, on a store in memory."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.guide.ports import Store
from bot.telegram_io.attempts import Attempts
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.work import Work
from bot.telegram_io.worker import Worker
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper


def said(update_id: int, person: int = 1, text: str = "x") -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "A"}
    chat = {"id": person, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": text},
    }


def tapped(update_id: int, person: int = 1, message_id: int = 5) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "A"}
    message = {"message_id": message_id, "date": 1, "chat": {"id": person, "type": "private"}}
    query = {
        "id": str(update_id),
        "from": user,
        "message": message,
        "chat_instance": "1",
        "data": f"t:laptop-{update_id}:1",
    }
    return {"update_id": update_id, "callback_query": query}


class Desk:
    """Notes what is handled; ``fail`` decides what happens to each piece of work; with the gate shut all wait."""

    def __init__(self) -> None:
        self.works: list[list[int]] = []
        self.answers: list[list[str | None]] = []
        self.now: set[int] = set()
        self.most = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.errors: dict[int, deque[Exception]] = {}
        self.apologies: list[tuple[int, str]] = []
        self.apologise: Callable[[], Awaitable[None]] | None = None
        self.entered = asyncio.Event()

    @property
    def done(self) -> list[int]:
        return [each for work in self.works for each in work]

    def fails(self, update_id: int, *errors: Exception) -> None:
        """The first tries of this update end so."""
        self.errors[update_id] = deque(errors)

    async def process(self, work: Work) -> None:
        ids = [letter.id for letter, _ in work.parts]
        self.now.update(ids)
        self.most = max(self.most, len(self.now))
        self.entered.set()
        await asyncio.sleep(0)
        await self.gate.wait()
        self.now.difference_update(ids)
        for number in ids:
            if self.errors.get(number):
                work.error = self.errors[number].popleft()
                return
        self.works.append(ids)
        self.answers.append([letter.answer for letter, _ in work.parts])

    async def sorry(self, work: Work, reference: str) -> None:
        self.apologies.append((work.parts[0][0].id, reference))
        if self.apologise is not None:
            await self.apologise()


class AtWork:
    """A worker that runs, and what it works with."""

    def __init__(self, store: Store, sleeper: Sleeper, most: int = 8) -> None:
        self.store, self.sleeper, self.desk = store, sleeper, Desk()
        self._handler: Callable[[Work], Awaitable[None]] = self.desk.process
        bot: Bot = build(TOKEN, "http://127.0.0.1:9").bot
        attempts = Attempts(
            bot,
            store,
            process=self._process,
            apologise=self.desk.sorry,
            clock=lambda: NOW,
            sleep=sleeper.sleep,
        )
        self.rounds = asyncio.Semaphore(0)
        self.running: asyncio.Task[None]
        self.worker = Worker(
            store,
            attempts,
            lambda: NOW,
            sleep=sleeper.sleep,
            every=self._next_round,
            monotonic=sleeper.monotonic,
            most=most,
        )

    def handles_by(self, process: Callable[[Work], Awaitable[None]]) -> None:
        """Handle what comes from now on otherwise than by the desk."""
        self._handler = process

    async def _process(self, work: Work) -> None:
        await self._handler(work)

    async def _next_round(self, seconds: float) -> None:
        await self.rounds.acquire()

    async def until(self, condition: Callable[[], object]) -> None:
        """Gives way until it is so; a test that waits in vain is ended by its time limit."""
        while not condition():  # noqa: ASYNC110  # what it waits for is no event, but how things stand
            await asyncio.sleep(0)

    async def idle(self) -> None:
        """Until nothing is left to do."""
        await self.until(lambda: not self.worker.busy and not self._letters())

    def _letters(self) -> bool:
        # What a real store still has, a test asks itself.
        return isinstance(self.store, MemoryStore) and bool(self.store.letters)


@asynccontextmanager
async def at_work(store: Store, sleeper: Sleeper, most: int = 8, within: float = 5) -> AsyncIterator[AtWork]:
    """A worker while the block lasts; it is then asked to stop."""
    desk = AtWork(store, sleeper, most)
    desk.worker.start(await store.claim())
    desk.running = asyncio.create_task(desk.worker.run())
    try:
        yield desk
    finally:
        desk.running.cancel()
        await asyncio.wait([desk.running])
        await desk.worker.finish(within)

"""Updates straight from a test to a bot in this process: in any order, under any ids, whatever they hold."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.playground.standin import World
from bot.playground.standin import serve as serve_world
from bot.playground.standin.updates import UpdateQueue
from bot.store import open_store
from bot.telegram_io.connection import build
from bot.telegram_io.ports import Turns
from bot.telegram_io.service import serve
from tests.faults.databases import Database, database_at, until_empty
from tests.faults.waiting import LONG_PATIENCE, until
from tests.support.bot_process import TOKEN
from tests.telegram_io.fakes import NOW, Sleeper

KEPT_CALLS = 20_000


class Feed(UpdateQueue):
    """Answers each poll with the next batch, as it was given.

    Several bots may poll: each batch goes to whichever comes first, as behind a load balancer.
    """

    def __init__(self) -> None:
        super().__init__()
        self._batches: asyncio.Queue[Sequence[Any]] = asyncio.Queue()

    def give(self, batch: Sequence[Any]) -> None:
        self._batches.put_nowait(batch)

    async def poll(self, offset: int, limit: int, seconds: float) -> Any:
        try:
            async with asyncio.timeout(min(seconds, 1.0)):
                return await self._batches.get()
        except TimeoutError:
            return []


@dataclass
class Fed:
    """Bots that are at work, and what they are fed with. Whatever they would wait for is over at once."""

    world: World
    feed: Feed
    database: Database
    bots: Sequence[asyncio.Task[None]]

    async def drained(self, ids: Collection[int]) -> None:
        """Wait until all these updates have come and nothing is left to do."""
        wanted = set(ids)

        async def come() -> bool:
            assert not self._ended(), "a bot ended by itself"
            rows = await self.database.rows("SELECT update_id FROM known_updates")
            return wanted <= {number for (number,) in rows}

        await until(come, LONG_PATIENCE)
        await until_empty(self.database)

    def _ended(self) -> bool:
        return any(bot.done() for bot in self.bots)


@asynccontextmanager
async def fed(url: str, guide_for: Callable[[str], Turns], bots: int = 1) -> AsyncIterator[Fed]:
    """So many bots in this process, each with a store of its own. Raises what one of them ended with."""
    world, feed, stop, sleeper = World(TOKEN, keep_calls=KEPT_CALLS), Feed(), asyncio.Event(), Sleeper()
    world.adopt(feed)
    async with serve_world(world) as telegram:
        stores = [await open_store(url) for _ in range(bots)]
        tasks = [
            asyncio.create_task(
                serve(
                    build(TOKEN, telegram.url),
                    guide_for,
                    store,
                    lambda: NOW,
                    stop=stop,
                    sleep=sleeper.sleep,
                    monotonic=sleeper.monotonic,
                )
            )
            for store in stores
        ]
        try:
            yield Fed(world, feed, database_at(url), tasks)
        finally:
            stop.set()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            for store in stores:
                await store.close()
        for error in ended:
            if error is not None:
                raise error


def said(update_id: int, person: int, text: str) -> dict[str, Any]:
    """The update by which Telegram tells that somebody wrote this."""
    return {
        "update_id": update_id,
        "message": {**_message(person, update_id), "from": _user(person), "text": text},
    }


def tapped(update_id: int, person: int, data: str, message_id: int = 1) -> dict[str, Any]:
    """The update by which Telegram tells that somebody tapped a button with this data."""
    query = {
        "id": f"{update_id}",
        "from": _user(person),
        "message": {**_message(person, message_id), "text": "?"},
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": update_id, "callback_query": query}


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def _message(person: int, message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "date": 1_750_000_000, "chat": {"id": person, "type": "private"}}


def batches(updates: Sequence[Any], draw: random.Random) -> Iterator[Sequence[Any]]:
    """The updates in order, in pieces as large as a poll may bring."""
    at = 0
    while at < len(updates):
        size = draw.randint(1, 100)
        yield updates[at : at + size]
        at += size

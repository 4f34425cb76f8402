"""What the bot does by itself, beside answering: it has a sender, learns what turns change, and ends with the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Never

import pytest

from bot.content.markup import rich
from bot.errors import TaskDiedError
from bot.guide.person import Change
from bot.guide.ports import Sender
from bot.guide.screen import Screen
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import build
from bot.telegram_io.ports import Turns
from bot.telegram_io.service import serve
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import NOW, MemoryStore, SmallGuide


class News:
    """Tells one person the news, and notes what it is told."""

    name = "news"

    def __init__(self, sender: Sender, person_id: int, error: Exception | None = None) -> None:
        self.sender = sender
        self.person_id = person_id
        self.error = error
        self.changes: list[tuple[int, tuple[Change, ...]]] = []
        self.finished = 0.0

    async def run(self) -> Never:
        if self.error is not None:
            raise self.error
        await self.sender.send(self.person_id, Screen(rich("News")), silent=True, repeat=True)
        await asyncio.Event().wait()
        raise AssertionError

    async def finish(self, within: float) -> None:
        self.finished = within

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        self.changes.append((person_id, tuple(changes)))


class Bench:
    """A bot with news."""

    def __init__(self, server: Server, store: MemoryStore, error: Exception | None = None) -> None:
        self.stop = asyncio.Event()
        self.news: list[News] = []
        self.error = error
        self.store = store
        self.url = server.url

    def beside(self, guide: Turns, sender: Sender) -> Sequence[News]:
        self.news.append(News(sender, self.person_id, self.error))
        return self.news

    async def serve(self, person_id: int) -> None:
        self.person_id = person_id
        await serve(
            build(TOKEN, self.url),
            lambda username: SmallGuide(),
            self.store,
            lambda: NOW,
            stop=self.stop,
            finish_within=3.0,
            beside=self.beside,
        )


async def test_it_can_send_learns_of_changes_and_is_finished(
    server: Server, store: MemoryStore, world: World, ann: Visitor
) -> None:
    bench = Bench(server, store)
    world.say(ann.id, "/start")
    task = asyncio.create_task(bench.serve(ann.id))
    await world.wait_until(lambda: len(ann.from_bot()) == 2)
    assert {message["text"].partition(",")[0] for message in ann.from_bot()} == {"Hello", "News"}
    hello = next(message for message in ann.from_bot() if message["text"].startswith("Hello"))
    await ann.taps("Yes", hello)
    bench.stop.set()
    await task
    (news,) = bench.news
    assert news.changes == store.saves
    assert news.changes
    assert news.finished == 3.0


async def test_one_that_dies_by_a_bug_ends_the_bot_in_one_line(
    server: Server, store: MemoryStore, ann: Visitor
) -> None:
    bench = Bench(server, store, RuntimeError("secret words"))
    with pytest.raises(TaskDiedError, match="news"):
        await bench.serve(ann.id)
    assert bench.news[0].finished

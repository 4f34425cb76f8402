from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.playground.standin.server import Server
from bot.playground.standin.server import serve as serve_world
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.service import serve
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper, SmallGuide

TOKEN = "4242:canary-token-AbCdEf"
Running = Callable[..., AbstractAsyncContextManager[asyncio.Task[None]]]


@pytest.fixture(autouse=True)
def _durations_as_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    # What build() asks of python-telegram-bot, for tests that make its errors by hand.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve_world(world) as server:
        yield server


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def guide() -> SmallGuide:
    return SmallGuide()


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
async def bot(server: Server, sleeper: Sleeper) -> AsyncIterator[Bot]:
    """A connected bot that takes no updates."""
    application = build(TOKEN, server.url, sleep=sleeper.sleep, monotonic=sleeper.monotonic)
    async with application:
        yield application.bot


@pytest.fixture
def running(server: Server, store: MemoryStore, guide: SmallGuide, sleeper: Sleeper) -> Running:
    """The whole bot at work while the block lasts; it is then asked to stop, as SIGTERM does."""

    @asynccontextmanager
    async def run(url: str | None = None, finish_within: float = 5.0) -> AsyncIterator[asyncio.Task[None]]:
        stop = asyncio.Event()
        work = serve(
            build(TOKEN, url or server.url, sleep=sleeper.sleep, monotonic=sleeper.monotonic),
            lambda username: guide,
            store,
            lambda: NOW,
            stop=stop,
            sleep=sleeper.sleep,
            monotonic=sleeper.monotonic,
            finish_within=finish_within,
        )
        task = asyncio.create_task(work)
        try:
            yield task
        finally:
            stop.set()
            await asyncio.wait([task])
            await store.close()
        await task

    return run


@pytest.fixture
async def working(running: Running) -> AsyncIterator[None]:
    async with running():
        yield


@pytest.fixture
def ann(world: World) -> Visitor:
    return Visitor(world, "Ann")


@pytest.fixture
def bob(world: World) -> Visitor:
    return Visitor(world, "Bob")

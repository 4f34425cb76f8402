"""Playgrounds for the tests of the page: one with the demo bot for the browser, one without a bot for the API."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.playground.run import Playground, playground
from tests.support.browser import browser, open_page

__all__ = ["browser", "open_page"]

DEMO = (sys.executable, str(Path(__file__).with_name("demo_bot.py")))
NO_BOT = (sys.executable, "-c", "")

Json = dict[str, Any]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Playground]:
    """A playground whose bot is the demo bot; tests share it, each with people of its own."""
    lines: list[str] = []
    data = tmp_path_factory.mktemp("playground")
    async with playground("127.0.0.1:0", data=data, command=DEMO, log=lines.append) as running:
        await running.bot.start()
        await running.world.wait_until(
            lambda: len(running.world.menu(next(iter(running.world.people)))) > 0, 30
        )
        yield running


@dataclass
class Client:
    """A client of the API, as the page is one."""

    playground: Playground
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return self.playground.address.url

    @property
    def person(self) -> int:
        """The id of the person who is there from the start."""
        return next(iter(self.playground.world.people))

    async def call(self, method: str, path: str, body: Any = None, **extra: Any) -> tuple[int, Json]:
        async with self.session.request(method, self.url + path, json=body, **extra) as response:
            return response.status, await response.json()


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    """The page's server without a bot."""
    async with (
        playground("127.0.0.1:0", data=tmp_path, command=NO_BOT, log=lambda text: None) as running,
        aiohttp.ClientSession() as session,
    ):
        yield Client(running, session)

"""A world, a server for it, somebody who has started the bot, and three clients: a bare one and two libraries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from bot.playground.standin import Server, World, serve
from bot.playground.standin.people import Person

from .client import TOKEN, Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(TOKEN, clock=clock)


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve(world, webhook_backoff=(0.0, 0.01)) as running:
        yield running


@pytest.fixture
async def api(server: Server) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, server.url)


@pytest.fixture
def ann(world: World) -> Person:
    """Somebody who has started the bot; her first update is out of the way."""
    person = world.add_person("Ann", username="ann_of_green")
    world.say(person.id, "/start")
    world.updates.drop_all()
    return person


@pytest.fixture
async def ptb(server: Server) -> AsyncIterator[telegram.Bot]:
    # Loading certificates takes longer than all the rest of a test.
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    bot = telegram.Bot(
        TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        get_updates_request=requests[0],
        request=requests[1],
    )
    async with bot:
        yield bot


class QuickSession(AiohttpSession):
    """aiogram's own session without its pause of a quarter of a second when it is closed."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@pytest.fixture
async def aio(server: Server) -> AsyncIterator[aiogram.Bot]:
    async with QuickSession(api=TelegramAPIServer.from_base(server.url)) as session:
        yield aiogram.Bot(TOKEN, session=session)

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.content.library import Library
from bot.playground.standin.server import Server
from bot.playground.standin.server import serve as serve_world
from bot.playground.standin.world import World
from tests.admin.office import Office
from tests.support.packs import PACKS, pack_library
from tests.telegram_io.conftest import TOKEN


@pytest.fixture(autouse=True)
def _durations_as_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    # What build() asks of python-telegram-bot, for tests that make its errors by hand.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture(params=PACKS)
def library(request: pytest.FixtureRequest) -> Library:
    pack: str = request.param
    return pack_library(pack)


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve_world(world) as server:
        yield server


@pytest.fixture
def office(world: World, server: Server, library: Library) -> Office:
    return Office(world, server, library)


@pytest.fixture
async def open_office(office: Office) -> AsyncIterator[Office]:
    async with office.open():
        yield office

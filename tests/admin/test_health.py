"""Whether the bot does its work, as whoever watches over it is told."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession

from bot.admin.health import PATIENCE, Doctor, Pulse, alive, ready
from bot.admin.health_site import told_over_http
from bot.errors import SettingsError, StoreError
from tests.telegram_io.fakes import MemoryStore


@dataclass
class Ward:
    """A bot to look at; ``time`` is what its clock shows."""

    store: MemoryStore = field(default_factory=MemoryStore)
    time: float = 1_000.0
    stopping: bool = False

    def __post_init__(self) -> None:
        self.pulse = Pulse(lambda: self.time)
        self.doctor = Doctor(self.store, self.pulse, lambda: self.stopping)

    def moves(self) -> None:
        for part in PATIENCE:
            self.pulse.beat(part)

    async def says(self) -> tuple[int, str]:
        status, _, body = await ready(self.doctor)
        return status, body


@pytest.fixture
def ward() -> Ward:
    return Ward()


def free_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return f"127.0.0.1:{probe.getsockname()[1]}"


async def test_a_bot_that_moves_is_ready(ward: Ward) -> None:
    ward.moves()
    assert await ward.says() == (200, "ready\n")


async def test_a_bot_that_has_not_begun_is_alive_but_not_ready(ward: Ward) -> None:
    assert (await alive())[0] == 200
    assert await ward.says() == (503, "intake: has not begun\n")


@pytest.mark.parametrize("part", PATIENCE)
async def test_a_part_that_stands_still_is_named(ward: Ward, part: str) -> None:
    ward.moves()
    ward.time += max(PATIENCE.values()) + 1
    for other in PATIENCE:
        if other != part:
            ward.pulse.beat(other)
    assert await ward.says() == (503, f"{part}: has not moved for 91 s\n")
    ward.moves()
    assert (await ward.says())[0] == 200


async def test_a_database_that_cannot_be_used_is_told_in_its_own_words(ward: Ward) -> None:
    ward.moves()
    ward.store.check_error = StoreError("bot.db: the disk is full")
    assert await ward.says() == (503, "bot.db: the disk is full\n")


async def test_a_bot_that_stops_takes_nothing_more(ward: Ward) -> None:
    ward.moves()
    ward.stopping = True
    assert await ward.says() == (503, "it was asked to stop\n")


async def test_over_http_only_these_paths_are_answered() -> None:
    listen = free_port()
    async with told_over_http(listen, {"/healthz": alive}), ClientSession(f"http://{listen}") as client:
        async with client.get("/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "alive\n")
        for path in ("/", "/metrics", "/healthz/x"):
            async with client.get(path) as answer:
                assert answer.status == 404
        async with client.post("/healthz") as answer:
            assert answer.status == 405


async def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match=r"^HTTP_LISTEN: the port is taken by another program"):
            async with told_over_http(listen, {}):
                pass

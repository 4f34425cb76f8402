"""The whole bot behind a webhook: its own process, real HTTP both ways."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.playground.standin import World
from bot.webhook_site import segment_of
from tests.support.bot_process import TOKEN, Chatter, running_bot

SECRET = "canary_secret-of-the-webhook-0123456789"
WORDS = "zebras ahoi"


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
def settings() -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = "{}:{}".format(*probe.getsockname())
    return {
        "WEBHOOK_URL": f"http://{listen}/telegram",
        "WEBHOOK_LISTEN": listen,
        "WEBHOOK_SECRET": SECRET,
        "LOG_LEVEL": "DEBUG",
    }


async def test_people_are_served_through_the_webhook_and_the_log_holds_no_secret(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db", **settings) as process:
        ana = Chatter(world, "Ana")
        await ana.says("/start")
        await ana.says(WORDS)
        assert world.webhook is not None
    assert not [call for call in world.calls if call.method == "getUpdates"]
    assert process.process is not None
    assert process.process.returncode == 0
    assert world.webhook is not None, "a stop leaves it"
    assert "updates are delivered to" in process.log
    for secret in (SECRET, segment_of(SECRET), TOKEN, WORDS):
        assert secret not in process.log


async def test_the_answer_to_a_tap_rides_in_the_answer_to_the_webhook(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with running_bot(world, tmp_path / "bot.db", **settings):
        ana = Chatter(world, "Ana")
        await ana.says("/menu")
        await ana.taps(ana.labels[0])
    answers = [call for call in world.calls if call.method == "answerCallbackQuery"]
    assert [call.via for call in answers] == ["webhook"], "and it is not made a second time"
    assert {call.via for call in world.calls if call.method.startswith(("send", "edit"))} == {"http"}


async def test_polling_again_takes_the_webhook_away_and_loses_nothing(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    ana = Chatter(world, "Ana")
    async with running_bot(world, tmp_path / "bot.db", **settings):
        await ana.says("/start")
    world.say(ana.id, WORDS)
    async with running_bot(world, tmp_path / "bot.db"):
        await world.wait_until(lambda: len(ana.messages) > 1)
    assert world.webhook is None


async def test_a_port_that_is_taken_ends_it_with_one_line(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket() as other:
        host, _, port = settings["WEBHOOK_LISTEN"].partition(":")
        other.bind((host, int(port)))
        other.listen()
        async with running_bot(world, tmp_path / "bot.db", **settings) as process:
            assert await process.ended() != 0
    assert "WEBHOOK_LISTEN: the port is taken" in process.log
    assert "Traceback" not in process.log

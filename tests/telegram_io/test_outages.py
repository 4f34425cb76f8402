"""Telegram out of order, or refusing us."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.errors import TelegramError
from bot.playground.standin import faults
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import build
from bot.telegram_io.incoming import ALLOWED_UPDATES
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import TOKEN, Running
from tests.telegram_io.fakes import Sleeper


async def test_an_outage_is_waited_out_with_growing_pauses(
    running: Running, world: World, ann: Visitor, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running():
        await ann.says("before")
        outage = world.faults.add("*", faults.reset(), times=12)
        world.updates.release_poller()
        await world.wait_until(lambda: outage.struck == 12)
        await ann.says("after")
    pauses = [wait for wait in sleeper.waits if wait > 0]
    assert max(pauses) <= 30
    assert sum(pauses) > 60
    assert caplog.text.count("Telegram cannot be reached") == 1
    assert "Telegram answers again" in caplog.text


async def test_getupdates_waits_as_long_as_it_is_told(
    running: Running, world: World, ann: Visitor, sleeper: Sleeper
) -> None:
    world.faults.add("getUpdates", faults.too_many(17), times=2)
    async with running():
        await ann.says("hello")
    assert sleeper.waits.count(17.0) == 2


async def test_nonsense_from_getupdates_is_survived(running: Running, world: World, ann: Visitor) -> None:
    world.faults.add("getUpdates", faults.not_json(), times=2)
    async with running():
        assert await ann.says("hello")


async def test_a_refused_token_ends_it_with_one_line_that_does_not_show_it(
    running: Running, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world.token = "4242:another"
    with pytest.raises(TelegramError, match="TELEGRAM_BOT_TOKEN is refused") as caught:
        async with running() as task:
            await asyncio.wait([task])
    secret = TOKEN.partition(":")[2]
    assert "\n" not in str(caught.value)
    assert secret not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    own = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert not any(secret in line for line in own)


async def test_a_token_revoked_while_it_runs_ends_it(running: Running, world: World, ann: Visitor) -> None:
    async def until_it_ends() -> None:
        async with running() as task:
            await ann.says("hello")
            world.token = "4242:another"
            world.updates.release_poller()
            await asyncio.wait([task])

    with pytest.raises(TelegramError, match="TELEGRAM_BOT_TOKEN"):
        await until_it_ends()


async def test_a_second_poller_is_told_of_once_and_ends_it_if_it_stays(
    running: Running, world: World, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.add("getUpdates", faults.conflict())
    began = sleeper.time
    with pytest.raises(TelegramError, match="Another program takes this bot's updates"):
        async with running() as task:
            await asyncio.wait([task])
    assert sleeper.time - began >= 30
    assert caplog.text.count("Another program takes this bot's updates") == 1


async def test_a_second_poller_that_goes_away_is_forgotten(
    running: Running, world: World, ann: Visitor
) -> None:
    world.faults.add("getUpdates", faults.conflict(), times=3)
    async with running():
        assert await ann.says("hello")


async def test_telegrams_plain_refusal_ends_it(running: Running, world: World) -> None:
    world.faults.add("getUpdates", faults.bad_request("Logged out"))
    with pytest.raises(TelegramError, match="Logged out"):
        async with running() as task:
            await asyncio.wait([task])


async def test_a_webhook_that_is_set_is_removed_and_its_updates_are_kept(
    running: Running, server: Server, world: World, ann: Visitor
) -> None:
    world.say(ann.id, "while the webhook was set")
    async with build(TOKEN, server.url) as application:
        await application.bot.set_webhook("http://127.0.0.1:9/nobody-listens")
    async with running():
        await world.wait_until(lambda: bool(ann.from_bot()))
    assert called(world, "deleteWebhook")[0].params.get("drop_pending_updates") in (
        None,
        "false",
        False,
        "False",
    )


async def test_only_the_kinds_of_updates_that_are_used_are_asked_for(
    running: Running, world: World, ann: Visitor
) -> None:
    async with running():
        await ann.says("hello")
    assert sorted(world.updates.allowed or ()) == sorted(ALLOWED_UPDATES)

"""The webhook in front of Telegram: set, served, stopped; alone and behind a reverse proxy."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web

from bot.errors import SettingsError, StoreError, TelegramError
from bot.playground.standin import faults
from bot.playground.standin.server import Server, serve
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.incoming import ALLOWED_UPDATES
from bot.webhook_site import WebhookSite
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.fakes import Basket, Catastrophe
from tests.telegram_io.webhooking import SECRET, Sender, Task, free_site, serving, update

BODY = json.dumps(update(1)).encode()


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve(world, webhook_backoff=(0.0, 0.01)) as server:
        yield server


@pytest.fixture
def basket() -> Basket:
    return Basket()


@pytest.fixture
def site() -> WebhookSite:
    return free_site()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def until_empty(world: World) -> None:
    await world.wait_until(lambda: not len(world.updates))


def texts(basket: Basket) -> list[str]:
    return [taken["message"]["text"] for taken in basket.taken]


async def test_telegram_is_told_where_and_delivers_what_it_kept_and_what_comes(
    bot: Bot, world: World, ann: Visitor, basket: Basket, site: WebhookSite
) -> None:
    world.say(ann.id, "before")
    async with serving(bot, world, basket, site):
        world.say(ann.id, "after")
        await until_empty(world)
    assert texts(basket) == ["before", "after"]
    assert world.webhook is not None
    assert world.webhook["url"] == f"{site.url}/{site.segment}"
    assert world.webhook["secret_token"] == SECRET
    assert world.webhook["max_connections"] == 100
    assert set((await bot.get_webhook_info()).allowed_updates or ()) == set(ALLOWED_UPDATES)


async def test_what_could_not_be_kept_comes_again(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    ann = Visitor(world)
    basket.errors = [StoreError("the disk is full") for _ in range(5)]
    async with serving(bot, world, basket, site):
        world.say(ann.id, "one")
        world.say(ann.id, "two")
        await until_empty(world)
    assert texts(basket) == ["one", "two"]
    assert caplog.text.count("the disk is full") == 1
    assert caplog.text.count("updates can be kept again") == 1
    assert world.webhook is not None
    assert world.webhook["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_stop_leaves_the_webhook_and_what_came_meanwhile_comes_at_the_next_start(
    bot: Bot, world: World, ann: Visitor, basket: Basket, site: WebhookSite
) -> None:
    async with serving(bot, world, basket, site) as task:
        pass
    assert task.cancelled()
    assert world.webhook is not None
    world.say(ann.id, "meanwhile")
    await world.wait_until(lambda: "last_error_message" in (world.webhook or {}))
    async with serving(bot, world, basket, site):
        await until_empty(world)
    assert texts(basket) == ["meanwhile"]


async def refused(bot: Bot, world: World, site: WebhookSite) -> str:
    async with serving(bot, world, Basket(), site) as task:
        with pytest.raises((SettingsError, TelegramError)) as caught:
            await task
    assert SECRET not in str(caught.value)
    assert site.segment not in str(caught.value)
    return str(caught.value)


async def test_a_port_that_is_taken_is_told_before_telegram_is(
    bot: Bot, world: World, basket: Basket, site: WebhookSite
) -> None:
    async with serving(bot, world, basket, site):
        before = len(called(world, "setWebhook"))
        line = await refused(bot, world, replace(site, url="http://127.0.0.1/another"))
        assert len(called(world, "setWebhook")) == before
    assert line.startswith("WEBHOOK_LISTEN: the port is taken by another program")


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b", "x" * 70])
async def test_a_host_that_is_not_ours_is_told(bot: Bot, world: World, site: WebhookSite, host: str) -> None:
    line = await refused(bot, world, replace(site, host=host))
    assert line.startswith("WEBHOOK_LISTEN: cannot listen there")
    assert called(world, "setWebhook") == []


async def test_an_address_that_telegram_will_not_have_is_told_with_its_reason(
    bot: Bot, world: World, site: WebhookSite
) -> None:
    world.faults.add(
        "setWebhook", faults.bad_request("bad webhook: webhook can be set up only on ports 80, 88")
    )
    line = await refused(bot, world, site)
    assert line.startswith("WEBHOOK_URL: Telegram will not deliver there: ")
    assert "only on ports 80, 88" in line


async def test_a_refused_token_ends_it(bot: Bot, world: World, site: WebhookSite) -> None:
    world.token = "4242:another"
    assert "TELEGRAM_BOT_TOKEN is refused" in await refused(bot, world, site)


async def test_an_outage_at_the_start_is_waited_out_while_old_deliveries_are_taken(
    bot: Bot, world: World, ann: Visitor, basket: Basket, site: WebhookSite
) -> None:
    async with serving(bot, world, basket, site):
        pass
    outage = world.faults.add("setWebhook", faults.server_error(), times=5)
    world.say(ann.id, "meanwhile")
    async with serving(bot, world, basket, site):
        await until_empty(world)
        await world.wait_until(lambda: outage.struck == 5)
    assert texts(basket) == ["meanwhile"]


async def test_a_bug_in_keeping_that_nothing_catches_ends_it(
    bot: Bot, world: World, ann: Visitor, basket: Basket, site: WebhookSite
) -> None:
    basket.errors = [Catastrophe()]
    async with serving(bot, world, basket, site) as task:
        world.say(ann.id, "one")
        with pytest.raises(Catastrophe):
            await task
    assert len(world.updates) == 1


class Looks:
    """Lets the webhook look whether it is still there, when told to."""

    def __init__(self) -> None:
        self._next = asyncio.Semaphore(0)

    async def wait(self, seconds: float) -> None:
        await self._next.acquire()

    def look(self) -> None:
        self._next.release()


async def test_a_webhook_that_another_program_took_away_is_told_of_and_set_again(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, caplog: pytest.LogCaptureFixture
) -> None:
    looks, ann = Looks(), Visitor(world)
    async with serving(bot, world, basket, site, every=looks.wait):
        looks.look()
        await world.wait_until(lambda: len(called(world, "getWebhookInfo")) == 1)
        await bot.delete_webhook()
        world.say(ann.id, "meanwhile")
        looks.look()
        await until_empty(world)
    assert texts(basket) == ["meanwhile"]
    assert caplog.text.count("another program took this bot's webhook away") == 1


async def test_a_webhook_that_is_taken_away_again_and_again_ends_it_with_one_line(
    bot: Bot, world: World, basket: Basket, site: WebhookSite
) -> None:
    looks = Looks()
    async with serving(bot, world, basket, site, every=looks.wait) as task:
        for number in range(3):
            await world.wait_until(lambda number=number: len(called(world, "setWebhook")) == number + 1)  # type: ignore[misc]
            await bot.delete_webhook()
            looks.look()
        with pytest.raises(TelegramError, match="takes this bot's webhook away again and again"):
            await task


@asynccontextmanager
async def request_in_hand(
    task: Task, basket: Basket, sender: Sender
) -> AsyncIterator[tuple[asyncio.Event, asyncio.Task[int]]]:
    """A request that is being kept when the stop comes."""
    gate = basket.hold()
    request = asyncio.create_task(sender.posts(BODY))
    await basket.entered.wait()
    task.cancel()
    yield gate, request
    await asyncio.wait([task])


async def until_closed(site: WebhookSite) -> None:
    """Until nobody listens any more."""
    while True:
        try:
            _, writer = await asyncio.open_connection(site.host, site.port)
        except ConnectionError:
            return
        writer.close()


async def test_a_stop_waits_for_the_request_in_hand(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, session: aiohttp.ClientSession
) -> None:
    sender = Sender(session, site)
    async with (
        serving(bot, world, basket, site, finish_within=60) as task,
        request_in_hand(task, basket, sender) as (gate, request),
    ):
        await until_closed(site)
        gate.set()
        assert await request == 200
    assert basket.taken == [update(1)]


async def test_a_stop_that_cannot_wait_any_longer_has_it_come_again(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, session: aiohttp.ClientSession
) -> None:
    sender = Sender(session, site)
    async with (
        serving(bot, world, basket, site, finish_within=0.01) as task,
        request_in_hand(task, basket, sender) as (_, request),
    ):
        assert await request == 503
    assert basket.taken == []


async def test_while_stopping_what_comes_on_an_open_connection_is_to_come_again(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, session: aiohttp.ClientSession
) -> None:
    sender = Sender(session, site)
    async with serving(bot, world, basket, site, finish_within=60, body_seconds=600) as task:
        reader, writer = await asyncio.open_connection(site.host, site.port)
        writer.write(sender.request(body=BODY, last=False))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        basket.entered.clear()
        async with request_in_hand(task, basket, sender) as (gate, request):
            await until_closed(site)
            writer.write(sender.request("Content-Length: 99", last=False))
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 503 "), (
                "the body is not awaited"
            )
            gate.set()
            assert await request == 200
        assert await reader.read() == b"", "the connection is closed"
        writer.close()


async def test_a_stop_does_not_wait_for_half_a_body(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, session: aiohttp.ClientSession
) -> None:
    half = Sender(session, site).request("Expect: 100-continue", f"Content-Length: {len(BODY)}", last=False)
    async with serving(bot, world, basket, site, body_seconds=600) as task:
        reader, writer = await asyncio.open_connection(site.host, site.port)
        writer.write(half)
        await reader.readuntil(b"100 Continue\r\n\r\n")
        writer.write(BODY[:5])
        task.cancel()
        assert (await reader.read()).startswith(b"HTTP/1.1 503 ")
        writer.close()


@asynccontextmanager
async def reverse_proxy(behind: WebhookSite, before: str, strips: str) -> AsyncIterator[str]:
    """A proxy that takes ``strips`` from the beginning of the path and puts ``before`` there; its address."""
    client = aiohttp.ClientSession()

    async def pass_on(request: web.Request) -> web.Response:
        path = before + request.raw_path.removeprefix(strips)
        headers = {
            **request.headers,
            "Host": "backend",
            "X-Forwarded-For": "198.51.100.7",
            "Via": "1.1 proxy",
        }
        url = f"http://{behind.host}:{behind.port}{path}"
        async with client.request(request.method, url, data=await request.read(), headers=headers) as answer:
            return web.Response(status=answer.status, body=await answer.read())

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await client.close()


@pytest.mark.parametrize("paths", [("", ""), ("", "/telegram"), ("/bots/7", "/telegram")])
async def test_behind_a_reverse_proxy_it_works_the_same(
    bot: Bot, world: World, basket: Basket, site: WebhookSite, paths: tuple[str, str]
) -> None:
    ann, bob = Visitor(world, "Ann"), Visitor(world, "Bob")
    async with reverse_proxy(site, *paths) as address:
        public = replace(site, url=f"{address}/telegram")
        async with serving(bot, world, basket, public):
            for number in range(20):
                world.say(ann.id, f"ann {number}")
                world.say(bob.id, f"bob {number}")
            await until_empty(world)
    assert "last_error_message" not in (world.webhook or {})
    assert sorted(texts(basket)) == sorted(
        f"{who} {number}" for who in ("ann", "bob") for number in range(20)
    )

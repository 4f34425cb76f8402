"""Webhooks: what can be set, delivery with the secret, order, retries, and calls in the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.playground.standin import World
from bot.playground.standin.people import Person
from bot.playground.standin.webhook import WebhookSender, called, line_of

from .client import Api

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[web.StreamResponse]]


class Bot:
    """A bot's end of a webhook: remembers what came and answers as told."""

    def __init__(self) -> None:
        self.got: list[Json] = []
        self.headers: list[str | None] = []
        self.url = ""
        self.answer: Answer | None = None
        self.arrived = asyncio.Condition()

    async def take(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        async with self.arrived:
            self.got.append(update)
            self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.arrived.notify_all()
        return await self.answer(update) if self.answer else web.Response()

    async def received(self, count: int) -> list[Json]:
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.got) >= count)
        return self.got


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield bot
    await runner.cleanup()


async def in_trouble(world: World) -> None:
    """Waits until a delivery failed."""
    await world.wait_until(lambda: "last_error_message" in (world.webhook or {}))


async def until_empty(world: World) -> None:
    await world.wait_until(lambda: not len(world.updates))


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "hook"}, "bad webhook: invalid webhook URL specified"),
        ({"url": "https://[::1/hook"}, "bad webhook: invalid webhook URL specified"),
        (
            {"url": "https://example.org/", "secret_token": "with space"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_webhook_telegram_would_refuse_is_refused(api: Api, params: Json, complaint: str) -> None:
    assert await api.refused("setWebhook", **params) == f"Bad Request: {complaint}"


async def test_a_webhook_is_told_about_and_taken_away(api: Api, ann: Person, world: World) -> None:
    await api.ok("setWebhook", url="https://127.0.0.1:1/hook", max_connections=7, allowed_updates=["message"])
    info = await api.ok("getWebhookInfo")
    assert info == {
        "url": "https://127.0.0.1:1/hook",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "allowed_updates": ["message"],
    }
    world.say(ann.id, "pending")
    await api.ok("setWebhook", url="")
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 1
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.ok("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "allowed_updates": ["message"],
    }


async def test_updates_are_delivered_with_the_secret(api: Api, ann: Person, world: World, bot: Bot) -> None:
    world.say(ann.id, "before")
    await api.ok("setWebhook", url=bot.url, secret_token="s" * 32)
    world.say(ann.id, "after 😀")
    got = await bot.received(2)
    assert [update["message"]["text"] for update in got] == ["before", "after 😀"]
    assert bot.headers == ["s" * 32] * 2
    await until_empty(world)


async def test_a_refused_update_is_delivered_again_and_the_next_ones_wait(
    api: Api, ann: Person, world: World, bot: Bot
) -> None:
    refusals = 3

    async def refuse_first(update: Json) -> web.StreamResponse:
        return web.Response(status=503 if len(bot.got) <= refusals else 200)

    bot.answer = refuse_first
    await api.ok("setWebhook", url=bot.url)
    world.say(ann.id, "one")
    world.say(ann.id, "two")
    got = await bot.received(5)
    assert [update["message"]["text"] for update in got] == ["one"] * 4 + ["two"]
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] == world.now()


async def test_one_persons_trouble_does_not_hold_up_another(
    api: Api, ann: Person, world: World, bot: Bot
) -> None:
    bea = world.add_person("Bea")

    async def refuse_ann(update: Json) -> web.StreamResponse:
        return web.Response(status=500 if update["message"]["from"]["id"] == ann.id else 200)

    bot.answer = refuse_ann
    await api.ok("setWebhook", url=bot.url)
    world.say(ann.id, "stuck")
    world.say(bea.id, "through")
    async with asyncio.timeout(5):
        while not any(update["message"]["text"] == "through" for update in bot.got):
            await bot.received(len(bot.got) + 1)
    bot.answer = None
    await until_empty(world)


async def test_what_was_not_delivered_is_polled_after_the_webhook_is_gone(
    api: Api, ann: Person, world: World
) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:1/closed")
    for text in "abc":
        world.say(ann.id, text)
    await in_trouble(world)
    info = await api.ok("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 3)
    await api.ok("deleteWebhook")
    await world.wait_until(lambda: len(world.updates.ready(0, 100)) == 3)
    updates = await api.ok("getUpdates")
    assert [update["message"]["text"] for update in updates] == list("abc")


async def test_dropping_pending_updates_drops_undelivered_ones_too(
    api: Api, ann: Person, world: World, bot: Bot
) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:1/closed")
    world.say(ann.id, "lost")
    await in_trouble(world)
    await api.ok("setWebhook", url=bot.url, drop_pending_updates=True)
    world.say(ann.id, "kept")
    [update] = await bot.received(1)
    assert update["message"]["text"] == "kept"
    await until_empty(world)


@pytest.mark.parametrize("way", ["json", "form"])
async def test_a_call_in_the_webhooks_answer_is_done(
    api: Api, ann: Person, world: World, bot: Bot, way: str
) -> None:
    async def reply(update: Json) -> web.StreamResponse:
        if way == "form":
            body = f"method=sendMessage&chat_id={ann.id}&text=pong"
            return web.Response(text=body, content_type="application/x-www-form-urlencoded")
        return web.json_response({"method": "sendMessage", "chat_id": ann.id, "text": "pong"})

    bot.answer = reply
    await api.ok("setWebhook", url=bot.url)
    world.say(ann.id, "ping")
    await world.wait_until(lambda: world.calls[-1].via == "webhook")
    assert world.chat(ann.id)[-1]["text"] == "pong"
    assert (world.calls[-1].method, world.calls[-1].params["text"]) == ("sendMessage", "pong")


async def test_an_update_in_delivery_when_the_webhook_goes_is_polled(
    api: Api, ann: Person, world: World, bot: Bot
) -> None:
    async def give_up(update: Json) -> web.StreamResponse:
        await api.ok("deleteWebhook")
        await world.wait_until(lambda: world.updates.ready(0, 1))
        return web.Response()

    bot.answer = give_up
    await api.ok("setWebhook", url=bot.url)
    world.say(ann.id, "either way")
    await bot.received(1)
    [update] = await api.ok("getUpdates", timeout=5)
    assert update["message"]["text"] == "either way"


async def test_a_webhook_that_takes_too_long_has_not_taken_the_update(
    ann: Person, world: World, bot: Bot
) -> None:
    async def dawdle(update: Json) -> web.StreamResponse:
        await world.wait_until(lambda: "last_error_message" in (world.webhook or {}))
        return web.Response()

    bot.answer = dawdle
    async with WebhookSender(world, backoff=(0.0,), patience=0.05):
        world.set_webhook({"url": bot.url, "secret_token": "", "max_connections": 1})
        world.say(ann.id, "x")
        await in_trouble(world)
        assert (world.webhook or {})["last_error_message"] == "Read timeout expired"
        await until_empty(world)
    assert [update["message"]["text"] for update in bot.got] == ["x", "x"]


@pytest.mark.parametrize(
    ("content_type", "raw"),
    [
        ("text/html", "ok"),
        ("application/json", "[]"),
        ("application/json", "{}"),
        ("application/json", '{"method":1}'),
    ],
)
def test_any_other_answer_is_no_call(content_type: str, raw: str) -> None:
    assert called(content_type, raw) is None


def test_a_persons_messages_and_taps_are_two_lines_and_people_are_apart() -> None:
    message: Json = {"update_id": 1, "message": {"chat": {"id": 1}, "from": {"id": 1}}}
    edited: Json = {"update_id": 2, "edited_message": {"chat": {"id": 1}}}
    tap: Json = {"update_id": 3, "callback_query": {"from": {"id": 1}}}
    other: Json = {"update_id": 4, "message": {"chat": {"id": 2}}}
    assert line_of(message) == line_of(edited)
    assert len({line_of(item) for item in (message, tap, other)}) == 3
    assert line_of({"update_id": 5, "poll": {"id": "1"}}) == "poll"
    assert line_of({"update_id": 6, "message": 5}) == "message"
    assert line_of({"update_id": 7, "message": {"chat": 5}}) == "message"

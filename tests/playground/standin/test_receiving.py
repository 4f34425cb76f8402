"""getUpdates: order, confirmation by offset, long polling, kinds, and two pollers at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.playground.standin import Server, World, serve
from bot.playground.standin.people import Person

from .client import Api

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def waiting_poll(api: Api, world: World, **params: Any) -> asyncio.Task[tuple[int, dict[str, Any]]]:
    """A long poll that has reached the server and waits there."""
    poll = asyncio.create_task(api.answer("getUpdates", timeout=30, **params))
    await world.wait_until(lambda: world.updates.polled)
    return poll


async def test_updates_come_in_order_until_the_offset_confirms_them(
    api: Api, ann: Person, world: World
) -> None:
    ids = [world.say(ann.id, text) for text in "abcde"]
    assert texts(await api.ok("getUpdates")) == list("abcde")
    assert texts(await api.ok("getUpdates", offset=0, limit=2)) == list("ab")
    assert texts(await api.ok("getUpdates", offset=ids[2])) == list("cde")
    assert texts(await api.ok("getUpdates")) == list("cde")
    assert await api.ok("getUpdates", offset=ids[-1] + 1) == []
    assert len(world.updates) == 0


async def test_a_negative_offset_keeps_only_the_last_ones(api: Api, ann: Person, world: World) -> None:
    for text in "abcde":
        world.say(ann.id, text)
    assert texts(await api.ok("getUpdates", offset=-2)) == list("de")
    assert texts(await api.ok("getUpdates")) == list("de")


@pytest.mark.parametrize("limit", [0, -5, 101, "many"])
async def test_a_limit_out_of_range_means_a_hundred(api: Api, ann: Person, world: World, limit: Any) -> None:
    for number in range(120):
        world.say(ann.id, str(number))
    assert len(await api.ok("getUpdates", limit=limit)) == 100


async def test_a_long_poll_is_answered_by_the_first_update(api: Api, ann: Person, world: World) -> None:
    poll = await waiting_poll(api, world)
    world.say(ann.id, "now")
    status, body = await poll
    assert (status, texts(body["result"])) == (200, ["now"])


async def test_a_long_poll_without_updates_ends_empty(api: Api, world: World) -> None:
    assert await api.ok("getUpdates", timeout=1) == []
    assert world.updates.polled is False


async def test_the_newer_of_two_pollers_ends_the_older(api: Api, ann: Person, world: World) -> None:
    older = await waiting_poll(api, world)
    newer = asyncio.create_task(api.answer("getUpdates", timeout=30))
    assert await older == (409, {"ok": False, "error_code": 409, "description": CONFLICT})
    world.say(ann.id, "for the newer")
    _, body = await newer
    assert texts(body["result"]) == ["for the newer"]


async def test_a_poll_is_refused_while_a_webhook_is_set(api: Api, world: World) -> None:
    poll = await waiting_poll(api, world)
    await api.ok("setWebhook", url="https://example.org/hook")
    status, body = await poll
    assert (status, body["description"]) == (409, "Conflict: terminated by setWebhook request")
    assert await api.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []


async def test_only_the_wanted_kinds_are_queued(api: Api, ann: Person, world: World) -> None:
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    first = world.say(ann.id, "unwanted")
    world.tap(ann.id, world.chat(ann.id)[0]["message_id"], "x")
    [update] = await api.ok("getUpdates")
    assert (update["update_id"], "callback_query" in update) == (first + 1, True)
    assert (await api.ok("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await api.ok("getUpdates", offset=update["update_id"] + 1, allowed_updates="[]")
    world.say(ann.id, "wanted again")
    assert texts(await api.ok("getUpdates")) == ["wanted again"]


@pytest.mark.parametrize("kinds", ["message", "{}", '"message"'])
async def test_kinds_that_are_no_list_are_refused(api: Api, kinds: str) -> None:
    assert (
        await api.refused("getUpdates", allowed_updates=kinds)
        == "Bad Request: can't parse allowed updates: expected an Array of String"
    )


async def test_rare_kinds_come_only_when_asked_for_and_unknown_ones_always(world: World) -> None:
    assert not world.updates.wants({"chat_member": {}})
    assert world.updates.wants({"update_id": 5, "message": {}})
    assert world.updates.wants({"something_new": {}})
    world.updates.allow(["chat_member"])
    assert world.updates.wants({"chat_member": {}})
    assert not world.updates.wants({"message": {}})
    assert world.updates.wants({"something_new": {}})


async def test_any_update_can_be_pushed_as_it_is(api: Api, ann: Person, world: World) -> None:
    pushed = world.push({"message": {"nonsense": True}})
    again = world.push({"update_id": pushed, "chat_member": 5})
    world.say(ann.id, "after")
    updates = await api.ok("getUpdates")
    assert again == pushed
    assert updates[:2] == [
        {"update_id": pushed, "message": {"nonsense": True}},
        {"update_id": pushed, "chat_member": 5},
    ]
    assert updates[2]["update_id"] == pushed + 1


async def test_a_poll_ends_when_the_server_does(world: World, ann: Person) -> None:
    async with serve(world) as server:
        task = asyncio.create_task(world.updates.poll(0, 100, 30))
        await world.wait_until(lambda: world.updates.polled)
        assert server.url
    assert await task == []


async def test_a_server_can_come_back_on_its_port(world: World, server: Server) -> None:
    async with serve(World("1:x")) as other:
        port = other.port
    async with serve(world, port=port) as again:
        assert again.port == port


async def test_logging_out_and_closing_succeed(api: Api) -> None:
    assert await api.ok("logOut") is True
    assert await api.ok("close") is True

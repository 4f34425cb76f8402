"""What the stand-in can be told to do wrong, and that it does exactly that."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.playground.standin import World
from bot.playground.standin.faults import (
    ACTS,
    bad_request,
    blocked,
    conflict,
    lose_answer,
    not_json,
    refuse,
    reset,
    server_error,
    slow,
    too_many,
)
from bot.playground.standin.people import Person

from .client import Api


def sent(world: World, person: Person) -> list[str]:
    """What the person got from the bot."""
    return [message["text"] for message in world.chat(person.id) if message["from"]["is_bot"]]


async def test_too_many_requests_says_how_long_to_wait_and_does_nothing(
    api: Api, ann: Person, world: World
) -> None:
    world.faults.add("sendMessage", too_many(7), times=1)
    assert await api.answer("sendMessage", chat_id=ann.id, text="x") == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        },
    )
    assert sent(world, ann) == []
    assert await api.ok("sendMessage", chat_id=ann.id, text="y")
    assert [call.fault for call in world.calls] == ["too_many", None]


async def test_refusals_of_all_kinds(api: Api, ann: Person, world: World) -> None:
    message = {"chat_id": ann.id, "text": "x"}
    world.faults.add("*", blocked(), times=1)
    assert await api.refused("sendMessage", **message) == "Forbidden: bot was blocked by the user"
    world.faults.add("*", bad_request("some reason"), times=1)
    assert await api.refused("sendMessage", **message) == "Bad Request: some reason"
    world.faults.add("getupdates", conflict(), times=1)
    assert (await api.refused("getUpdates")).startswith("Conflict: terminated by other getUpdates")
    world.faults.add(
        "*", refuse(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100)
    )
    _, body = await api.answer("sendMessage", **message)
    assert body["parameters"] == {"migrate_to_chat_id": -100}
    world.faults.clear()
    assert await api.ok("sendMessage", **message)


@pytest.mark.parametrize("acts", [False, True])
async def test_a_server_error_is_a_page_and_may_come_after_the_act(
    api: Api, ann: Person, world: World, acts: bool
) -> None:
    world.faults.add("sendMessage", server_error(502, acts=acts))
    async with api.session.post(
        api.address("sendMessage"), json={"chat_id": ann.id, "text": "x"}
    ) as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "502" in await response.text()
    assert sent(world, ann) == (["x"] if acts else [])


@pytest.mark.parametrize("acts", [False, True])
async def test_a_server_error_may_be_json(api: Api, ann: Person, world: World, acts: bool) -> None:
    world.faults.add("sendMessage", server_error(500, html=False, acts=acts))
    status, body = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert (status, body["description"]) == (500, "Internal Server Error: internal server error")
    assert sent(world, ann) == (["x"] if acts else [])
    assert world.calls[-1].response["ok"] is acts


@pytest.mark.parametrize("acts", [False, True])
async def test_an_answer_may_be_cut_off(api: Api, ann: Person, world: World, acts: bool) -> None:
    world.faults.add("sendMessage", not_json(acts=acts))
    async with api.session.post(
        api.address("sendMessage"), json={"chat_id": ann.id, "text": "x"}
    ) as response:
        assert response.status == 200
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            await response.json()
    assert sent(world, ann) == (["x"] if acts else [])


async def test_a_lost_answer_comes_after_the_act(api: Api, ann: Person, world: World) -> None:
    world.faults.add("sendMessage", lose_answer(), times=1)
    with pytest.raises(aiohttp.ClientError):
        await api.answer("sendMessage", chat_id=ann.id, text="arrived")
    assert sent(world, ann) == ["arrived"]
    assert (world.calls[-1].fault, world.calls[-1].response["ok"]) == ("lose_answer", True)


async def test_a_reset_comes_before_the_act(api: Api, ann: Person, world: World) -> None:
    world.faults.add("sendMessage", reset(), times=1)
    with pytest.raises(aiohttp.ClientError):
        await api.answer("sendMessage", chat_id=ann.id, text="never")
    assert sent(world, ann) == []
    assert await api.ok("getMe")


async def test_a_slow_answer_comes_late_though_the_act_is_done(api: Api, ann: Person, world: World) -> None:
    world.faults.add("sendMessage", slow(0.05))
    call = asyncio.create_task(api.ok("sendMessage", chat_id=ann.id, text="x"))
    await world.wait_until(lambda: sent(world, ann) == ["x"])
    assert not call.done()
    assert (await call)["text"] == "x"
    assert world.calls[-1].ms >= 50


async def test_a_share_of_the_calls_fails_and_the_same_seed_fails_the_same(world: World) -> None:
    def draws() -> list[bool]:
        fresh = World("1:x")
        fresh.faults.add("send*", too_many(), share=0.3)
        return [fresh.faults.strike("sendMessage", {}) is not None for _ in range(1_000)]

    assert draws() == draws()
    assert 250 < sum(draws()) < 350
    with pytest.raises(ValueError, match="share: 2"):
        world.faults.add("*", too_many(), share=2)


async def test_a_rule_may_look_at_the_parameters_and_the_first_that_fits_decides(world: World) -> None:
    world.faults.add("sendMessage", blocked(), when=lambda params: params.get("chat_id") == 5)
    world.faults.add("send*", too_many())
    strike = world.faults.strike
    assert strike("getMe", {}) is None
    for_five, for_six = strike("sendMessage", {"chat_id": 5}), strike("sendMessage", {"chat_id": 6})
    assert for_five is not None
    assert for_six is not None
    assert (for_five.name, for_six.name) == ("blocked", "too_many")


async def test_rules_can_be_told_as_json_and_listed(api: Api, ann: Person, world: World) -> None:
    world.faults.add_spec({"method": "send*", "act": "too_many", "retry_after": 3, "times": 1})
    world.faults.add_spec({"act": "slow", "seconds": 0.0, "share": 0.5})
    await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert world.faults.listing() == [
        {"method": "send*", "act": "too_many", "times": 1, "share": 1.0, "struck": 1},
        {"method": "*", "act": "slow", "times": None, "share": 0.5, "struck": 0},
    ]
    with pytest.raises(ValueError, match="act: 'explode' is unknown; use one of bad_request, blocked"):
        world.faults.add_spec({"act": "explode"})
    with pytest.raises(ValueError, match=r"act slow: .*minutes"):
        world.faults.add_spec({"act": "slow", "minutes": 1})


def test_every_act_has_a_name_to_tell_it_by() -> None:
    assert sorted(ACTS) == sorted(
        [
            "too_many",
            "server_error",
            "lose_answer",
            "reset",
            "slow",
            "not_json",
            "blocked",
            "conflict",
            "bad_request",
            "refuse",
        ]
    )

"""The end of the bot: asked for, crashed, or by a bug; and the start after it."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import TaskDiedError
from bot.playground.standin import faults
from bot.playground.standin.updates import FIRST_UPDATE_ID
from bot.playground.standin.world import World
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import Running
from tests.telegram_io.fakes import MemoryStore, Sleeper


async def test_asked_to_stop_it_finishes_the_turn_in_hand_and_leaves_the_rest_for_the_next_start(
    running: Running, world: World, ann: Visitor, store: MemoryStore
) -> None:
    gate = store.hold(ann.id)
    async with running():
        world.say(ann.id, "one")
        world.say(ann.id, "two")
        await until_entered(world, store, ann)
        asyncio.get_running_loop().call_later(0.2, gate.set)
    assert [message["text"] for message in ann.from_bot()] == ["You said: one"]
    async with running():
        await world.wait_until(lambda: len(ann.from_bot()) == 2)
    assert [message["text"] for message in ann.from_bot()] == ["You said: one", "You said: two"]
    assert store.letters == {}


async def test_a_turn_that_does_not_end_in_time_is_done_at_the_next_start(
    running: Running, world: World, ann: Visitor, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    gate = store.hold(ann.id)
    async with running(finish_within=0.01):
        world.say(ann.id, "one")
        await until_entered(world, store, ann)
    assert "1 turns did not end" in caplog.text
    assert len(store.letters) == 1
    gate.set()
    async with running():
        await world.wait_until(lambda: bool(ann.from_bot()))
    assert ann.sees() == "You said: one"


async def test_what_telegram_delivers_again_after_a_restart_is_not_answered_again(
    running: Running, world: World, ann: Visitor
) -> None:
    async with running():
        await ann.says("one")
    world.updates.push(said(ann, FIRST_UPDATE_ID, "one"))
    async with running():
        await ann.says("two")
    assert [message["text"] for message in ann.from_bot()] == ["You said: one", "You said: two"]


def said(person: Visitor, update_id: int, text: str) -> dict[str, object]:
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": person.id, "type": "private"},
        "from": {"id": person.id, "is_bot": False, "first_name": "Ann"},
        "text": text,
    }
    return {"update_id": update_id, "message": message}


async def until_entered(world: World, store: MemoryStore, person: Visitor) -> None:
    other = Visitor(world, "Other")
    while person.id not in store.entered:
        await other.says("tick")


async def test_a_stop_before_telegram_answers_is_a_stop(
    running: Running, world: World, sleeper: Sleeper
) -> None:
    world.faults.add("getMe", faults.server_error())
    async with running():
        await world.wait_until(lambda: len(called(world, "getMe")) > 3)
    assert called(world, "getUpdates") == []


async def test_a_background_task_that_dies_ends_it_with_one_line(
    running: Running, world: World, ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    world.say(ann.id, "/die")
    with pytest.raises(TaskDiedError, match=r"ended: worker \(code [0-9A-Z]{6} in the log tells why\)"):
        async with running() as task:
            await asyncio.wait([task], timeout=10)
    assert "Catastrophe" in caplog.text


async def test_after_a_crash_what_was_not_done_is_done(
    running: Running, world: World, ann: Visitor, store: MemoryStore
) -> None:
    store.hold(ann.id)

    async def until_it_crashes() -> None:
        async with running(finish_within=0.01) as task:
            world.say(ann.id, "one")
            world.say(ann.id, "two")
            await until_entered(world, store, ann)
            task.cancel()
            await asyncio.wait([task])

    with pytest.raises(asyncio.CancelledError):
        await until_it_crashes()
    store.hold(ann.id).set()
    async with running():
        await world.wait_until(lambda: len(ann.from_bot()) == 2)
    assert [message["text"] for message in ann.from_bot()] == ["You said: one", "You said: two"]

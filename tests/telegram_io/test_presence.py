"""Who blocked the bot, who came back, who cannot be reached."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.errors import StoreError
from bot.guide.person import Presence
from bot.playground.standin import faults
from bot.playground.standin.world import World
from tests.faults.waiting import until
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.fakes import MemoryStore


@pytest.mark.usefixtures("working")
async def test_who_blocks_the_bot_is_gone_and_who_unblocks_it_is_back(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("hello")
    world.block(ann.id)
    await ann_is(world, store, ann, gone=True)
    world.unblock(ann.id)
    await ann_is(world, store, ann, gone=False)


@pytest.mark.usefixtures("working")
async def test_who_cannot_be_reached_is_marked_as_gone(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    await ann.taps("Yes")
    world.faults.add("sendMessage", faults.blocked(), when=lambda call: call["chat_id"] == ann.id)
    world.say(ann.id, "hello")
    await ann_is(world, store, ann, gone=True)
    assert (ann.id, (Presence(gone=True),)) in store.saves


@pytest.mark.usefixtures("working")
async def test_of_a_stranger_who_cannot_be_reached_nothing_is_kept(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    world.faults.add("sendMessage", faults.blocked(), times=1)
    world.say(ann.id, "hello")
    await world.wait_until(lambda: len(ann.shown()) == 1)
    await ann.says("hello again")
    assert store.saves == []


@pytest.mark.usefixtures("working")
async def test_somebody_who_is_gone_is_remembered_once_the_store_can_be_used(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await ann.says("/start")
    await ann.taps("Yes")
    world.faults.add("sendMessage", faults.blocked(), when=lambda call: call["chat_id"] == ann.id)
    store.save_error = StoreError("the disk is full")
    world.say(ann.id, "hello")
    await world.wait_until(lambda: len(ann.shown()) > 4)
    store.save_error = None
    await ann_is(world, store, ann, gone=True)


@pytest.mark.usefixtures("working")
async def test_who_was_erased_and_then_cannot_be_reached_stays_erased(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    world.faults.add("sendMessage", faults.blocked(), times=1)
    world.say(ann.id, "/deleteme")
    await world.wait_until(lambda: len(ann.shown()) == 1)
    world.unblock(ann.id)
    await ann.says("hello")
    assert (ann.id, (Presence(gone=True),)) not in store.saves


@pytest.mark.usefixtures("working")
async def test_nobody_hears_an_apology_for_a_block_that_could_not_be_handled(
    world: World, ann: Visitor, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    await ann.says("hello")
    store.error = OSError()
    world.block(ann.id)
    await until(buried(store))
    store.error = None
    world.unblock(ann.id)
    await ann.says("hello")
    assert len(ann.shown()) == 2
    assert "a turn failed" in caplog.text


def buried(store: MemoryStore) -> Callable[[], Awaitable[bool]]:
    """No call to Telegram tells of it."""

    async def look() -> bool:
        return bool(store.dead)

    return look


async def ann_is(world: World, store: MemoryStore, ann: Visitor, *, gone: bool) -> None:
    """The presence is stored without a message, so a later turn of somebody else's tells that it is done."""
    other = Visitor(world, "Other")
    for _ in range(50):
        if ann.id in store.people and store.people[ann.id].gone is gone:
            return
        await other.says("tick")
    raise AssertionError(f"gone is not {gone}")

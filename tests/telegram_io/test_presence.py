"""Who blocked the bot, who came back, who cannot be reached."""

from __future__ import annotations

import pytest

from bot.guide.person import Presence
from bot.playground.standin import faults
from bot.playground.standin.world import World
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
    world.faults.add("sendMessage", faults.blocked(), times=1)
    world.say(ann.id, "hello")
    await ann_is(world, store, ann, gone=True)
    assert (ann.id, (Presence(gone=True),)) in store.saves


@pytest.mark.usefixtures("working")
async def test_a_store_that_cannot_mark_somebody_as_gone_is_told_of_and_no_more(
    world: World, ann: Visitor, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.add("sendMessage", faults.blocked(), times=1)
    store.save_error = OSError("disk full")
    world.say(ann.id, "hello")
    await world.wait_until(lambda: len(ann.shown()) == 1)
    assert (await ann.says("hello"))["text"] == "You said: hello"
    assert "remembering that a person is gone failed" in caplog.text


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
async def test_nobody_hears_an_apology_for_a_block_that_could_not_be_stored(
    world: World, ann: Visitor, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    await ann.says("hello")
    store.error = OSError()
    world.block(ann.id)
    await world.wait_until(lambda: len(store.entered) == 2)
    store.error = None
    world.unblock(ann.id)
    await ann.says("hello")
    assert len(ann.shown()) == 2
    assert "a turn failed" in caplog.text


async def ann_is(world: World, store: MemoryStore, ann: Visitor, *, gone: bool) -> None:
    """The presence is stored without a message, so a later turn of somebody else's tells that it is done."""
    other = Visitor(world, "Other")
    for _ in range(50):
        if ann.id in store.people and store.people[ann.id].gone is gone:
            return
        await other.says("tick")
    raise AssertionError(f"gone is not {gone}")

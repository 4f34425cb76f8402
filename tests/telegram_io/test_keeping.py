"""Group commit: one write for what arrives together, and to each what became of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import pytest

from bot.errors import StoreError
from bot.telegram_io.keeping import TOGETHER, Keeper
from bot.telegram_io.ports import RawUpdate
from tests.telegram_io.fakes import Basket, Catastrophe, Sleeper


def numbered(*numbers: int) -> list[RawUpdate]:
    return [{"update_id": number} for number in numbers]


@pytest.fixture
def basket() -> Basket:
    return Basket()


@pytest.fixture
def keeper(basket: Basket, sleeper: Sleeper) -> Keeper:
    return Keeper(basket, monotonic=sleeper.monotonic)


@pytest.fixture(autouse=True)
async def at_work(keeper: Keeper) -> AsyncIterator[asyncio.Task[None]]:
    task: asyncio.Task[None] = asyncio.create_task(keeper.run())
    yield task
    task.cancel()
    await asyncio.wait([task])


def begun(keeper: Keeper, *numbers: int) -> list[asyncio.Task[bool]]:
    return [asyncio.create_task(keeper.keep(each)) for each in numbered(*numbers)]


async def held(keeper: Keeper, basket: Basket) -> tuple[asyncio.Event, asyncio.Task[bool]]:
    """A first update that is being kept until the gate is set."""
    gate = basket.hold()
    (first,) = begun(keeper, 1)
    await basket.entered.wait()
    return gate, first


async def test_what_arrives_meanwhile_is_kept_together_in_bounded_batches(
    keeper: Keeper, basket: Basket
) -> None:
    gate, first = await held(keeper, basket)
    others = begun(keeper, *range(2, 252))
    await asyncio.sleep(0)
    gate.set()
    assert all(await asyncio.gather(first, *others))
    assert [len(call) for call in basket.calls] == [1, TOGETHER, TOGETHER, 50]


async def test_a_batch_is_in_order_and_holds_each_update_once(keeper: Keeper, basket: Basket) -> None:
    gate, first = await held(keeper, basket)
    others = begun(keeper, 9, 7, 9, 8)
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(first, *others) == [True] * 5
    assert basket.calls[1] == numbered(7, 8, 9)


@pytest.mark.parametrize("error", [StoreError("the disk is full"), KeyError("private words")])
async def test_a_write_that_fails_fails_its_own_batch_alone(
    keeper: Keeper, basket: Basket, error: Exception
) -> None:
    gate, first = await held(keeper, basket)
    others = begun(keeper, 2, 3)
    await asyncio.sleep(0)
    basket.errors = [error]
    gate.set()
    assert await asyncio.gather(first, *others) == [False, True, True]
    assert basket.calls == [numbered(2, 3)]


async def test_one_who_gives_up_waiting_does_not_spoil_it_for_the_others(
    keeper: Keeper, basket: Basket
) -> None:
    gate, first = await held(keeper, basket)
    gone, other = begun(keeper, 2, 3)
    await asyncio.sleep(0)
    for task in (first, gone):
        task.cancel()
    gate.set()
    assert await other
    assert await keeper.keep({"update_id": 4})
    assert basket.taken == numbered(1, 2, 3, 4)


async def test_an_outage_is_told_once_at_its_beginning_and_once_at_its_end(
    keeper: Keeper, basket: Basket, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    basket.errors = [StoreError("the disk is full") for _ in range(4)]
    assert not await keeper.bury("no update")
    assert not any([await keeper.keep(each) for each in numbered(1, 2, 3)])
    sleeper.time += 17
    assert await keeper.keep({"update_id": 1})
    assert await keeper.keep({"update_id": 2})
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("WARNING", "the disk is full; trying again until it works"),
        ("INFO", "updates can be kept again after 17 s"),
    ]


async def test_a_bug_is_reported_without_anybodys_words(
    keeper: Keeper, basket: Basket, caplog: pytest.LogCaptureFixture
) -> None:
    basket.errors = [KeyError("private words")]
    assert not await keeper.keep({"update_id": 1})
    assert "keeping updates failed ref=" in caplog.text
    assert "KeyError" in caplog.text
    assert "private words" not in caplog.text


async def test_at_the_end_what_has_come_is_kept_and_what_comes_after_is_not(
    keeper: Keeper, basket: Basket
) -> None:
    gate, first = await held(keeper, basket)
    (second,) = begun(keeper, 2)
    await asyncio.sleep(0)
    ending = asyncio.create_task(keeper.finish(60))
    await asyncio.sleep(0)
    assert not await keeper.keep({"update_id": 3})
    assert not await keeper.bury("no update")
    gate.set()
    await ending
    assert await first
    assert await second
    assert basket.taken == numbered(1, 2)


async def test_what_could_not_be_kept_in_time_is_told_to_be_refused(
    keeper: Keeper, basket: Basket, at_work: asyncio.Task[None], caplog: pytest.LogCaptureFixture
) -> None:
    _, first = await held(keeper, basket)
    (second,) = begun(keeper, 2)
    await asyncio.sleep(0)
    await keeper.finish(0.01)
    at_work.cancel()
    assert not any(await asyncio.gather(first, second))
    assert "updates could not be kept within 0.0 s" in caplog.text


async def test_nobody_waits_for_a_keeper_that_died(
    keeper: Keeper, basket: Basket, at_work: asyncio.Task[None]
) -> None:
    gate, first = await held(keeper, basket)
    (second,) = begun(keeper, 2)
    await asyncio.sleep(0)
    basket.errors = [Catastrophe()]
    gate.set()
    assert not any(await asyncio.gather(first, second))
    assert not await keeper.keep({"update_id": 3})
    with contextlib.suppress(Catastrophe):
        await at_work

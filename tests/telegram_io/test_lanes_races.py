"""What may happen in the moment in which the alarm rings: before it, since no timer is exact, and just after it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.telegram_io.lanes import BULK, Lanes
from tests.support.virtual_time import now, virtual
from tests.telegram_io.far_telegram import FarTelegram, far, refusing


def far_with_alarm(bulk_rate: int, at_alarm: Callable[[], Awaitable[None]]) -> FarTelegram:
    """``at_alarm`` runs once, when the time to wake has come and before anybody is woken."""
    left = [at_alarm]

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds)
        if left:
            await left.pop()()

    telegram = far()
    telegram.lanes = Lanes(bulk_rate, sleep, now)
    return telegram


@virtual
async def test_who_comes_when_the_pause_is_over_but_nobody_woken_goes_last() -> None:
    calls: list[asyncio.Task[str]] = []

    async def one_more() -> None:
        calls.append(telegram.send("late", 7))
        await asyncio.sleep(0)

    telegram = far_with_alarm(25, one_more)
    telegram.answer = refusing(5)
    calls.append(telegram.send("0", 7))
    await asyncio.sleep(1)
    calls.append(telegram.send("1", 7))
    await asyncio.gather(*calls)
    await asyncio.gather(*calls)
    assert telegram.texts() == ["0", "0", "1", "late"]


@virtual
async def test_bulk_does_not_slip_in_before_the_replies_that_wait() -> None:
    async def bulk_is_looked_at() -> None:
        await telegram.call("elsewhere", 8)

    telegram = far_with_alarm(1, bulk_is_looked_at)
    telegram.answer = refusing(5, text="reply")
    telegram.back = lambda: 9.5 if telegram.texts()[-1] == "first" else 0.0
    first = telegram.send("first", 9, BULK)
    await asyncio.sleep(5.5)
    bulk = telegram.send("bulk", 7, BULK)
    reply = telegram.send("reply", 7)
    await asyncio.gather(first, bulk, reply)
    assert telegram.texts() == ["first", "reply", "elsewhere", "reply", "bulk"]


@virtual
async def test_bulk_that_was_told_to_go_gives_way_to_a_reply_in_the_same_moment() -> None:
    replies: list[asyncio.Task[str]] = []

    async def reply() -> None:
        replies.append(telegram.send("reply", 7))

    telegram = far_with_alarm(25, reply)
    began = now()
    await asyncio.gather(telegram.send("0", 7, BULK), telegram.send("1", 7, BULK))
    assert telegram.starts("reply") == [began + 1]
    assert telegram.starts("1") == [began + 2]


@virtual
async def test_bulk_given_up_in_the_moment_of_its_turn_is_passed_over() -> None:
    async def give_up() -> None:
        second.cancel()

    telegram = far_with_alarm(1, give_up)
    began = now()
    first, second, third, fourth = telegram.bulk(range(4))
    await asyncio.gather(first, third, fourth)
    assert telegram.texts() == ["0", "2", "3"]
    assert now() - began == pytest.approx(2.0, abs=0.05)


@virtual
async def test_who_is_to_go_ahead_and_is_given_up_before_waking_lets_the_next_one() -> None:
    async def give_up() -> None:
        asyncio.get_running_loop().call_soon(first.cancel)

    telegram = far_with_alarm(25, give_up)
    telegram.answer = refusing(5, text="0")
    began = now()
    first = telegram.send("0", 7)
    await asyncio.sleep(1)
    await asyncio.gather(telegram.send("1", 7), telegram.send("2", 7))
    assert first.cancelled()
    assert [(trip.text, trip.started - began) for trip in telegram.trips] == [("0", 0), ("1", 5), ("2", 5)]

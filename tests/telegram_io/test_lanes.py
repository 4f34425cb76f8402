"""The two lanes and the limits of Telegram, in virtual time."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable

import pytest
from telegram.error import BadRequest, Forbidden

from bot.telegram_io.lanes import BULK, CallLane, Lanes
from tests.support.virtual_time import in_virtual_time, now, virtual
from tests.telegram_io.far_telegram import Trip, far, most_in

GROUP = -100


def jitter(seed: int, most: float) -> Callable[[], float]:
    chance = random.Random(seed)
    return lambda: chance.uniform(0, most)


def test_a_reply_that_nothing_stands_against_does_not_give_way_even_once() -> None:
    async def answer() -> bool:
        return True

    call = Lanes().process_request(answer, (), {}, "sendMessage", {"chat_id": 7}, None)
    with pytest.raises(StopIteration) as ended:
        call.send(None)
    assert ended.value.value is True


@virtual
async def test_replies_are_not_counted_out() -> None:
    telegram = far(there=lambda: 0.1)
    began = now()
    await asyncio.gather(*(telegram.send("hello", chat) for chat in range(1, 501)))
    assert now() - began == pytest.approx(0.1)


@virtual
async def test_a_reply_goes_at_once_however_much_bulk_waits() -> None:
    telegram = far(there=lambda: 0.1)
    bulk = telegram.bulk(range(200))
    for second in range(1, 6):
        await asyncio.sleep(1)
        asked = now()
        await telegram.send(f"reply {second}", 150 + second)
        assert telegram.starts(f"reply {second}") == [asked]
    await asyncio.gather(*bulk)


@pytest.mark.parametrize("bulk_rate", [1, 7, 25, 60])
@pytest.mark.parametrize("slowness", [0.0, 0.05, 3.0])
def test_bulk_never_arrives_faster_than_its_rate(bulk_rate: int, slowness: float) -> None:
    async def broadcast() -> None:
        telegram = far(bulk_rate, there=jitter(1, slowness), back=jitter(2, slowness))
        await asyncio.gather(*telegram.bulk(range(bulk_rate * 5)))
        arrivals = [trip.arrived for trip in telegram.trips]
        assert len(arrivals) == bulk_rate * 5
        assert most_in(1.0, arrivals) <= bulk_rate

    in_virtual_time(broadcast())


@virtual
async def test_bulk_uses_its_rate_evenly_and_goes_in_order() -> None:
    telegram = far(25)
    began = now()
    await asyncio.gather(*telegram.bulk(range(101)))
    assert now() - began == pytest.approx(4.0, abs=0.05)
    assert most_in(0.2, (trip.arrived for trip in telegram.trips)) <= 6
    assert telegram.texts() == [str(number) for number in range(101)]


@virtual
async def test_bulk_goes_in_what_replies_leave() -> None:
    telegram = far(25, there=lambda: 0.01)
    began = now()
    bulk: list[asyncio.Task[str]] = []
    while now() - began < 11:
        await telegram.send("reply", 1_000)
        await asyncio.sleep(0.04)
        if not bulk and now() - began > 1:
            bulk = telegram.bulk(range(150))
    assert most_in(1.0, (trip.arrived for trip in telegram.trips)) <= 30
    sent = sum(trip.bulk for trip in telegram.trips)
    assert 90 <= sent <= 110, "of 30 a second, replies took 20, for ten seconds"
    await asyncio.gather(*bulk)


@virtual
async def test_replies_that_use_up_everything_leave_nothing_to_bulk() -> None:
    telegram = far(25)
    began = now()
    bulk: asyncio.Task[str] | None = None
    while now() - began < 10:
        await telegram.send("reply", 1_000)
        await asyncio.sleep(1 / 50)
        if bulk is None and now() - began > 1:
            bulk = telegram.send("bulk", 7, BULK)
    assert bulk is not None
    assert not bulk.done()
    await bulk


@virtual
async def test_replies_that_change_a_message_take_nothing_from_bulk_which_keeps_to_its_rate() -> None:
    telegram = far(25, there=lambda: 0.01)
    began = now()
    bulk = telegram.bulk(range(300))
    edits: list[asyncio.Task[str]] = []
    while now() - began < 10:
        edits.append(telegram.send("edit", 1_000 + len(edits), method="editMessageText"))
        await asyncio.sleep(1 / 50)
    arrived = [trip.arrived for trip in telegram.trips if trip.bulk]
    assert len(arrived) >= 240, "as without any replies"
    assert most_in(1.0, arrived) <= 25
    await asyncio.gather(*bulk, *edits)


@virtual
async def test_a_change_counts_in_its_own_chat() -> None:
    telegram = far(back=lambda: 0.5)
    began = now()
    edit = telegram.send("edit", 7, method="editMessageText")
    await asyncio.gather(edit, telegram.send("here", 7, BULK))
    assert telegram.starts("here") == pytest.approx([began + 1.5])
    edits = [telegram.send(str(number), GROUP, method="editMessageText") for number in range(21)]
    await asyncio.gather(*edits)
    assert telegram.starts("20")[0] - telegram.starts("0")[0] >= 60


@virtual
async def test_a_bot_that_may_send_more_in_bulk_may_send_more_in_all() -> None:
    telegram = far(100)
    began = now()
    await asyncio.gather(*telegram.bulk(range(201)))
    assert now() - began == pytest.approx(2.0, abs=0.05)


@virtual
async def test_bulk_to_one_chat_comes_once_a_second() -> None:
    telegram = far(there=lambda: 0.2, back=lambda: 0.3)
    await asyncio.gather(*(telegram.send(str(number), 7, BULK) for number in range(4)))
    starts = [trip.started - telegram.trips[0].started for trip in telegram.trips]
    assert starts == pytest.approx([0, 1.5, 3.0, 4.5])
    assert telegram.texts() == ["0", "1", "2", "3"]


@virtual
async def test_bulk_to_a_chat_waits_a_second_after_a_reply_there_and_goes_elsewhere_meanwhile() -> None:
    telegram = far(back=lambda: 0.5)
    began = now()
    await asyncio.gather(
        telegram.send("reply", 7), telegram.send("here", 7, BULK), telegram.send("there", 8, BULK)
    )
    assert telegram.starts("there") == [began]
    assert telegram.starts("here") == pytest.approx([began + 1.5])


@virtual
async def test_bulk_without_a_chat_is_counted_too() -> None:
    telegram = far(2)
    await asyncio.gather(*(telegram.send("x", None, BULK, "setMyCommands") for _ in range(6)))
    assert most_in(1.0, (trip.arrived for trip in telegram.trips)) == 2


@pytest.mark.parametrize("group", [GROUP, str(GROUP), "@somewhere"])
def test_a_group_gets_twenty_messages_a_minute(group: int | str) -> None:
    async def talk() -> None:
        telegram = far(there=jitter(1, 2.0), back=jitter(2, 2.0))
        began = now()
        replies = [telegram.send(str(number), group) for number in range(45)]
        person = telegram.send("to a person", 7)
        await person
        assert telegram.starts("to a person") == [began]
        await asyncio.gather(*replies, telegram.send("bulk", group, BULK))
        arrivals = [trip.arrived for trip in telegram.trips if trip.chat == group]
        assert len(arrivals) == 46
        assert most_in(60.0, arrivals) <= 20
        assert telegram.texts()[-1] == "bulk"

    in_virtual_time(talk())


@virtual
async def test_the_answer_to_a_tap_in_a_group_is_no_message() -> None:
    telegram = far()
    waiting = [telegram.send(str(number), GROUP) for number in range(21)]
    began = now()
    await telegram.send("tap", None, CallLane(chat=GROUP), "answerCallbackQuery")
    assert telegram.starts("tap") == [began]
    await asyncio.gather(*waiting)


@virtual
async def test_other_errors_are_the_callers() -> None:
    error = BadRequest("nonsense")
    telegram = far(answer=lambda trip: error)
    with pytest.raises(BadRequest) as caught:
        await telegram.call("x", 7)
    assert caught.value is error
    assert len(telegram.trips) == 1


@virtual
async def test_what_was_sent_is_forgotten_when_it_does_not_matter_any_more() -> None:
    telegram = far(1_000, there=jitter(1, 0.1), back=jitter(2, 0.1), answer=_some_are_gone)
    at_once = asyncio.Semaphore(500)

    async def one(chat: int) -> None:
        async with at_once:
            with contextlib.suppress(Forbidden):
                await telegram.call("news", chat, BULK)

    chats = 20_000
    most = 0
    tasks = [asyncio.create_task(one(chat)) for chat in range(1, chats)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.5)
        most = max(most, telegram.lanes.remembered)
    assert most < 4_000, "about twice those of the last second"
    for second in range(2):
        await asyncio.sleep(second)
        for _ in range(most):
            await telegram.call("hello", 7)
    assert telegram.lanes.remembered == 1


def _some_are_gone(trip: Trip) -> BaseException | None:
    return Forbidden("bot was blocked by the user") if str(trip.chat).endswith("0") else None


@virtual
async def test_a_broadcast_begun_all_at_once_is_forgotten_too() -> None:
    telegram = far(1_000)
    await telegram.call("something to remember for a minute", GROUP)
    await asyncio.gather(*telegram.bulk(range(10_000)))
    assert telegram.lanes.remembered < 3_000


@virtual
async def test_a_call_given_up_while_it_waits_is_not_made_and_holds_nobody_up() -> None:
    telegram = far(1)
    first, second, third = telegram.bulk(range(3))
    await first
    second.cancel()
    began = now()
    assert await third == "2"
    assert second.cancelled()
    assert telegram.texts() == ["0", "2"]
    assert now() - began == pytest.approx(1.0)


@virtual
async def test_a_call_given_up_on_its_way_leaves_its_place() -> None:
    telegram = far(1, there=lambda: 10.0)
    first, second = telegram.bulk(range(2))
    await asyncio.sleep(3)
    began = now()
    first.cancel()
    await second
    assert first.cancelled()
    assert telegram.starts("1") == pytest.approx([began + 1.0]), "for it may just have arrived"

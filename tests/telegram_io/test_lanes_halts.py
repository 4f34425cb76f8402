"""What happens when Telegram answers "too many requests", in virtual time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.telegram_io.lanes import BULK, CallLane, Lanes
from tests.support.virtual_time import in_virtual_time, now, virtual
from tests.telegram_io.far_telegram import FarTelegram, Trip, far, refusing


async def all_of(*calls: Coroutine[object, object, str]) -> None:
    await asyncio.gather(*calls)


async def soon() -> None:
    """Let what has been sent get on its way."""
    await asyncio.sleep(0.001)


@pytest.mark.parametrize("pause", [7, timedelta(seconds=7)])
def test_a_pause_is_kept_to_the_second_and_the_caller_never_sees_it(pause: int | timedelta) -> None:
    errors = [RetryAfter(pause), RetryAfter(pause)]

    async def talk() -> None:
        telegram = far(back=lambda: 0.5, answer=lambda trip: errors.pop() if errors else None)
        began = now()
        assert await telegram.call("hello", 7) == "hello"
        assert telegram.starts("hello") == [began, began + 7.5, began + 15.0]

    in_virtual_time(talk())


@virtual
async def test_all_that_goes_to_the_chat_waits_and_nothing_else() -> None:
    telegram = far(answer=refusing(30, text="first"))
    began = now()
    first = telegram.send("first", 7)
    await soon()
    waiting = [
        telegram.send("reply", 7),
        telegram.send("as text", "7"),
        telegram.send("bulk", 7, BULK),
        telegram.send("tap", None, CallLane(chat=7), "answerCallbackQuery"),
    ]
    asked = now()
    await all_of(
        telegram.call("another chat", 8),
        telegram.call("bulk to another chat", 8_000, BULK),
        telegram.call("no chat", None, None, "getMe"),
    )
    assert now() == asked
    await asyncio.gather(first, *waiting)
    assert telegram.starts("first") == [began, began + 30]
    assert min(telegram.starts(text)[0] for text in ("reply", "as text", "tap", "bulk")) == began + 30


@virtual
async def test_names_of_chats_have_no_case() -> None:
    telegram = far(answer=refusing(30, text="first"))
    began = now()
    first = telegram.send("first", "@Somewhere")
    await soon()
    await telegram.call("second", "@somewhere")
    assert telegram.starts("second") == [began + 30]
    await first


@virtual
async def test_without_a_chat_the_method_waits_and_nothing_else() -> None:
    telegram = far(answer=refusing(30, text="first"))
    began = now()
    first = telegram.send("first", None, None, "setMyDescription")
    await soon()
    second = telegram.send("second", None, None, "setMyDescription")
    asked = now()
    await all_of(telegram.call("another method", None, None, "getMe"), telegram.call("a chat", 7))
    assert now() == asked
    await asyncio.gather(first, second)
    assert telegram.starts("second") == [began + 30]


@virtual
async def test_in_the_bulk_lane_all_bulk_waits_but_replies_elsewhere_do_not() -> None:
    telegram = far(answer=refusing(30, text="0"))
    began = now()
    bulk = telegram.bulk(["0"])
    await soon()
    bulk += telegram.bulk(range(1, 50), first_chat=100)
    asked = now()
    await telegram.call("reply", 8)
    assert now() == asked
    reply_there = telegram.send("reply there", 1)
    await asyncio.gather(*bulk, reply_there)
    later = [trip for trip in telegram.trips if trip.text not in ("0", "reply")]
    assert len(later) == 50
    assert min(trip.started for trip in later) == began + 30


@virtual
async def test_no_other_call_ends_a_pause_early() -> None:
    # What PTB's own limiter does wrong: a call that was on its way and ends well opened the gate for all.
    answers = {"long": RetryAfter(30), "short": RetryAfter(2)}
    telegram = far(back=lambda: 0.2, answer=lambda trip: answers.pop(trip.text, None))
    began = now()
    calls = [telegram.send("long", 7)]
    await asyncio.sleep(0.1)
    calls += [telegram.send("short", 7), telegram.send("good", 7)]
    await asyncio.sleep(0.5)
    calls += [telegram.send("late", 7)]
    await asyncio.gather(*calls)
    assert telegram.starts("long")[1] == pytest.approx(began + 30.2)
    assert telegram.starts("short")[1] >= began + 30.2
    assert telegram.starts("late")[0] >= began + 30.2


@virtual
async def test_a_longer_pause_prolongs_a_shorter_one() -> None:
    answers = {"short": RetryAfter(2), "long": RetryAfter(30)}
    telegram = far(back=lambda: 0.2, answer=lambda trip: answers.pop(trip.text, None))
    began = now()
    short, long = telegram.send("short", 7), telegram.send("long", 7)
    await asyncio.gather(short, long)
    assert telegram.starts("short")[1] == pytest.approx(began + 30.2)


@virtual
async def test_after_a_pause_one_goes_ahead_and_the_rest_follow_once_it_has_succeeded() -> None:
    telegram = far(back=lambda: 0.25, answer=refusing(10, 10, 10))
    began = now()
    first = telegram.send("0", 7)
    await asyncio.sleep(1)
    rest = [telegram.send(str(number), 7) for number in range(1, 50)]
    await asyncio.gather(first, *rest)
    assert telegram.starts("0") == [began, began + 10.25, began + 20.5, began + 30.75]
    for number in range(1, 50):
        assert telegram.starts(str(number)) == [began + 31.0], "never inside the next pause"
    assert telegram.texts()[3:] == [str(number) for number in range(50)]


@virtual
async def test_after_a_pause_of_bulk_one_goes_ahead_too() -> None:
    telegram = far(back=lambda: 0.25, answer=refusing(10, 10))
    began = now()
    first = telegram.bulk(["0"])
    await asyncio.sleep(1)
    rest = telegram.bulk(range(1, 30), first_chat=2)
    await asyncio.gather(*first, *rest)
    tried = [trip.started - began for trip in telegram.trips]
    assert tried[:3] == [0.0, 10.25, 20.5]
    assert min(tried[3:]) == 20.75


@virtual
async def test_if_the_one_that_goes_ahead_fails_otherwise_the_next_one_goes_ahead() -> None:
    answers: list[BaseException | None] = [RetryAfter(10), BadRequest("nonsense"), None]
    telegram = far(back=lambda: 1.0, answer=lambda trip: answers.pop(0) if answers else None)
    began = now()
    calls = [telegram.send("0", 7)]
    await asyncio.sleep(2)
    calls += [telegram.send(str(number), 7) for number in range(1, 4)]
    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(ends[0], BadRequest)
    assert ends[1:] == ["1", "2", "3"]
    assert [trip.started - began for trip in telegram.trips] == [0, 11, 12, 13, 13]


@virtual
async def test_what_went_ahead_of_one_pause_says_nothing_of_the_next() -> None:
    # "0" goes ahead after the first pause; before it is back, "1" brings a second one, which ends before it is back.
    backs = iter([0.5, 1.75, 3.0])
    answers = {"0": [RetryAfter(1)], "1": [RetryAfter(1)]}

    def answer(trip: Trip) -> BaseException | None:
        left = answers.get(trip.text)
        return left.pop() if left else None

    telegram = far(back=lambda: next(backs, 1.0), answer=answer)
    began = now()
    calls = [telegram.send("0", 7), telegram.send("1", 7)]
    await asyncio.sleep(1)
    await asyncio.gather(*calls, *(telegram.send(str(number), 7) for number in range(2, 5)))
    assert telegram.starts("0") == [began, began + 1.5]
    assert telegram.starts("1") == [began, began + 4.5]
    assert telegram.starts("2") == telegram.starts("3") == telegram.starts("4") == [began + 5.5]


@virtual
async def test_calls_that_met_the_same_pause_keep_their_order() -> None:
    # They are answered in the opposite order.
    backs = iter([0.3, 0.2, 0.1])
    telegram = far(back=lambda: next(backs, 0.1), answer=refusing(5, 5, 5))
    calls = [telegram.send(str(number), 7) for number in range(3)]
    await asyncio.sleep(1)
    calls += [telegram.send(str(number), 7) for number in range(3, 6)]
    await asyncio.gather(*calls)
    assert telegram.texts()[3:] == ["0", "1", "2", "3", "4", "5"]


@virtual
async def test_a_pause_that_begins_between_ones_turn_and_its_start_still_holds() -> None:
    # "0" opens the gate for all; "1" is answered before "2" has so much as woken.
    answers = {"0": [RetryAfter(5)], "1": [RetryAfter(9)]}

    def answer(trip: Trip) -> BaseException | None:
        left = answers.get(trip.text)
        return left.pop() if left else None

    telegram = far(answer=answer)
    began = now()
    first = telegram.send("0", 7)
    await asyncio.sleep(1)
    await asyncio.gather(first, *(telegram.send(str(number), 7) for number in range(1, 4)))
    assert telegram.starts("1") == [began + 5, began + 14]
    assert telegram.starts("2") == telegram.starts("3") == [began + 14]
    assert telegram.texts()[2:] == ["1", "1", "2", "3"]


@virtual
async def test_one_chat_that_is_always_refused_does_not_hold_up_bulk_for_ever() -> None:
    telegram = far(answer=lambda trip: RetryAfter(5) if trip.chat == 1 else None)
    stubborn, *others = telegram.bulk(range(200))
    await asyncio.gather(*others)
    assert not stubborn.done()
    stubborn.cancel()


def test_the_operator_sees_one_line_a_pause_without_anybodys_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def talk() -> None:
        telegram = far(there=lambda: 0.1, answer=refusing(30, 30, 30, text="my diary"))
        await all_of(*(telegram.call("my diary", 7) for _ in range(3)))
        telegram.answer = refusing(4, 4)
        await asyncio.gather(*telegram.bulk(range(2)))
        telegram.answer = refusing(5)
        await telegram.call("x", None, None, "getMe")

    in_virtual_time(talk())
    assert [record.getMessage() for record in caplog.records] == [
        "Telegram asks for a pause of 30 s: sendMessage chat=7",
        "Telegram asks for a pause of 4 s: sendMessage chat=1, so all bulk waits",
        "Telegram asks for a pause of 5 s: getMe",
    ]


@virtual
async def test_the_one_that_goes_ahead_may_be_given_up() -> None:
    telegram = far(back=lambda: 1.0, answer=refusing(10))
    began = now()
    first = telegram.send("0", 7)
    await asyncio.sleep(2)
    rest = [telegram.send(str(number), 7) for number in range(1, 4)]
    await asyncio.sleep(9.5)
    first.cancel()
    await asyncio.gather(*rest)
    assert [trip.started - began for trip in telegram.trips] == [0, 11, 11.5, 12.5, 12.5]


@virtual
async def test_a_call_given_up_the_moment_its_turn_comes_leaves_its_place() -> None:
    given_up: list[asyncio.Task[str]] = []
    pause = refusing(5, text="0")

    def answer(trip: Trip) -> BaseException | None:
        if trip.text == "1":
            given_up[0].cancel()  # It has been told to go, and has not woken yet.
        return pause(trip)

    telegram = far(answer=answer)
    first = telegram.send("0", 7)
    await asyncio.sleep(1)
    second = telegram.send("1", 7)
    given_up.append(telegram.send("2", 7))
    await asyncio.gather(first, second)
    await telegram.call("bulk", 7, BULK)
    assert given_up[0].cancelled()
    assert telegram.texts() == ["0", "0", "1", "bulk"]


@virtual
async def test_a_call_given_up_while_it_waits_out_a_pause_is_not_made() -> None:
    telegram = far(answer=refusing(5))
    first = telegram.send("0", 7)
    await asyncio.sleep(1)
    second, bulk = telegram.send("1", 7), telegram.send("bulk", 7, BULK)
    await soon()
    first.cancel()
    second.cancel()
    began = now()
    await bulk
    assert telegram.texts() == ["0", "bulk"]
    assert now() - began == pytest.approx(4.0, abs=0.01)


@virtual
async def test_if_everybody_gives_up_waiting_the_pause_holds_and_is_forgotten_some_time_later() -> None:
    telegram = far(back=lambda: 0.5, answer=refusing(5))
    began = now()
    given_up = telegram.send("0", 7)
    await asyncio.sleep(2)
    given_up.cancel()
    await asyncio.gather(telegram.send("1", 7), telegram.send("2", 7))
    assert (telegram.starts("1"), telegram.starts("2")) == ([began + 5.5], [began + 6])
    telegram.answer = refusing(5)
    given_up = telegram.send("3", 7)
    await asyncio.sleep(2)
    given_up.cancel()
    await asyncio.sleep(70)
    await telegram.call("elsewhere", 8)
    assert telegram.lanes.remembered == 1


@virtual
async def test_at_the_end_those_who_wait_are_let_off_and_nothing_is_left_behind() -> None:
    telegram = far(1, answer=refusing(3600, chat=7))
    calls = [telegram.send("0", 7), telegram.send("1", 7), *telegram.bulk(range(5))]
    await asyncio.sleep(0.5)
    await telegram.lanes.shutdown()
    await asyncio.wait(calls)
    assert [call.cancelled() for call in calls] == [True, True, False, True, True, True, True]
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await telegram.lanes.initialize()
    await asyncio.gather(telegram.send("again", 7), *telegram.bulk(range(5)))
    assert telegram.starts("again")[0] >= telegram.starts("0")[0] + 3600, "the pause outlasts it"


@virtual
async def test_a_clock_that_breaks_is_the_error_of_all_who_wait() -> None:
    async def broken(seconds: float) -> None:
        raise OSError("no clock")

    telegram = FarTelegram(
        Lanes(1, broken, now), there=lambda: 0.0, back=lambda: 0.0, answer=refusing(5, chat=7)
    )
    calls = [telegram.send("0", 7), *telegram.bulk(range(2))]
    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert ends[1] == "0"
    assert isinstance(ends[0], OSError)
    assert isinstance(ends[2], OSError)


@virtual
async def test_what_waits_for_too_long_is_not_made_any_more_and_holds_up_nobody() -> None:
    telegram = far(answer=refusing(60, text="first"))
    first = telegram.send("first", 1, BULK)
    await asyncio.sleep(1)
    began = now()
    late = telegram.send("late", 2, CallLane(bulk=True, until=began + 10))
    in_time = telegram.send("in time", 3, CallLane(bulk=True, until=began + 100))
    with pytest.raises(TimeoutError):
        await late
    assert now() == began + 10
    assert (await first, await in_time) == ("first", "in time")
    assert telegram.starts("late") == []
    assert telegram.lanes.remembered <= 3

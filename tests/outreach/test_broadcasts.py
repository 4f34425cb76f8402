"""Broadcasts are sent: to each person once, at the pace there is, under the eyes of an operator, whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise

import pytest

from bot.errors import StoreError, TelegramError
from bot.guide.broadcast import Tally
from bot.guide.person import Erase, Seen
from bot.guide.ports import Sent
from bot.outreach.broadcast_watch import SHOW_SECONDS
from bot.outreach.broadcasts import STRAY_SECONDS
from bot.outreach.dispatcher import most_under_way
from tests.outreach.newsroom import ADMIN, Newsroom
from tests.support.virtual_time import in_virtual_time, now, virtual
from tests.telegram_io.fakes import NOW


@virtual
async def test_everybody_gets_it_once_and_few_are_under_way_at_a_time() -> None:
    room = Newsroom()
    await room.confirmed(100)
    async with room.at_work():
        assert await room.over() == Tally(sent=100)
    assert sorted(room.news.people) == list(range(1, 101))
    assert room.news.most_under_way <= most_under_way(room.rate)
    assert max(room.store.takes) <= most_under_way(room.rate), (
        "no more are in flight than can be sent at once"
    )


@virtual
async def test_each_fate_is_counted() -> None:
    room = Newsroom()
    await room.confirmed(6)
    room.news.fates = {1: [Sent.GONE], 2: [Sent.FAILED], 3: [Sent.UNKNOWN], 4: [ZeroDivisionError()]}
    async with room.at_work():
        assert await room.over() == Tally(sent=2, failed=2, blocked=1, unknown=1)
    assert [person for person, known in room.store.people.items() if known.gone] == [1]
    assert len(room.news.people) == 6, "nothing is sent again"


@virtual
async def test_who_did_something_meanwhile_is_not_gone() -> None:
    room = Newsroom()
    await room.confirmed(2)
    room.news.fates = {1: [Sent.GONE], 2: [Sent.GONE]}
    async with room.at_work() as broadcasting:
        await room.until(lambda: room.news.under_way == 2)
        broadcasting.changed(1, (Seen("en"),))
        assert await room.over() == Tally(blocked=2)
    assert [room.store.people[each].gone for each in (1, 2)] == [False, True]


@virtual
async def test_one_message_shows_how_far_it_is_and_changes_only_every_few_seconds() -> None:
    room = Newsroom(rate=10)
    room.news.seconds = 1.0
    await room.confirmed(100)
    async with room.at_work():
        await room.over()
    *progress, last, report = room.news.shown
    assert {each.message for each in (*progress, last)} == {77}
    assert progress[0].text == "on 0/100"
    assert (last.text, report.text) == ("over 100/100", "report on 100/100")
    assert report.message == 500, "the report is a message of its own"
    assert [each.last for each in (*progress, last)] == [*(False for _ in progress), True]
    gaps = [later.at - earlier.at for earlier, later in pairwise(progress)]
    assert gaps
    assert min(gaps) >= SHOW_SECONDS
    assert max(gaps) <= SHOW_SECONDS + 2


@virtual
async def test_a_pause_holds_from_within_a_second_and_is_shown() -> None:
    room = Newsroom()
    await room.confirmed(200)
    async with room.at_work():
        await room.until(lambda: len(room.news.sent) > 20)
        await room.store.steer(1, "paused")
        paused_at = now()
        await asyncio.sleep(60)
        assert max(at for at, _ in room.news.sent) <= paused_at + 1
        assert room.news.shown[-1].text.startswith("paused ")
        assert room.news.shown[-1].at <= paused_at + 2
        shown = len(room.news.shown)
        await asyncio.sleep(60)
        assert len(room.news.shown) == shown, "nothing new, so nothing is changed"
        await room.store.steer(1, "on")
        resumed_at, before = now(), len(room.news.sent)
        await room.until(lambda: len(room.news.sent) > before)
        assert now() <= resumed_at + 1.1
        assert await room.over() == Tally(sent=200)


@virtual
async def test_a_cancelled_one_ends_with_its_report_and_leaves_the_others_alone() -> None:
    room = Newsroom()
    await room.confirmed(200)
    async with room.at_work():
        await room.until(lambda: len(room.news.sent) > 20)
        await room.store.steer(1, "cancelled")
        tally = await room.over()
    assert tally.left
    assert tally.total == 200
    assert tally.sent == len(room.news.sent)
    assert room.news.shown[-1].text == f"report cancelled {tally.sent}/200"


@virtual
async def test_while_telegram_lets_nothing_through_all_wait_and_a_pause_is_obeyed() -> None:
    room = Newsroom()
    await room.confirmed(20)
    room.news.halted = True
    async with room.at_work():
        await asyncio.sleep(20)
        assert await room.store.tally(1) == Tally(in_flight=5, waiting=15)
        await room.store.steer(1, "paused")
        await asyncio.sleep(10)
        assert await room.store.tally(1) == Tally(waiting=20)
        room.news.halted = False
        await asyncio.sleep(10)
        assert room.news.sent == []
        await room.store.steer(1, "on")
        assert await room.over() == Tally(sent=20)


@virtual
async def test_after_a_kill_what_was_in_flight_is_unknown_and_nobody_gets_it_twice() -> None:
    room = Newsroom()
    await room.confirmed(100)
    for kill in range(3):
        async with room.killed():
            await room.until(lambda kill=kill: len(room.news.sent) > 20 * (kill + 1))  # type: ignore[misc]
    async with room.at_work():
        tally = await room.over()
    assert len(room.news.people) == len(set(room.news.people))
    assert tally.sent + tally.unknown == 100
    assert 0 < tally.unknown <= 3 * most_under_way(room.rate)


@virtual
async def test_a_stop_finishes_what_is_under_way_and_nothing_is_unknown() -> None:
    room = Newsroom()
    await room.confirmed(100)
    for _ in range(4):
        async with room.at_work():
            await asyncio.sleep(0.7)
        assert (await room.store.tally(1)).in_flight == 0
    async with room.at_work():
        assert await room.over() == Tally(sent=100)


@virtual
async def test_who_was_taken_just_before_a_stop_waits_again() -> None:
    room = Newsroom()
    room.store.seconds = 0.3
    await room.confirmed(10)
    async with room.at_work():
        await room.until(lambda: room.store.takes)
    assert room.news.sent == []
    assert await room.store.tally(1) == Tally(waiting=10)


@virtual
async def test_what_does_not_end_in_time_at_a_stop_is_unknown() -> None:
    room = Newsroom()
    room.news.seconds = 100.0
    await room.confirmed(10)
    async with room.at_work(within=5.0):
        await room.until(lambda: len(room.news.sent) == most_under_way(room.rate))
        stopped = now()
    assert now() <= stopped + 5.5
    room.news.seconds = 0.1
    async with room.at_work():
        tally = await room.over()
    assert tally == Tally(sent=5, unknown=5)
    assert len(room.news.people) == 10


@virtual
async def test_trouble_with_the_database_is_waited_out_and_nothing_is_sent_twice() -> None:
    room = Newsroom()
    await room.confirmed(100)
    async with room.at_work():
        await room.until(lambda: len(room.news.sent) > 20)
        room.store.broadcast_error = StoreError("bot.db: is locked")
        await asyncio.sleep(30)
        assert len(room.news.sent) <= 20 + 2 * most_under_way(room.rate)
        room.store.broadcast_error = None
        tally = await room.over()
    assert tally == Tally(sent=100)
    assert len(room.news.people) == 100


def test_trouble_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        room = Newsroom()
        await room.confirmed(10)
        room.store.broadcast_error = StoreError("bot.db: is locked")
        async with room.at_work():
            await asyncio.sleep(60)
            room.store.broadcast_error = None
            await room.over()

    with caplog.at_level(logging.INFO):
        in_virtual_time(main())
    assert caplog.text.count("is locked") == 1
    assert "broadcasts can be sent again after" in caplog.text
    assert "sent 10, failed 0, blocked 0, unknown 0, left 0" in caplog.text


@virtual
async def test_two_processes_do_not_send_at_once() -> None:
    room = Newsroom()
    await room.confirmed(60)
    async with room.at_work():
        async with room.at_work():
            await room.until(lambda: len(room.news.sent) > 20)
        assert await room.over() == Tally(sent=60)
    assert len(room.news.people) == 60
    assert room.news.most_under_way <= most_under_way(room.rate)


@virtual
async def test_one_who_was_thought_dead_and_still_had_something_in_flight_holds_it_up_for_a_while_only() -> (
    None
):
    room = Newsroom()
    await room.confirmed(10)
    async with room.at_work():
        await room.until(lambda: room.news.sent)
        room.store.recipients[1][10] = "flight"
        began = now()
        tally = await room.over()
    assert now() - began >= STRAY_SECONDS
    assert tally == Tally(sent=9, unknown=1)


@virtual
async def test_they_are_sent_in_the_order_of_their_confirmation() -> None:
    room = Newsroom()
    await room.confirmed(10, number=8)
    await room.confirmed(10, number=3, message=78)
    async with room.at_work():
        await room.over(8)
        assert (await room.store.tally(3)).done < 10
        await room.over(3)
    assert room.news.people == [*range(1, 11), *range(1, 11)]


@virtual
async def test_who_is_erased_while_it_is_sent_does_not_hold_it_up() -> None:
    room = Newsroom()
    await room.confirmed(50)
    async with room.at_work():
        await room.until(lambda: room.news.sent)
        for person in (1, 50):
            await room.store.save(person, [Erase()], NOW)
        assert await room.over() == Tally(sent=48)


@virtual
async def test_to_nobody_it_is_over_at_once() -> None:
    room = Newsroom()
    await room.confirmed(0)
    async with room.at_work():
        assert await room.over() == Tally()
    assert room.news.shown[-1].text == "report on 0/0"


@virtual
async def test_what_is_confirmed_later_begins_within_a_second_or_so() -> None:
    room = Newsroom()
    async with room.at_work():
        await asyncio.sleep(100)
        await room.confirmed(1)
        began = now()
        await room.until(lambda: room.news.sent)
        assert now() <= began + 1.1
        await room.over()


@virtual
async def test_a_broadcast_of_who_is_no_operator_any_more_stops_without_a_word_to_them() -> None:
    room = Newsroom(admins=(ADMIN + 5,))
    await room.confirmed(10)
    async with room.at_work():
        assert await room.over() == Tally(waiting=10)
    assert room.news.sent == []
    assert room.news.shown == []


@virtual
async def test_a_deleted_progress_message_is_replaced_by_a_new_one_that_then_changes() -> None:
    room = Newsroom()
    room.news.seconds = 1.0
    await room.confirmed(60)
    room.news.deleted = {77}
    async with room.at_work():
        await room.over()
    *progress, _ = room.news.shown
    assert len(progress) > 2
    assert {each.message for each in progress} == {500}


@virtual
async def test_without_anybody_who_sees_the_progress_it_goes_on_all_the_same() -> None:
    room = Newsroom()
    room.news.deleted, room.news.new_message = {77}, None
    await room.confirmed(60)
    async with room.at_work():
        assert await room.over() == Tally(sent=60)
    assert len(room.news.shown) == 2, "the first try, and the report"


@virtual
async def test_a_progress_that_is_hard_to_show_does_not_hold_up_the_sending() -> None:
    room = Newsroom()
    room.news.show_seconds = 1_000.0
    await room.confirmed(60)
    async with room.at_work():
        await asyncio.sleep(30)
        assert await room.store.tally(1) == Tally(sent=60)


@virtual
async def test_a_refused_token_ends_it() -> None:
    for place in ("post", "show"):
        room = Newsroom()
        await room.confirmed(60)
        refused = TelegramError("refused")
        if place == "post":
            room.news.fates = {3: [refused]}
        else:
            room.news.show_errors = [refused]
        with pytest.raises(TelegramError, match="refused"):
            async with room.at_work():
                await asyncio.sleep(60)


@virtual
async def test_a_bug_in_the_store_ends_it_rather_than_being_tried_for_ever() -> None:
    room = Newsroom()
    await room.confirmed(60)

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    room.store.land = broken  # type: ignore[assignment,method-assign]
    with pytest.raises(ZeroDivisionError):
        async with room.at_work():
            await asyncio.sleep(60)


@virtual
async def test_paused_when_nothing_is_left_it_is_over_and_holds_up_no_other() -> None:
    room = Newsroom()
    await room.confirmed(5)
    room.news.seconds = 2.0
    async with room.at_work():
        await room.until(lambda: len(room.news.sent) == 5)
        await room.store.steer(1, "paused")
        await asyncio.sleep(20)
        assert room.store.broadcasts[1].ended
        assert room.news.shown[-1].text == "report paused 5/5"
        await room.confirmed(5, number=2)
        assert await room.over(2) == Tally(sent=5)


@virtual
async def test_while_nobody_knows_what_becomes_of_any_message_few_are_risked() -> None:
    room = Newsroom(rate=20)
    await room.confirmed(600)
    room.news.fates = {person: [Sent.UNKNOWN] for person in range(101, 601)}
    async with room.at_work():
        await room.until(lambda: len(room.news.sent) > 100)
        await asyncio.sleep(600)
        risked = len(room.news.sent) - 100
        assert risked <= most_under_way(room.rate) + 40, "one now and then, to see whether it is over"
        room.news.fates.clear()
        tally = await room.over()
    assert tally.unknown <= risked + 1
    assert tally.sent == 600 - tally.unknown


@virtual
async def test_one_unknown_now_and_then_slows_nothing_down() -> None:
    room = Newsroom(rate=20)
    await room.confirmed(400)
    room.news.fates = {person: [Sent.UNKNOWN] for person in range(1, 401, 20)}
    async with room.at_work():
        began = now()
        assert await room.over() == Tally(sent=380, unknown=20)
    assert now() - began < 400 * room.news.seconds / most_under_way(room.rate) * 2


@virtual
async def test_while_few_are_risked_a_pause_and_a_stop_are_obeyed() -> None:
    room = Newsroom()
    await room.confirmed(100)
    room.news.fates = {person: [Sent.UNKNOWN] for person in range(1, 101)}
    async with room.at_work():
        await asyncio.sleep(60)
        await room.store.steer(1, "paused")
        await asyncio.sleep(2)
        risked = len(room.news.sent)
        await asyncio.sleep(120)
        assert len(room.news.sent) == risked
        await room.store.steer(1, "cancelled")
        began = now()
        tally = await room.over()
    assert now() - began < 5
    assert tally == Tally(unknown=risked, waiting=100 - risked)


@virtual
async def test_who_comes_back_while_it_is_still_to_be_recorded_that_they_were_gone_is_not_gone() -> None:
    room = Newsroom()
    await room.confirmed(2)
    room.news.fates = {1: [Sent.GONE], 2: [Sent.GONE]}
    async with room.at_work() as broadcasting:
        await room.until(lambda: len(room.news.sent) == 2)
        room.store.broadcast_error = StoreError("bot.db: is locked")
        await asyncio.sleep(5)
        broadcasting.changed(1, (Seen("en"),))
        room.store.broadcast_error = None
        assert await room.over() == Tally(blocked=2)
    assert [room.store.people[each].gone for each in (1, 2)] == [False, True]

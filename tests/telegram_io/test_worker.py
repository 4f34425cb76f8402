"""Order, and that nothing is lost: letters in a store in memory, worked through by a handler that notes them."""

from __future__ import annotations

import asyncio
import itertools
import logging
from dataclasses import replace

import pytest

from bot.errors import LaneLostError, StoreError, TelegramError
from bot.guide.ports import Letter
from bot.telegram_io.failures import Failure, Kind
from bot.telegram_io.letters import letter_of
from bot.telegram_io.person_lane import BURST, DEADLY, HELD, SUSPECT, TURNS_A_SECOND
from bot.telegram_io.turns import NotShownError
from bot.telegram_io.work import Work
from tests.telegram_io.desk import at_work, said, tapped
from tests.telegram_io.fakes import NOW, MemoryStore, Sleeper


async def test_one_persons_letters_are_handled_in_their_order_and_let_go(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        await at.worker.take([said(7, 1), said(8, 2), said(9, 1)])
        await at.worker.take([said(10, 1)])
        await at.idle()
    assert sorted(at.desk.done) == [7, 8, 9, 10]
    assert [number for number in at.desk.done if number != 8] == [7, 9, 10]


async def test_people_are_served_side_by_side_but_not_too_many(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper, most=3) as at:
        await at.worker.take([said(number, number) for number in range(1, 21)])
        await at.worker.take([said(number + 100, number) for number in range(1, 21)])
        await at.idle()
    assert at.desk.most == 3
    assert sorted(at.desk.done) == [*range(1, 21), *range(101, 121)]
    assert all(at.desk.done.index(number) < at.desk.done.index(number + 100) for number in range(1, 21))


async def test_what_comes_again_is_ignored_while_it_waits_and_after(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([said(7), said(7), said(8)])
        await at.worker.take([said(8), said(7)])
        at.desk.gate.set()
        await at.idle()
        await at.worker.take([said(7), said(8), said(9)])
        await at.idle()
    assert at.desk.done == [7, 8, 9]


async def test_what_cannot_be_kept_is_not_begun(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        store.put_error = StoreError("the disk is full")
        with pytest.raises(StoreError):
            await at.worker.take([said(7)])
        store.put_error = None
        await at.worker.take([said(7)])
        await at.idle()
    assert at.desk.done == [7]


async def test_what_was_kept_by_a_call_whose_outcome_was_lost_is_handled_all_the_same(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        await store.put([letter_of(said(7))], NOW)
        await at.worker.take([said(7)])
        await at.idle()
    assert at.desk.done == [7]


async def test_taps_on_one_message_that_piled_up_are_handled_as_one(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([tapped(1)])
        await at.desk.entered.wait()
        await at.worker.take(
            [tapped(2), tapped(3), said(4), tapped(5), tapped(6, message_id=9), tapped(7, 2)]
        )
        at.desk.gate.set()
        await at.idle()
    assert sorted(at.desk.works) == [[1], [2, 3], [4], [5], [6], [7]]


async def test_one_bad_tap_does_not_take_others_with_it(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([said(1)])
        await at.desk.entered.wait()
        await at.worker.take([tapped(2), tapped(3), tapped(4)])
        at.desk.fails(3, *(KeyError("words") for _ in range(9)))
        at.desk.gate.set()
        await at.idle()
    assert at.desk.works == [[1], [2], [4]]
    assert [letter for letter, _ in store.dead] == [3]


async def test_more_of_one_person_than_memory_should_hold_waits_in_the_inbox_in_order(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        for number in range(1, 4 * HELD):
            await at.worker.take([said(number)])
        at.desk.gate.set()
        await at.until(lambda: len(at.desk.done) > HELD)
        await at.worker.take([said(4 * HELD)])
        await at.idle()
    assert at.desk.done == list(range(1, 4 * HELD + 1))


async def test_what_comes_while_a_lane_is_about_to_end_is_handled_however_much_it_is(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        store.settle_error = StoreError("bot.db: is locked")
        await at.worker.take([said(1)])
        await at.until(lambda: len(sleeper.waits) > 1)
        await at.worker.take([said(number) for number in range(2, 2 * HELD)])
        store.settle_error = None
        await at.idle()
    assert at.desk.done == list(range(1, 2 * HELD))


async def test_who_floods_is_slowed_and_nobody_else(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        await at.worker.take([said(number, 1) for number in range(BURST)])
        await at.worker.take([said(1000, 2)])
        await at.idle()
        assert sleeper.waits == [], "nobody taps faster than this by hand"
        await at.worker.take([said(number, 1) for number in range(100, 100 + 3 * BURST)])
        await at.worker.take([said(2000, 2)])
        await at.until(lambda: 2000 in at.desk.done)
        assert len(at.desk.done) < 4 * BURST
        await at.idle()
    assert sum(sleeper.waits) == pytest.approx((3 * BURST - 1) / TURNS_A_SECOND), "the first one waited for"


async def test_a_pile_of_taps_on_one_message_is_not_slowed_but_a_flood_of_them_is(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([said(1)])
        await at.desk.entered.wait()
        await at.worker.take([tapped(number) for number in range(2, 2 * HELD)])
        at.desk.gate.set()
        await at.idle()
        assert sleeper.waits == []
        await at.worker.take([tapped(number) for number in range(1_000, 2_000)])
        await at.idle()
    assert at.desk.done == [*range(1, 2 * HELD), *range(1_000, 2_000)]
    assert sum(sleeper.waits) > 1_000 / 20 / TURNS_A_SECOND


async def test_those_who_flood_do_not_keep_others_from_being_served(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper, most=2) as at:
        for number in range(60):
            await at.worker.take([said(1000 * person + number, person) for person in (1, 2, 3)])
        await at.worker.take([said(9, 4)])
        await at.until(lambda: 9 in at.desk.done)
        assert len(at.desk.done) < 120, "two who flood would have been served to their ends first"
        await at.idle()
    assert len(at.desk.done) == 181
    for person in (1, 2, 3):
        theirs = [number for number in at.desk.done if number // 1000 == person]
        assert theirs == sorted(theirs)


async def test_a_group_is_answered_once_however_many_speak_to_the_bot_there(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([in_group(1, 5)])
        await at.desk.entered.wait()
        await at.worker.take([in_group(number, number) for number in range(2, 40)])
        at.desk.gate.set()
        await at.idle()
    assert [len(work) for work in at.desk.works] == [1, 38]


@pytest.mark.parametrize(
    "update",
    [
        {**said(7, 1), "callback_query": tapped(7, 2)["callback_query"]},
        {**tapped(7, 2), "message": said(7, 1)["message"]},
        said(7, -5),
    ],
)
async def test_an_update_that_is_not_clearly_one_persons_is_put_away(
    store: MemoryStore, sleeper: Sleeper, update: dict[str, object]
) -> None:
    async with at_work(store, sleeper) as at:
        await at.worker.take([update, said(8, 2)])
        await at.idle()
    assert at.desk.done == [8]
    assert len(store.dead) == 1


async def test_what_is_nobodys_is_not_slowed(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        await at.worker.take([{"update_id": number} for number in range(5 * BURST)])
        await at.idle()
    assert at.desk.done == list(range(5 * BURST))
    assert sleeper.waits == []


@pytest.mark.parametrize("tries", [1, 2])
async def test_what_fails_at_first_is_tried_again(store: MemoryStore, sleeper: Sleeper, tries: int) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, *(KeyError() for _ in range(tries)))
        await at.worker.take([said(7), said(8)])
        await at.idle()
    assert at.desk.done == [7, 8]
    assert store.dead == []
    assert sleeper.waits == [0.5, 1.0][:tries]


async def test_what_fails_three_times_is_buried_with_an_apology_and_the_rest_flows_on(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, *(KeyError("private words") for _ in range(9)))
        await at.worker.take([said(7, text="private words"), said(8)])
        await at.idle()
    assert at.desk.done == [8]
    ((number, dead),) = store.dead
    assert (number, dead.reason) == (7, "KeyError")
    assert at.desk.apologies == [(7, dead.reference)]
    assert f"ref={dead.reference} person=1 update=7" in caplog.text
    assert '"text":"str(13)"' in dead.shape
    assert "private words" not in caplog.text + dead.shape


async def test_a_turn_that_was_stored_before_it_failed_is_only_shown_again(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, RuntimeError())
        at.desk.gate.clear()
        await at.worker.take([said(7)])
        await at.desk.entered.wait()
        await store.save(1, (), NOW, {7: "stored"})
        at.desk.gate.set()
        await at.idle()
    assert at.desk.answers == [["stored"]]


async def test_an_apology_comes_once_whatever_trouble_there_is_with_the_database(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, *(KeyError() for _ in range(99)))
        store.bury_errors = [StoreError("bot.db: the disk is full") for _ in range(5)]
        await at.worker.take([said(7)])
        await at.idle()
    assert len(at.desk.apologies) == 1


async def test_an_apology_that_fails_is_told_of_and_the_letter_is_buried(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    words = "private words"

    async def fail() -> None:
        raise ValueError(words)

    async with at_work(store, sleeper) as at:
        at.desk.apologise = fail
        at.desk.fails(7, *(KeyError() for _ in range(3)))
        await at.worker.take([said(7)])
        await at.idle()
    assert len(store.dead) == 1
    assert "an apology failed" in caplog.text
    assert words not in caplog.text


@pytest.mark.parametrize(("kind", "apologies"), [(Kind.OUR_FAULT, 1), (Kind.UNKNOWN, 0)])
async def test_a_screen_that_telegram_will_not_show_is_not_tried_thrice(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture, kind: Kind, apologies: int
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, NotShownError(Failure(kind, "BadRequest: can't parse entities")))
        await at.worker.take([said(7)])
        await at.idle()
    assert len(at.desk.apologies) == apologies
    assert [dead.reason for _, dead in store.dead] == [f"not shown: {kind.name}"]
    assert "a screen was not shown" in caplog.text


async def test_what_cannot_be_read_is_buried_at_once(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    nameless = said(2)
    nameless["message"]["from"]["id"] = "private words"
    async with at_work(store, sleeper) as at:
        await at.worker.take([{"update_id": 1, "message": "private words"}, nameless, said(3)])
        await at.idle()
    assert at.desk.done == [3]
    assert sorted(dead.reason for _, dead in store.dead) == [
        "unreadable: AttributeError",
        "unreadable: TypeError",
    ]
    assert "private words" not in caplog.text + str(store.dead)


async def test_what_is_no_update_at_all_is_noted(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        await at.worker.bury("not JSON")
    ((number, dead),) = store.dead
    assert (number, dead.reason) == (None, "not JSON")


async def test_what_cannot_be_written_down_is_put_away_and_those_beside_it_are_kept(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    async with at_work(store, sleeper) as at:
        await at.worker.take([said(7), {"update_id": 8, "message": deep}, said(9)])
        await at.idle()
    assert at.desk.done == [7, 9]
    assert [dead.reason for _, dead in store.dead] == ["could not be kept: RecursionError"]


async def test_a_database_in_trouble_is_waited_for_and_told_of_once(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, *(StoreError("bot.db: the disk is full") for _ in range(6)))
        await at.worker.take([said(7), said(8), said(9)])
        await at.idle()
        assert at.desk.done == [7, 8, 9]
        assert store.dead == [], "the update is not at fault"
        assert len(sleeper.waits) == 6
        assert max(sleeper.waits) <= 2
        sleeper.time += 60
        await at.worker.take([said(10)])
        await at.idle()
    assert caplog.text.count("the disk is full") == 1
    assert caplog.text.count("the database can be used again after") == 1


async def test_what_cannot_be_kept_for_the_databases_sake_is_told_of_once(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work(store, sleeper) as at:
        store.put_error = StoreError("bot.db: the disk is full")
        for _ in range(5):
            with pytest.raises(StoreError):
                await at.worker.take([said(7)])
    assert caplog.text.count("the disk is full") == 1


async def test_an_update_that_the_store_cannot_take_is_put_away_and_those_beside_it_are_kept(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work(store, sleeper) as at:
        store.unfit = {8}
        await at.worker.take([said(7), said(8), said(9)])
        await at.idle()
    assert at.desk.done == [7, 9]
    ((_, dead),) = store.dead
    assert dead.reason == "could not be kept: OverflowError"
    assert f"ref={dead.reference} update=8" in caplog.text


async def test_a_token_that_is_refused_ends_it_and_leaves_all_letters_for_the_next_start(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, TelegramError("The token is refused"))
        await at.worker.take([said(7), said(8)])
        with pytest.raises(TelegramError):
            await at.running
    assert (store.dead, sorted(store.letters)) == ([], [7, 8])


async def test_letting_go_waits_for_the_database_and_forgets_nothing(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        store.settle_error = StoreError("bot.db: is locked")
        await at.worker.take([said(7), said(8, 2)])
        await at.until(lambda: len(sleeper.waits) > 3)
        assert sorted(at.desk.done) == [7, 8]
        store.settle_error = None
        await at.idle()
    assert sorted(store.settled) == [7, 8]


async def test_a_lane_that_another_process_has_taken_over_is_left_to_it(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, LaneLostError("letter 7 is done with already"))
        await at.worker.take([said(7), said(8)])
        await at.until(lambda: not at.worker.busy)
    assert at.desk.done == []
    assert list(store.letters) == [7, 8], "they are the other one's to let go"
    assert "another process's now" in caplog.text


async def test_what_was_left_over_is_done_at_the_next_start(store: MemoryStore, sleeper: Sleeper) -> None:
    await store.put([letter_of(said(number, 1 + number % 3)) for number in range(10)], NOW)
    async with at_work(store, sleeper, most=2) as at:
        await at.idle()
    assert sorted(at.desk.done) == list(range(10))
    assert store.dead == []


async def test_what_others_left_lying_is_taken_over_later_too(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper) as at:
        await store.put([letter_of(said(7))], NOW)
        store.claimed = False
        at.rounds.release()
        await at.idle()
    assert at.desk.done == [7]


async def test_trouble_while_looking_for_what_others_left_is_survived(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        store.claim_error = StoreError("no connection")
        at.rounds.release()
        await at.until(at.rounds.locked)
        store.claim_error = None
        await store.put([letter_of(said(7))], NOW)
        store.claimed = False
        at.rounds.release()
        await at.idle()
    assert at.desk.done == [7]


async def test_a_letter_at_which_the_process_ends_again_and_again_is_buried_and_the_rest_flows_on(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    await store.put([letter_of(said(number, number)) for number in (1, 2, 3)], NOW)
    store.letters[2] = begun(store.letters[2], DEADLY)
    async with at_work(store, sleeper) as at:
        await at.idle()
    assert sorted(at.desk.done) == [1, 3]
    ((number, dead),) = store.dead
    assert (number, dead.reason) == (2, "the process ended at it")
    assert at.desk.apologies == [(2, dead.reference)]
    assert f"ref={dead.reference}" in caplog.text


async def test_a_deadly_letter_that_cannot_be_read_at_all_is_buried_without_an_apology(
    store: MemoryStore, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    await store.put([letter_of({"update_id": 2, "message": {"from": {"id": 1}}})], NOW)
    store.letters[2] = begun(store.letters[2], DEADLY)
    async with at_work(store, sleeper) as at:
        await at.idle()
    assert at.desk.apologies == []
    assert [number for number, _ in store.dead] == [2]
    assert "reading an update for an apology failed" in caplog.text


async def test_suspects_are_handled_one_at_a_time_and_counted_before(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    await store.put([letter_of(said(number, number)) for number in range(1, 6)], NOW)
    for number in range(1, 6):
        store.letters[number] = begun(store.letters[number], SUSPECT)
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.desk.entered.wait()
        counts = [letter.begun for letter in store.letters.values()]
        assert sorted(counts) == [SUSPECT] * 4 + [SUSPECT + 1], "only the one in hand can be at fault"
        at.desk.gate.set()
        await at.idle()
    assert at.desk.most == 1


async def test_work_on_what_was_left_over_is_counted_once_a_process(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    await store.put([letter_of(said(7))], NOW)
    async with at_work(store, sleeper) as at:
        at.desk.fails(7, *(StoreError("locked") for _ in range(5)))
        at.desk.gate.clear()
        await at.desk.entered.wait()
        assert store.letters[7].begun == 1
        at.desk.gate.set()
        await at.until(lambda: len(sleeper.waits) > 3)
        assert store.letters[7].begun == 1
        await at.idle()


async def test_a_letter_that_a_stop_leaves_undone_is_not_held_against_it(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    await store.put([letter_of(said(7))], NOW)
    for _ in range(2 * DEADLY):
        async with at_work(store, sleeper, within=0) as at:
            at.desk.gate.clear()
            await at.desk.entered.wait()
        await store.close()
    assert store.letters[7].begun == 0
    assert store.dead == []


async def test_finishing_with_nothing_in_hand_is_at_once(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, sleeper):
        pass
    assert sleeper.waits == []


async def test_a_flood_does_not_hold_up_the_end(store: MemoryStore, sleeper: Sleeper) -> None:
    async with at_work(store, NeverWakes()) as at:
        await at.worker.take([said(number) for number in range(3 * BURST)])
        await at.until(lambda: len(at.desk.done) == BURST)
    assert at.desk.done == list(range(BURST))
    assert sorted(store.letters) == list(range(BURST, 3 * BURST))


async def test_what_is_done_is_let_go_at_the_end_even_if_the_end_comes_first(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        at.desk.gate.clear()
        await at.worker.take([said(7)])
        await at.desk.entered.wait()
        asyncio.get_running_loop().call_soon(at.desk.gate.set)
    assert at.desk.done == [7]
    assert store.settled == [7]


async def test_order_holds_whatever_comes_in_between(store: MemoryStore, sleeper: Sleeper) -> None:
    """Letters of three people in small batches, a database that fails now and then, and few lanes."""
    numbers = itertools.count(1)
    whose: dict[int, int] = {}
    async with at_work(store, sleeper, most=2) as at:
        for batch in range(60):
            updates = [said(next(numbers), 1 + (batch * each) % 3) for each in range(5)]
            whose.update((update["update_id"], update["message"]["from"]["id"]) for update in updates)
            if batch % 7 == 3:
                at.desk.fails(updates[0]["update_id"], StoreError("locked"), StoreError("locked"))
            await at.worker.take(updates)
        await at.idle()
    assert sorted(at.desk.done) == list(range(1, 301))
    for person in (1, 2, 3):
        theirs = [number for number in at.desk.done if whose[number] == person]
        assert theirs == sorted(theirs)


class NeverWakes(Sleeper):
    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


def in_group(update_id: int, person: int) -> dict[str, object]:
    update = said(update_id, person)
    update["message"]["chat"] = {"id": -1005, "type": "supergroup"}
    return update


def begun(letter: Letter, times: int) -> Letter:
    return replace(letter, begun=times)


async def test_a_tap_that_was_held_up_on_its_way_comes_to_nothing_after_its_repetition(
    store: MemoryStore, sleeper: Sleeper
) -> None:
    async with at_work(store, sleeper) as at:
        late: list[frozenset[int]] = []
        process = at.desk.process

        async def noting(work: Work) -> None:
            late.append(work.late)
            await process(work)

        at.handles_by(noting)
        first, again, other = tapped(1), tapped(5), tapped(6)
        again["callback_query"]["data"] = first["callback_query"]["data"]
        for update in (again, other, first):
            await at.worker.take([update])
            await at.idle()
    assert late == [frozenset(), frozenset(), frozenset({1})]

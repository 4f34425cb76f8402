"""Everybody's tip at their hour: once, in time, whatever goes wrong meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import timedelta

import pytest

from bot.errors import StoreError, TelegramError
from bot.guide.person import Presence, Schedule, Seen, Tipped
from bot.guide.ports import Sent
from bot.outreach.claims import CLAIM_SECONDS
from bot.outreach.dispatcher import BATCH_SECONDS, LONGEST_SLEEP, most_under_way
from tests.outreach.fakes import DAY, LATE, NINE, PLAN, Office
from tests.support.virtual_time import in_virtual_time, virtual

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@virtual
async def test_a_tip_goes_out_at_its_moment_and_the_next_one_a_day_later() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + 7 * MINUTE + 30 * SECOND)
    async with office.at_work():
        await asyncio.sleep(2.5 * DAY.total_seconds())
    assert [each.at - NINE for each in office.post.sent] == [
        7 * MINUTE + 30 * SECOND + number * DAY for number in range(3)
    ]
    assert office.store.people[ann].last_tip_on == (NINE + 2 * DAY).date()
    assert office.store.claims == {}


@virtual
async def test_who_is_due_longest_comes_first() -> None:
    office = Office()
    ids = office.store.add(NINE - 2 * MINUTE, NINE - 9 * MINUTE, NINE - 5 * MINUTE)
    async with office.at_work():
        await office.until(lambda: len(office.post.sent) == 3)
    assert office.post.people == [ids[1], ids[2], ids[0]]


@virtual
async def test_it_sleeps_until_the_next_one_is_due_and_asks_the_database_seldom() -> None:
    office = Office()
    office.store.add(NINE + 60 * MINUTE)
    async with office.at_work():
        await asyncio.sleep(59 * 60)
        assert office.store.calls["due"] <= 61
    assert office.store.calls["due"] >= 59, "another process may set an earlier one without a word"


@virtual
async def test_who_chooses_an_hour_that_comes_soon_is_in_time() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + DAY)
    async with office.at_work() as dispatcher:
        await asyncio.sleep(1)
        change = Schedule(PLAN, NINE + 5 * SECOND)
        office.store.turn(ann, change)
        dispatcher.changed(ann, [change])
        await office.until(lambda: office.post.sent)
    assert office.post.sent[0].at == NINE + 5 * SECOND


@virtual
async def test_a_change_by_another_process_is_noticed_within_a_minute() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + DAY)
    async with office.at_work():
        await asyncio.sleep(1)
        office.store.turn(ann, Schedule(PLAN, NINE + 5 * SECOND))
        await office.until(lambda: office.post.sent)
    assert office.post.sent[0].at <= NINE + LONGEST_SLEEP


@virtual
async def test_what_is_too_late_is_not_sent_and_is_planned_anew() -> None:
    office = Office()
    late, in_time = office.store.add(NINE - LATE - SECOND, NINE - LATE + MINUTE)
    async with office.at_work():
        await office.until(lambda: len(office.store.recorded) == 2)
    assert office.post.people == [in_time]
    assert office.store.people[late].next_tip_at == NINE - LATE - SECOND + DAY
    assert office.store.people[late].last_tip_on is None


@virtual
async def test_thousands_at_once_are_never_held_in_memory_and_never_many_are_under_way() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 2_000)
    async with office.at_work():
        await office.until(lambda: len(office.store.recorded) == len(people))
    assert Counter(office.post.people) == Counter(people)
    assert office.post.most_under_way <= most_under_way(10)
    assert office.store.most_claimed <= 10 * BATCH_SECONDS + most_under_way(10)


@virtual
async def test_who_blocked_the_bot_costs_no_more_calls() -> None:
    office = Office()
    gone, there = office.store.add(NINE, NINE)
    office.post.fates[gone] = [Sent.GONE]
    async with office.at_work():
        await asyncio.sleep(3.5 * DAY.total_seconds())
    assert Counter(office.post.people) == {gone: 1, there: 4}
    assert office.store.people[gone].gone


@virtual
async def test_who_comes_back_while_they_are_found_gone_is_not_taken_for_gone() -> None:
    office = Office()
    (ann,) = office.store.add(NINE)
    office.post.fates[ann] = [Sent.GONE]
    async with office.at_work() as dispatcher:
        await office.until(lambda: office.post.sent)
        dispatcher.changed(ann, [Presence(gone=False)])
        await office.until(lambda: len(office.store.recorded) == 2)
    assert not office.store.people[ann].gone
    assert office.post.people == [ann, ann]


@virtual
async def test_what_fails_for_one_is_left_out_until_tomorrow_and_the_others_get_theirs() -> None:
    office = Office()
    refused, faulty, unfit, well = office.store.add(*[NINE] * 4)
    office.post.fates = {refused: [Sent.FAILED], unfit: [ValueError("secret words")]}
    office.daily.errors[faulty] = KeyError("secret words")
    async with office.at_work():
        await asyncio.sleep(DAY.total_seconds() / 2)
    assert sorted(office.post.people) == sorted([refused, unfit, well])
    for person_id in (refused, faulty, unfit):
        assert office.store.people[person_id].next_tip_at == NINE + DAY
        assert office.store.people[person_id].last_tip_on is None
    assert office.store.people[well].last_tip_on == NINE.date()


def test_faults_are_logged_with_ids_only(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        office = Office()
        faulty, unfit = office.store.add(NINE, NINE)
        office.daily.errors[faulty] = KeyError("secret words")
        office.post.fates = {unfit: [ValueError("secret words")]}
        async with office.at_work():
            await office.until(lambda: len(office.store.recorded) == 2)

    in_virtual_time(work())
    errors = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert any("choosing a tip" in each and "person=1" in each for each in errors)
    assert any("sending a tip" in each and "person=2" in each for each in errors)
    assert "secret words" not in caplog.text


@virtual
async def test_what_nobody_knows_of_counts_as_sent() -> None:
    office = Office()
    (ann,) = office.store.add(NINE)
    office.post.fates[ann] = [Sent.UNKNOWN]
    async with office.at_work():
        await asyncio.sleep(3_600)
    assert office.post.people == [ann]
    assert office.store.people[ann].last_tip_on == NINE.date()


@virtual
async def test_who_stops_a_moment_before_gets_nothing() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 20)
    async with office.at_work() as dispatcher:
        await office.until(lambda: len(office.post.sent) == 5)
        last = people[-1]
        change = Schedule(PLAN, None)
        office.store.turn(last, change)
        dispatcher.changed(last, [change])
        await office.until(lambda: len(office.store.recorded) == 19)
        await asyncio.sleep(120)
    assert last not in office.post.people
    assert len(office.post.sent) == 19


@virtual
async def test_who_does_something_a_moment_before_still_gets_theirs_once() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 20)
    async with office.at_work() as dispatcher:
        await office.until(lambda: len(office.post.sent) == 5)
        dispatcher.changed(people[-1], [Seen("en")])
        await office.until(lambda: len(office.store.recorded) == 20)
        assert office.time.now() < NINE + timedelta(seconds=CLAIM_SECONDS)
    assert Counter(office.post.people) == Counter(people)


@virtual
async def test_asked_to_stop_it_finishes_what_is_under_way_and_nothing_comes_twice() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 100)
    for _ in range(8):
        async with office.at_work():
            await asyncio.sleep(0.33)
        assert office.store.claims == {}, "whoever was claimed and not begun with may be claimed at once"
        assert len(office.store.recorded) == len(office.post.sent)
    async with office.at_work():
        await office.until(lambda: len(office.store.recorded) == 100)
    assert Counter(office.post.people) == Counter(people)


@virtual
async def test_a_stop_while_it_claims_lets_go_of_what_was_claimed() -> None:
    office = Office()
    office.store.add(NINE)
    office.store.seconds = 0.5
    async with office.at_work():
        await office.until(lambda: office.store.calls["note"])
        await asyncio.sleep(0.6)  # now it has counted, and claims
        assert office.store.calls == {"note": 1, "count_due": 1}
    assert office.store.calls == {"note": 1, "count_due": 1, "due": 1, "let_go": 1}
    assert office.store.claims == {}
    assert office.post.sent == []


@virtual
async def test_what_does_not_end_in_time_is_due_still() -> None:
    office = Office()
    office.store.add(NINE)
    office.post.seconds = 30
    async with office.at_work(within=2):
        await office.until(lambda: office.post.sent)
    assert office.time.now() <= NINE + 4 * SECOND
    assert office.store.recorded == []
    office.post.seconds = 0.2
    async with office.at_work():
        await office.until(lambda: office.store.recorded)
    assert office.time.now() >= NINE + timedelta(seconds=CLAIM_SECONDS), "the claim had to run out"
    assert len(office.post.sent) == 2


@virtual
async def test_a_kill_repeats_at_most_what_was_under_way_and_skips_nobody() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 100)
    kills = 5
    for _ in range(kills):
        running = asyncio.create_task(office.dispatcher().run())
        await asyncio.sleep(0.5)
        await _killed(running)
    async with office.at_work():
        await office.until(lambda: all(each.last_tip_on for each in office.store.people.values()))
    sent = Counter(office.post.people)
    assert set(sent) == set(people)
    assert sum(sent.values()) - len(people) <= kills * most_under_way(10)


async def _killed(running: asyncio.Task[None]) -> None:
    """As far as it can be told from outside: nothing of it goes on."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    assert running.done()


@virtual
async def test_a_claim_that_has_run_out_is_nobodys() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE] * 15)
    office.post.halted = True
    async with office.at_work():
        await asyncio.sleep(CLAIM_SECONDS * 1.5)
        assert office.post.sent == []
        assert office.store.recorded == []
        office.post.halted = False
        await office.until(lambda: len(office.store.recorded) == 15)
        await asyncio.sleep(CLAIM_SECONDS * 3)
    assert Counter(office.post.people) == Counter(people)


@virtual
async def test_two_of_them_send_nobody_two() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE + number * SECOND for number in range(60)])
    async with office.at_work():
        async with office.at_work():
            await asyncio.sleep(30)
        await office.until(lambda: len(office.store.recorded) == 60)
    assert Counter(office.post.people) == Counter(people)


@virtual
async def test_a_database_in_trouble_is_waited_for() -> None:
    office = Office(rate=10)
    people = office.store.add(*[NINE + 2 * number * SECOND for number in range(30)])
    async with office.at_work():
        for _ in range(5):
            await asyncio.sleep(4)
            office.store.error = StoreError("bot.db: is locked")
            await asyncio.sleep(20)
            office.store.error = None
        await office.until(lambda: len(office.store.recorded) == 30)
    assert Counter(office.post.people) == Counter(people)


@virtual
async def test_what_was_sent_while_the_database_was_away_is_recorded_when_it_is_back() -> None:
    office = Office()
    office.store.add(NINE)
    async with office.at_work():
        await office.until(lambda: office.post.sent)
        office.store.error = StoreError("bot.db: is locked")
        await asyncio.sleep(600)
        office.store.error = None
        await office.until(lambda: office.store.recorded)
        await asyncio.sleep(600)
    assert len(office.post.sent) == 1


@virtual
async def test_a_refused_token_ends_it() -> None:
    office = Office()
    (ann,) = office.store.add(NINE)
    office.post.fates[ann] = [TelegramError("refused")]
    with pytest.raises(TelegramError):
        await asyncio.wait_for(office.dispatcher().run(), 60)


@virtual
async def test_a_bug_in_the_store_ends_it() -> None:
    office = Office()
    (ann,) = office.store.add(NINE)

    async def send_and_break(*args: object, **kwargs: object) -> Sent:
        office.store.error = OverflowError("as a database raises for a number that does not fit")
        return Sent.DONE

    office.post.send = send_and_break  # type: ignore[method-assign]
    with pytest.raises(OverflowError):
        await asyncio.wait_for(office.dispatcher().run(), 60)
    assert office.store.people[ann].last_tip_on is None


def test_a_busy_time_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.outreach")

    async def work() -> None:
        office = Office(rate=10)
        people = office.store.add(*[NINE] * 30, NINE - 2 * LATE, *[NINE + 60 * MINUTE] * 2)
        office.daily.kinds[people[0]] = "reminder"
        office.post.fates = {people[1]: [Sent.GONE], people[2]: [Sent.UNKNOWN], people[3]: [Sent.FAILED]}
        async with office.at_work():
            await asyncio.sleep(2 * 3_600)

    in_virtual_time(work())
    lines = [each.getMessage().partition(": ")[2] for each in caplog.records]
    assert lines == [
        "tip 26, reminder 1, late 1, gone 1, failed 1, unknown 1",
        "tip 2, reminder 0, late 0, gone 0, failed 0, unknown 0",
    ]


@virtual
async def test_what_was_chosen_while_the_tip_was_under_way_is_kept() -> None:
    office = Office()
    (ann,) = office.store.add(NINE)
    async with office.at_work() as dispatcher:
        await office.until(lambda: office.post.sent)
        change = Schedule(PLAN, NINE + 5 * DAY)
        office.store.turn(ann, change)
        dispatcher.changed(ann, [change])
        await office.until(lambda: office.store.recorded)
    assert office.store.people[ann].next_tip_at == NINE + 5 * DAY
    assert isinstance(office.store.recorded[0].changes[0], Tipped)

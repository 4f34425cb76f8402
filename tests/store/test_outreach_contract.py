"""Whose tip is due: what every store promises to whoever sends them."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.guide.person import (
    UNTIL_BACK,
    Change,
    Erase,
    Forget,
    Plan,
    Presence,
    Remember,
    Schedule,
    Settle,
    Tipped,
)
from bot.guide.ports import Outcome, Store
from bot.store import open_store
from tests.store.knowing import NOON, known

ANNA, BEN, CLEO = 7_000_000_001, 42, 43
TODAY = date(2026, 3, 1)
PLAN = Plan("Asia/Manila", 7 * 60)


def hours(number: float) -> datetime:
    return NOON + timedelta(hours=number)


async def wants(store: Store, person: int, at: datetime | None, *others: Change) -> None:
    await store.save(person, [Schedule(PLAN, at), *others], NOON)


async def claimed(store: Store, now: datetime, most: int = 10, minutes: float = 1) -> list[int]:
    return [each.id for each in await store.due(now, most, now + timedelta(minutes=minutes))]


def sent(*people: int, due: datetime = NOON, then: datetime | None = None) -> list[Outcome]:
    return [Outcome(person, (Tipped(due, then or due + timedelta(days=1), TODAY),)) for person in people]


async def test_a_plan_is_read_back_as_it_was_made(store: Store) -> None:
    plan = Plan("Africa/Nairobi", 1439, frozenset({0, 6}), on=False, paused_until=UNTIL_BACK)
    await store.save(ANNA, [Schedule(plan, hours(1))], NOON)
    person = await store.person(ANNA)
    assert (person.plan, person.zone, person.next_tip_at) == (plan, "Africa/Nairobi", hours(1))


async def test_a_zone_may_be_known_without_a_plan(store: Store) -> None:
    await store.save(ANNA, [Settle("Asia/Manila")], NOON)
    person = await store.person(ANNA)
    assert (person.plan, person.zone, person.next_tip_at) == (None, "Asia/Manila", None)


async def test_who_waits_longest_comes_first_and_nobody_who_is_not_due(store: Store) -> None:
    await wants(store, ANNA, hours(1))
    await wants(store, BEN, hours(0.5))
    await wants(store, CLEO, hours(3))
    assert await claimed(store, hours(0)) == []
    assert await claimed(store, hours(1)) == [BEN, ANNA]


async def test_the_due_come_with_all_that_is_known_of_them(store: Store) -> None:
    await wants(store, ANNA, NOON, Remember("task", "a", "done"), Remember("task", "b", "done"))
    await wants(store, BEN, NOON)
    found = await store.due(NOON, 10, hours(1))
    assert [known(each) for each in found] == [known(await store.person(each)) for each in (BEN, ANNA)]


async def test_no_more_are_claimed_than_asked_for_and_nobody_twice(store: Store) -> None:
    for person in range(1, 8):
        await wants(store, person, NOON)
    got = [await claimed(store, NOON, most=3) for _ in range(4)]
    assert got == [[1, 2, 3], [4, 5, 6], [7], []]


async def test_a_claim_that_runs_out_or_is_given_up_is_another_s(store: Store) -> None:
    await wants(store, ANNA, NOON)
    await wants(store, BEN, NOON)
    assert await claimed(store, NOON, minutes=1) == [BEN, ANNA]
    await store.let_go([BEN])
    assert await claimed(store, NOON, minutes=1) == [BEN]
    assert await claimed(store, NOON + timedelta(minutes=1)) == [BEN, ANNA]


async def test_what_is_dealt_with_is_due_again_when_it_says(store: Store) -> None:
    await wants(store, ANNA, NOON)
    await claimed(store, NOON)
    outcome = Outcome(ANNA, (Tipped(NOON, hours(24), TODAY), Remember("tip", "a", "2026-03-01")))
    await store.dealt_with([outcome], NOON)
    person = await store.person(ANNA)
    assert (person.next_tip_at, person.last_tip_on) == (hours(24), TODAY)
    assert person.marks.value("tip", "a") == "2026-03-01"
    assert await claimed(store, hours(23)) == []
    assert await claimed(store, hours(24)) == [ANNA]


async def test_whoever_chose_another_time_meanwhile_keeps_it(store: Store) -> None:
    await wants(store, ANNA, NOON)
    await claimed(store, NOON)
    await wants(store, ANNA, hours(5))
    await store.dealt_with(sent(ANNA), NOON)
    person = await store.person(ANNA)
    assert (person.next_tip_at, person.last_tip_on) == (hours(5), TODAY)
    assert await claimed(store, hours(5)) == [ANNA], "the claim on the former hour is over"


async def test_whoever_was_erased_meanwhile_stays_erased(store: Store) -> None:
    await wants(store, ANNA, NOON)
    await wants(store, BEN, NOON)
    await claimed(store, NOON)
    await store.save(ANNA, [Erase()], NOON)
    for change in (Remember("tip", "a", "x"), Presence(gone=True)):
        await store.dealt_with([Outcome(ANNA, (Tipped(NOON, hours(24), TODAY), change)), *sent(BEN)], NOON)
    assert not (await store.person(ANNA)).marks
    assert not (await store.person(ANNA)).gone
    assert (await store.person(BEN)).next_tip_at == hours(24)


async def test_who_blocked_the_bot_is_not_due_and_is_again_when_they_are_back(store: Store) -> None:
    await wants(store, ANNA, NOON)
    await claimed(store, NOON)
    await store.dealt_with([Outcome(ANNA, (Presence(gone=True),))], NOON)
    assert await claimed(store, hours(1)) == []
    assert await store.next_due() is None
    await store.save(ANNA, [Presence(gone=False)], hours(2))
    assert await store.next_due() == NOON
    assert await claimed(store, hours(2)) == [ANNA]


async def test_any_change_may_come_of_what_was_due(store: Store) -> None:
    await wants(store, ANNA, NOON, Remember("pending", "text", "x"))
    await claimed(store, NOON)
    changes = (
        Remember("tip", "a", "1"),
        Remember("tip", "a", "2"),
        Forget("pending", "text"),
        *sent(ANNA)[0].changes,
    )
    await store.dealt_with([Outcome(ANNA, changes)], NOON)
    person = await store.person(ANNA)
    assert {(kind, item): mark.value for kind, item, mark in person.marks} == {("tip", "a"): "2"}


async def test_when_something_is_due_next_is_known(store: Store) -> None:
    assert await store.next_due() is None
    await wants(store, ANNA, hours(2))
    await wants(store, BEN, hours(1))
    await wants(store, CLEO, None)
    assert await store.next_due() == hours(1)
    await claimed(store, hours(1), minutes=30)
    assert await store.next_due() == hours(1.5), "the claim runs out before the other is due"
    await store.dealt_with(sent(BEN, due=hours(1)), hours(1))
    assert await store.next_due() == hours(2)


async def test_how_many_are_due_in_a_span_of_time(store: Store) -> None:
    for person in range(1, 6):
        await wants(store, person, hours(person))
    await wants(store, 9, hours(2), Presence(gone=True))
    assert await store.count_due(hours(2), hours(4)) == 2


async def test_plans_can_be_gone_through_and_dated_anew(store: Store) -> None:
    for person in range(1, 6):
        await wants(store, person, NOON, Remember("task", "a", "done"))
    await store.save(3, [Schedule(Plan("UTC", 1, on=False), None)], NOON)
    await store.save(8, [Remember("task", "a", "done")], NOON)
    first = await store.planned(0, 2)
    rest = await store.planned(first[-1].id, 10)
    assert [each.id for each in (*first, *rest)] == [1, 2, 4, 5]
    assert first[0].plan == PLAN
    await store.replan({1: hours(7), 2: None, 77: NOON})
    assert [(await store.person(each)).next_tip_at for each in (1, 2, 4, 77)] == [hours(7), None, NOON, None]


async def test_nothing_to_do_is_no_trouble(store: Store) -> None:
    await store.dealt_with([], NOON)
    await store.let_go([])
    await store.replan({})
    assert await store.planned(0, 5) == []


async def test_a_note_about_the_database_is_kept(store: Store) -> None:
    assert await store.note("tzdata") is None
    await store.take_note("tzdata", "2026a")
    await store.take_note("tzdata", "2026b")
    assert await store.note("tzdata") == "2026b"


async def test_after_a_restart_claims_of_the_dead_do_not_hold_up_an_sqlite_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    store = await open_store(url)
    await store.claim()
    await wants(store, ANNA, NOON)
    assert await claimed(store, NOON, minutes=60) == [ANNA]
    await store.close()
    again = await open_store(url)
    await again.claim()
    assert await claimed(again, NOON) == [ANNA]
    await again.close()


async def test_two_who_claim_at_once_never_get_the_same_person(url: str) -> None:
    one, other = await open_store(url), await open_store(url)
    try:
        for person in range(1, 201):
            await wants(one, person, NOON)

        async def all_of(store: Store) -> list[int]:
            found: list[int] = []
            while got := await claimed(store, NOON, most=7):
                found += got
                await store.dealt_with(sent(*got), NOON)
            return found

        got = await asyncio.gather(*(all_of(store) for store in (one, other, one, other)))
        everybody = [person for each in got for person in each]
        assert sorted(everybody) == list(range(1, 201))
    finally:
        await one.close()
        await other.close()

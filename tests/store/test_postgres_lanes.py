"""Several bots on one database: one person's turns are one bot's, and what a dead one leaves is taken over."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress

import asyncpg
import pytest

from bot.errors import LaneLostError, StoreError
from bot.guide.person import Change, Erase, Person, Remember
from bot.guide.ports import Letter, Store, Taken
from bot.store.postgres import PostgresStore, open_postgres
from tests.store.knowing import NOON, marks
from tests.store.replica import Replica
from tests.support.postgres import database, run_sql

ANNA, BEN, CLEO = 7_000_000_001, 42, 43


def letter(number: int, person: int = ANNA) -> Letter:
    return Letter(number, person, "{}")


async def ids_waiting(store: Store, person: int = ANNA) -> list[int]:
    return [each.id for each in await store.waiting(person, None, 100)]


@pytest.fixture
def url() -> Iterator[str]:
    with database() as empty:
        yield empty


@pytest.fixture
async def stores(url: str) -> AsyncIterator[list[PostgresStore]]:
    """Three bots that have started."""
    async with AsyncExitStack() as opened:
        three = [await open_postgres(url, lock_timeout=5.0) for _ in range(3)]
        for store in three:
            opened.push_async_callback(store.close)
            assert not await store.claim()
        yield three


def forget_lease_of(url: str, person: int) -> None:
    """As time would have it, for the bot that has this lane: its lease is over."""
    run_sql(
        "UPDATE replicas SET alive_until = clock_timestamp() - interval '1 second'"
        f" WHERE id = (SELECT replica FROM lanes WHERE person = {person})",
        url,
    )


async def test_letters_of_a_person_whom_another_bot_has_are_stored_and_not_dealt(
    stores: list[PostgresStore],
) -> None:
    first, second, _ = stores
    assert (await first.put([letter(1)], NOON)).now == {1}
    taken = await second.put([letter(2), letter(3, BEN)], NOON)
    assert taken == Taken(frozenset({3}))
    assert await ids_waiting(first) == [1, 2]


async def test_who_gives_up_a_lane_is_told_what_another_bot_put_there(stores: list[PostgresStore]) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    await second.put([letter(2)], NOON)
    assert list(await first.settle([1], [ANNA])) == [ANNA]
    assert list(await first.settle([2], [ANNA])) == []
    assert (await second.put([letter(3)], NOON)).now == {3}, "a lane that was given up is anybody's"


async def test_the_same_letter_to_two_bots_at_once_is_dealt_to_one(
    stores: list[PostgresStore], url: str
) -> None:
    batch = [letter(number, number % 7) for number in range(2000)]
    shuffled = [random.Random(seed).sample(batch, len(batch)) for seed in range(3)]
    takings = await asyncio.gather(
        *(store.put(each, NOON) for store, each in zip(stores, shuffled, strict=True))
    )
    assert sum(len(each.now) for each in takings) == len(frozenset().union(*(each.now for each in takings)))
    assert run_sql("SELECT count(*) FROM inbox", url) == "2000"


async def test_a_claim_takes_nothing_from_the_living(stores: list[PostgresStore]) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    assert not await second.claim()
    assert not await first.claim(), "and what is held already is not told"


async def test_a_claim_takes_what_a_bot_left_that_has_gone(stores: list[PostgresStore]) -> None:
    first, second, _ = stores
    await first.put([letter(3), letter(2, BEN), letter(9, CLEO)], NOON)
    await first.settle([9], [])
    await first.close()
    assert list(await second.claim()) == [BEN, ANNA], "who waits longest comes first"
    assert not await second.claim()


async def test_when_a_lease_is_over_another_takes_the_lane_and_the_late_save_changes_nothing(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    forget_lease_of(url, ANNA)
    assert list(await second.claim()) == [ANNA]
    late: tuple[list[Change], ...] = (
        [Remember("step", "s", "done")],
        [Erase(), Remember("step", "s", "done")],
    )
    for changes in late:
        with pytest.raises(LaneLostError):
            await first.save(ANNA, changes, NOON, {1: "late"})
    assert await first.person(ANNA) == Person(ANNA)
    await second.save(ANNA, [Remember("step", "s", "done")], NOON, {1: "shown"})
    assert [each.answer for each in await second.waiting(ANNA, None, 1)] == ["shown"]


async def test_a_put_takes_over_from_the_dead_and_tells_that_more_is_stored(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    forget_lease_of(url, ANNA)
    taken = await second.put([letter(2), letter(3, BEN)], NOON)
    assert taken == Taken(frozenset({3}), frozenset({ANNA}))
    assert await ids_waiting(second) == [1, 2]
    assert (await second.put([letter(4)], NOON)).now == {4}, "from then on it is a lane like any other"


async def test_a_bot_that_was_thought_dead_goes_on_when_it_claims_again(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    forget_lease_of(url, ANNA)
    await second.claim()
    await second.settle([1], [ANNA])
    assert not await first.claim()
    assert (await first.put([letter(2)], NOON)).now == {2}
    await first.save(ANNA, [Remember("step", "s", "done")], NOON, {2: "shown"})
    assert not await second.claim()


async def test_what_is_still_ours_of_a_lost_lane_is_dealt_again(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    forget_lease_of(url, ANNA)
    await second.claim()
    await second.settle([1], [ANNA])
    await first.put([letter(2)], NOON)
    with pytest.raises(LaneLostError):
        await first.save(ANNA, [], NOON, {1: "late"})
    assert list(await first.claim()) == [ANNA], "whoever lost the turn has forgotten the other letter, too"
    assert not await first.claim()


async def test_a_lane_lost_with_nothing_in_it_is_anybodys_again(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    await second.settle([1], [])
    with pytest.raises(LaneLostError):
        await first.save(ANNA, [], NOON, {1: "late"})
    assert not await first.claim()
    assert (await second.put([letter(2)], NOON)).now == {2}


async def test_after_a_put_that_was_cut_short_every_letter_is_dealt_once_or_not_stored(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    await store.claim()
    stored = 0
    for number in range(1, 60):
        putting = asyncio.create_task(store.put([letter(number, number)], NOON))
        for _ in range(number % 20):
            await asyncio.sleep(0)
        putting.cancel()
        await asyncio.wait([putting])
        now = frozenset[int]() if putting.cancelled() else putting.result().now
        told = list(await store.claim())
        again = (await store.put([letter(number, number)], NOON)).now
        dealt = [bool(now), bool(told), bool(again)]
        assert dealt.count(True) == 1, f"letter {number}"
        stored += bool(told)
    await store.close()


async def test_a_bot_keeps_its_lanes_when_its_connection_is_made_anew(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    lock = "locktype = 'advisory' AND objid = (SELECT replica FROM lanes)::oid"
    replica = run_sql("SELECT replica FROM lanes", url)
    run_sql(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE {lock}", url)
    # As after a cable was cut: the server still believes in a session of the bot's that has the lock.
    ghost = await asyncpg.connect(url)
    await ghost.execute(f"SELECT pg_advisory_lock({int.from_bytes(b'lane')}, {replica})")
    with suppress(StoreError):
        await first.claim()  # may be the call that finds the connection gone
    assert not await first.claim()
    assert run_sql("SELECT replica FROM lanes", url) == replica
    assert run_sql(f"SELECT count(*) FROM pg_locks WHERE {lock}", url) == "1"
    ghost.terminate()
    assert not await second.claim()
    await first.save(ANNA, [Remember("step", "s", "done")], NOON, {1: "shown"})


async def test_a_bot_that_has_gone_leaves_no_row(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    await store.claim()
    await store.put([letter(1)], NOON)
    await store.close()
    assert run_sql("SELECT (SELECT count(*) FROM replicas) + (SELECT count(*) FROM lanes)", url) == "0"


async def test_rows_of_the_dead_and_their_empty_lanes_are_cleared_away(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    await first.settle([1], [])
    forget_lease_of(url, ANNA)
    assert not await second.claim()
    assert run_sql("SELECT count(*) FROM lanes", url) == "0"
    assert run_sql("SELECT count(*) FROM replicas", url) == "2"


async def until_one_waits(url: str) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    while await asyncio.to_thread(run_sql, waiting, url) == "0":
        pass


async def test_who_gives_up_a_lane_while_another_bot_puts_there_is_told_of_it(
    stores: list[PostgresStore], url: str
) -> None:
    first = stores[0]
    await first.put([letter(1)], NOON)
    other = await asyncpg.connect(url)
    async with other.transaction():
        assert not await other.fetch("SELECT * FROM put_letters(999, '{2}', $1, '{x}', 0)", [ANNA])
        settling = asyncio.create_task(first.settle([1], [ANNA]))
        await until_one_waits(url)
    assert list(await settling) == [ANNA]
    assert await ids_waiting(first) == [2]
    await other.close()


async def test_who_puts_a_letter_while_another_bot_gives_up_the_lane_gets_it(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    replica = int(run_sql("SELECT replica FROM lanes", url))
    other = await asyncpg.connect(url)
    async with other.transaction():
        assert not await other.fetch("SELECT settle_letters($1, '{1}', $2)", replica, [ANNA])
        putting = asyncio.create_task(second.put([letter(2)], NOON))
        await until_one_waits(url)
    assert (await putting).now == {2}
    await other.close()


async def test_a_claim_that_waits_for_a_put_leaves_its_lane_alone(
    stores: list[PostgresStore], url: str
) -> None:
    first, second, _ = stores
    await second.put([letter(9, BEN)], NOON)
    replica = int(run_sql("SELECT replica FROM lanes", url))
    run_sql(f"INSERT INTO inbox (update_id, person, body, at) VALUES (1, {ANNA}, '', 0)", url)
    other = await asyncpg.connect(url)
    async with other.transaction():
        assert await other.fetch("SELECT * FROM put_letters($1, '{2}', $2, '{x}', 0)", replica, [ANNA])
        claiming = asyncio.create_task(first.claim())
        await until_one_waits(url)
    assert not await claiming
    assert run_sql(f"SELECT replica FROM lanes WHERE person = {ANNA}", url) == str(replica)
    await other.close()


async def test_no_lane_is_taken_while_its_holder_stores_a_turn(stores: list[PostgresStore], url: str) -> None:
    first, second, _ = stores
    await first.put([letter(1)], NOON)
    replica = int(run_sql("SELECT replica FROM lanes", url))
    forget_lease_of(url, ANNA)
    other = await asyncpg.connect(url)
    async with other.transaction():
        await other.execute("SELECT hold_lane($1, $2, '{1}', '{shown}')", replica, ANNA)
        claiming = asyncio.create_task(second.claim())
        await until_one_waits(url)
    assert list(await claiming) == [ANNA]
    assert [each.answer for each in await second.waiting(ANNA, None, 1)] == ["shown"]
    await other.close()


@pytest.mark.parametrize("seed", range(3))
async def test_among_three_bots_no_turn_is_done_twice_and_nothing_is_left_lying(
    stores: list[PostgresStore], url: str, seed: int
) -> None:
    chance = random.Random(seed)
    turns: list[int] = []
    replicas = [Replica(store, turns.append) for store in stores]
    numbers = list(range(600))
    chance.shuffle(numbers)
    # Few people, so that bots meet, and a third of all letters comes to two bots.
    letters = [letter(number, chance.choice([1, 2, 3, 4, 5])) for number in numbers]

    async def feed(replica: Replica, mine: list[Letter]) -> None:
        while mine:
            size = chance.randrange(1, 5)
            batch, mine = mine[:size], mine[size:]
            await replica.put(batch)
            if chance.random() < 0.2:
                await replica.claim()

    await asyncio.gather(
        feed(replicas[0], letters[:300]),
        feed(replicas[1], letters[200:500]),
        feed(replicas[2], letters[400:]),
    )
    for replica in replicas:
        await replica.done()
    assert sorted(turns) == sorted(numbers)
    assert run_sql("SELECT count(*) FROM inbox", url) == "0"
    assert run_sql("SELECT count(*) FROM lanes", url) == "0"
    kept = [await stores[0].person(person) for person in (1, 2, 3, 4, 5)]
    assert sum(len(marks(each)) for each in kept) == 600

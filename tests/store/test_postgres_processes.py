"""Bots that are processes of their own: killed, frozen, started together."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator

import pytest

from bot.errors import StoreError
from bot.guide.person import Remember
from bot.guide.ports import Letter
from bot.store import open_store
from bot.store.postgres import PostgresStore, open_postgres
from tests.store.knowing import NOON, marks
from tests.support import postgres
from tests.support.postgres import database, run_sql

ANNA = 7_000_000_001

HOLD = """
import asyncio, sys
from bot.errors import FirstlabelError
from bot.guide.person import Remember
from bot.guide.ports import Letter
from bot.store.postgres import open_postgres
from tests.store.knowing import NOON

async def hold():
    store = await open_postgres(sys.argv[1], lock_timeout=5.0, lease_seconds=float(sys.argv[2]))
    await store.claim()
    await store.put([Letter(1, 7_000_000_001, "{}")], NOON)
    print("held", flush=True)
    sys.stdin.readline()
    try:
        await store.save(7_000_000_001, [Remember("step", "s", "late")], NOON, {1: "late"})
    except FirstlabelError as error:
        print(type(error).__name__, flush=True)

asyncio.run(hold())
"""

OPEN = """
import asyncio, sys
from bot.store import open_store

async def open_and_close():
    await (await open_store(sys.argv[1])).close()

asyncio.run(open_and_close())
"""

HAVE_A_DUTY = """
import asyncio, sys
from bot.store import open_store

async def have():
    store = await open_store(sys.argv[1])
    async with store.duty("outreach"):
        print("has it", flush=True)
        await asyncio.Event().wait()

asyncio.run(have())
"""


@pytest.fixture
def url() -> Iterator[str]:
    with database() as empty:
        yield empty


async def started(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, stdout=PIPE)


async def line_of(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def claimed(store: PostgresStore) -> list[int]:
    """What the first claim brings that brings something."""
    while True:
        if gained := list(await store.claim()):
            return gained


async def test_what_a_killed_bot_worked_on_is_taken_over_at_once(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    dying = await started("-c", HOLD, url, "3600")
    assert await line_of(dying) == "held"
    assert not await store.claim()
    dying.kill()
    await dying.wait()
    assert await claimed(store) == [ANNA], "though its lease has an hour to go"
    await store.close()


async def test_a_frozen_bot_loses_its_lanes_with_its_lease_and_changes_nothing_when_it_thaws(
    url: str,
) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    frozen = await started("-c", HOLD, url, "1")
    assert await line_of(frozen) == "held"
    frozen.send_signal(signal.SIGSTOP)
    assert await claimed(store) == [ANNA]
    await store.save(ANNA, [Remember("step", "s", "done")], NOON, {1: "shown"})
    frozen.send_signal(signal.SIGCONT)
    await frozen.communicate(b"go on\n")
    assert marks(await store.person(ANNA))[("step", "s")].value == "done"
    assert [each.answer for each in await store.waiting(ANNA, None, 1)] == ["shown"]
    await store.close()


async def test_a_frozen_bot_is_told_that_its_lane_is_lost(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    frozen = await started("-c", HOLD, url, "1")
    await line_of(frozen)
    frozen.send_signal(signal.SIGSTOP)
    await claimed(store)
    frozen.send_signal(signal.SIGCONT)
    said, _ = await frozen.communicate(b"go on\n")
    assert said == b"LaneLostError\n"
    await store.close()


async def test_bots_that_are_killed_one_after_the_other_lose_no_letter_and_do_no_turn_twice(url: str) -> None:
    letters, people = 300, 5
    spans = [str(first) for first in (0, letters, 2 * letters)]
    bots = [
        await started("-m", "tests.store.replica", url, first, str(letters), str(people)) for first in spans
    ]
    said: list[str] = []
    for bot in bots[:2]:
        said += [await line_of(bot) for _ in range(150)]
        bot.kill()
        rest, _ = await bot.communicate()
        said += [line.strip() for line in rest.decode().splitlines(keepends=True) if line.endswith("\n")]
    while (line := await line_of(bots[2])) != f"put {3 * letters - 1}":
        said.append(line)
    while await asyncio.to_thread(run_sql, "SELECT count(*) FROM inbox", url) != "0":
        pass
    rest, _ = await bots[2].communicate(b"")
    said += rest.decode().splitlines()
    turns = [line for line in said if line.startswith("turn ")]
    acknowledged = {line.split()[1] for line in said if line.startswith("put ")}
    assert len(turns) == len(set(turns))
    store = await open_postgres(url, lock_timeout=5.0)
    done = {item for person in range(people) for _, item, _ in (await store.person(person)).marks}
    await store.close()
    assert done >= acknowledged
    assert done >= {line.split()[1] for line in turns}


async def test_processes_that_start_together_on_an_empty_database_make_its_schema_once(url: str) -> None:
    starting = [await started("-c", OPEN, url) for _ in range(3)]
    assert [await process.wait() for process in starting] == [0, 0, 0]
    assert run_sql("SELECT count(*) FROM migrations", url) == "6"


async def test_a_duty_passes_on_when_its_holder_is_killed(url: str) -> None:
    holder = await started("-c", HAVE_A_DUTY, url)
    assert await line_of(holder) == "has it"
    store = await open_store(url)

    async def have() -> None:
        async with store.duty("outreach"):
            pass

    waiting = asyncio.create_task(have())
    async with store.duty("another duty"):
        assert not waiting.done()
    holder.kill()
    await holder.wait()
    await waiting
    await store.close()


async def recovered(store: PostgresStore) -> int:
    """Claims until it works again; how many tries failed."""
    failed = 0
    while True:
        try:
            await store.claim()
        except StoreError:
            failed += 1
        else:
            return failed


@pytest.mark.parametrize("take_away", [postgres.stop, postgres.kill])
async def test_a_store_works_again_by_itself_after_the_server_was_away_and_has_its_lanes(
    url: str, take_away: object
) -> None:
    assert callable(take_away)
    first, second = [await open_postgres(url, lock_timeout=5.0) for _ in range(2)]
    await first.claim()
    await first.put([Letter(1, ANNA, "{}")], NOON)
    take_away()
    try:
        for call in (first.person(ANNA), first.put([Letter(2, ANNA, "{}")], NOON), first.claim()):
            with pytest.raises(StoreError) as told:
                await call
            assert "\n" not in str(told.value)
        with pytest.raises(StoreError, match=r"^PostgreSQL database test_\d+_\d+ at /.*: cannot be reached"):
            await open_store(url)
    finally:
        postgres.start()
    assert await recovered(first) <= 1
    assert await recovered(second) <= 1
    await first.save(ANNA, [Remember("step", "s", "done")], NOON, {1: "shown"})
    assert (await first.put([Letter(2, ANNA, "{}")], NOON)).now == {2}
    assert not await second.claim()
    await first.close()
    assert list(await second.claim()) == [ANNA]
    await second.close()


async def test_a_store_closes_though_the_server_is_away(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    await store.claim()
    postgres.stop()
    try:
        await store.close()
    finally:
        postgres.start()


async def test_who_has_a_duty_is_stopped_when_the_server_goes_and_who_waits_gets_it_after_that(
    url: str,
) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    ended: list[str] = []
    has_it, has_it_again = asyncio.Event(), asyncio.Event()

    async def have(event: asyncio.Event) -> None:
        async with store.duty("outreach"):
            event.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.append("stopped")
                raise

    holder = asyncio.create_task(have(has_it))
    await has_it.wait()
    waiting = asyncio.create_task(have(has_it_again))
    postgres.restart()
    with pytest.raises(StoreError, match="the duty outreach was lost"):
        await holder
    assert ended == ["stopped"]
    await has_it_again.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await store.close()


async def test_a_duty_is_one_bots_and_goes_on_when_the_block_ends_or_fails(url: str) -> None:
    first, second = [await open_postgres(url, lock_timeout=5.0) for _ in range(2)]
    order: list[str] = []
    begun = asyncio.Event()

    async def have(store: PostgresStore, name: str, may_end: asyncio.Event) -> None:
        async with store.duty("outreach"):
            order.append(f"{name} begins")
            begun.set()
            await may_end.wait()
            order.append(f"{name} ends")
            raise RuntimeError(name)

    may_end = asyncio.Event()
    one = asyncio.create_task(have(first, "one", may_end))
    await begun.wait()
    other = asyncio.create_task(have(second, "other", may_end))
    async with second.duty("something else"):
        may_end.set()
    for task in (one, other):
        with pytest.raises(RuntimeError):
            await task
    assert order == ["one begins", "one ends", "other begins", "other ends"]
    await first.close()
    await second.close()


async def test_waiting_for_a_duty_ends_when_the_store_is_closed(url: str) -> None:
    first, second = [await open_postgres(url, lock_timeout=5.0) for _ in range(2)]
    async with first.duty("outreach"):

        async def wait() -> None:
            async with second.duty("outreach"):
                pass

        waiting = asyncio.create_task(wait())
        await second.close()
        with pytest.raises(StoreError, match="closed"):
            await waiting
    await first.close()

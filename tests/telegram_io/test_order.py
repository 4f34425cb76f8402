"""One turn at a time for a person, in order, whatever comes in between: many feeders, few places, a real database."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.guide.ports import Store
from bot.store import open_store
from bot.telegram_io.work import Work
from tests.telegram_io.desk import AtWork, at_work, said
from tests.telegram_io.fakes import Sleeper


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    yield store
    await store.close()


async def empty(at: AtWork, people: range) -> None:
    """Until nobody is served and nothing is left in the inbox."""
    while at.worker.busy or [person for person in people if await at.store.waiting(person, None, 1)]:  # noqa: ASYNC110
        await asyncio.sleep(0)


def in_order(done: list[int], whose: dict[int, int]) -> bool:
    last: dict[int, int] = {}
    for number in done:
        if last.get(whose[number], 0) > number:
            return False
        last[whose[number]] = number
    return True


@pytest.mark.parametrize("seed", range(4))
async def test_far_more_people_than_places_who_all_go_on_writing(
    database: Store, sleeper: Sleeper, seed: int
) -> None:
    chance, people, whose, served = random.Random(seed), range(1, 40), dict[int, int](), set[int]()
    async with at_work(database, sleeper, most=4) as at:
        process = at.desk.process

        async def one_at_a_time(work: Work) -> None:
            person = work.parts[0][0].person
            assert person not in served, "two turns of one person at once"
            served.add(person)
            for _ in range(chance.choice((0, 0, 0, 40))):
                await asyncio.sleep(0)
            await process(work)
            served.discard(person)

        at.handles_by(one_at_a_time)
        numbers = iter(range(1, 10_000))

        async def feed() -> None:
            for _ in range(40):
                number, person = next(numbers), chance.choice(people)
                whose[number] = person
                await at.worker.take([said(number, person)])
                for _ in range(chance.randrange(12)):
                    await asyncio.sleep(0)

        await asyncio.gather(*(feed() for _ in range(10)))
        await empty(at, people)
    assert sorted(at.desk.done) == sorted(whose)
    assert in_order(at.desk.done, whose)


async def test_a_person_who_goes_on_while_a_backlog_of_theirs_is_worked_off(
    database: Store, sleeper: Sleeper
) -> None:
    numbers = iter(range(1, 10_000))
    async with at_work(database, sleeper) as at:
        for _ in range(6):
            at.desk.gate.clear()
            for _ in range(130):
                await at.worker.take([said(next(numbers))])
            at.desk.gate.set()
            for _ in range(60):
                await at.worker.take([said(next(numbers))])
        await empty(at, range(1, 2))
    assert at.desk.done == list(range(1, 6 * 190 + 1))

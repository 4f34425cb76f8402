"""A server that says nothing: its host froze, or the network was cut. A bot has to be able to stop all the same."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.guide.person import Erase, Start
from bot.guide.ports import DeadLetter, Letter
from bot.store.postgres import PostgresStore, open_postgres
from tests.store.knowing import NOON
from tests.support.frozen import Way
from tests.support.postgres import database, run_sql

HANGS = 6.0
"""Seconds after which a close counts as hanging: what waits for the server itself waits for ten."""


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    # The path of a socket may not be long.
    with database() as url, tempfile.TemporaryDirectory() as folder:
        made = Way(url, Path(folder))
        async with made.listening():
            yield made


@pytest.fixture
async def store(way: Way) -> AsyncIterator[PostgresStore]:
    opened = await open_postgres(way.url, lock_timeout=5.0)
    await opened.claim()
    await opened.put([Letter(1, 1, "{}")], NOON)
    yield opened
    await opened.close()


async def _duty(store: PostgresStore) -> None:
    async with store.duty("outreach"):
        pass


CALLS: dict[str, Callable[[PostgresStore], Awaitable[object]]] = {
    "person": lambda store: store.person(1),
    "save": lambda store: store.save(1, [Start()], NOON, {1: "shown"}),
    "erase": lambda store: store.save(1, [Erase()], NOON, {1: "shown"}),
    "bury": lambda store: store.bury(1, DeadLetter("7K3QZ4", "KeyError", "{}"), NOON),
    "claim": lambda store: store.claim(),
    "duty": _duty,
}


@pytest.mark.parametrize("call", CALLS)
async def test_a_call_that_is_cancelled_ends_as_cancelled_though_the_server_says_nothing(
    way: Way, store: PostgresStore, call: str
) -> None:
    way.freeze()
    task = asyncio.ensure_future(CALLS[call](store))
    await asyncio.wait([task], timeout=0.1)
    assert not task.done()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def test_after_a_cancelled_call_the_store_goes_on(way: Way, store: PostgresStore) -> None:
    way.freeze()
    tasks = [asyncio.create_task(store.save(1, [Start()], NOON)) for _ in range(20)]
    await asyncio.wait(tasks, timeout=0.1)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    way.thaw()
    await store.save(1, [Start("forum")], NOON)
    assert (await store.person(1)).source == "forum"


async def test_a_store_closes_though_the_server_says_nothing(way: Way, store: PostgresStore) -> None:
    way.freeze()
    under_way = [asyncio.ensure_future(CALLS[call](store)) for call in ("save", "bury", "claim")]
    await asyncio.wait(under_way, timeout=0.1)
    async with asyncio.timeout(HANGS):
        await store.close()
    await asyncio.wait(under_way)
    assert {type(task.exception()) for task in under_way} == {StoreError}


async def test_a_bot_that_could_not_say_good_bye_is_gone_all_the_same(way: Way, store: PostgresStore) -> None:
    way.freeze()
    await store.close()
    way.thaw()
    alive = "SELECT count(*) FROM replicas WHERE replica_alive(id)"
    while await asyncio.to_thread(run_sql, alive, way.direct) != "0":
        pass

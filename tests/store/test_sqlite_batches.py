"""Writes that are ready together share a transaction, and each still stands or falls by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import LaneLostError, StoreError
from bot.guide.person import Remember, Start
from bot.guide.ports import Letter
from bot.store import open_store
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.batches import Batches
from bot.store.sqlite.schema import transaction
from tests.store.knowing import NOON


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db", lock_timeout=0.2)
    assert isinstance(store, SqliteStore)
    await store.claim()
    yield store
    await store.close()


def commits(path: Path) -> int:
    """How many transactions the log of the file holds: each ends with a frame that tells the size of the file."""
    log = path.with_name(path.name + "-wal").read_bytes()
    page = int.from_bytes(log[8:12], "big")
    frames = range(32, len(log) - 23, 24 + page)
    return sum(log[at + 4 : at + 8] != bytes(4) for at in frames)


async def test_turns_that_are_ready_together_wait_for_the_disk_once(
    store: SqliteStore, tmp_path: Path
) -> None:
    before = commits(tmp_path / "bot.db")
    await asyncio.gather(*(store.save(person, [Start()], NOON) for person in range(1, 51)))
    assert commits(tmp_path / "bot.db") - before <= 2
    for person in range(1, 51):
        assert (await store.person(person)).started_at == NOON


async def test_one_that_fails_takes_nobody_with_it(store: SqliteStore) -> None:
    await store.put([Letter(5, 2, "{}")], NOON)
    saves = [
        store.save(1, [Start()], NOON),
        store.save(2, [Start(), Remember("task", "a", "done")], NOON, {5: "{}", 6: "{}"}),
        store.save(3, [Start()], NOON),
    ]
    told = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(each) for each in told] == [type(None), LaneLostError, type(None)]
    assert (await store.person(2)).started_at is None, "nothing of it is kept"
    assert [letter.answer for letter in await store.waiting(2, None, 9)] == [None]
    assert (await store.person(1)).started_at == (await store.person(3)).started_at == NOON


async def test_while_another_process_has_the_lock_all_are_told_after_one_wait(
    store: SqliteStore, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(10):  # Each for itself would take twenty.
            saves = (store.save(person, [Start()], NOON) for person in range(1, 101))
            told = await asyncio.gather(*saves, return_exceptions=True)
        other.execute("ROLLBACK")
    assert all(isinstance(each, StoreError) and "locked" in str(each) for each in told)
    await store.save(1, [Start()], NOON)


async def test_a_piece_that_makes_sqlite_undo_everything_leaves_the_others_done() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY ON CONFLICT ROLLBACK)")

        async def run(work: object) -> None:
            assert callable(work)
            work(connection)

        def keep(number: int) -> object:
            def work(inner: sqlite3.Connection) -> int:
                with transaction(inner):
                    inner.execute("INSERT INTO kept VALUES (?)", (number,))
                return number

            return work

        batches = Batches(run)
        pieces = [batches.write(keep(number)) for number in (1, 2, 2, 3)]  # type: ignore[arg-type, var-annotated]
        told = await asyncio.gather(*pieces, return_exceptions=True)
        assert [str(each) for each in told] == ["1", "2", "UNIQUE constraint failed: kept.number", "3"]
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,), (2,), (3,)]

"""What only an SQLite file promises of the inbox."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import aiosqlite
import pytest

from bot.errors import LaneLostError, StoreError
from bot.guide.person import Erase, Remember
from bot.guide.ports import DeadLetter, Letter
from bot.store import open_store
from bot.store.sqlite.connections import Connections, connect
from bot.store.sqlite.scrub import Scrubber
from bot.store.sqlite.store import SqliteStore
from tests.store.knowing import LATER, NOON

ANNA = 7_000_000_001
NAME = "Annamaria-of-the-letter"

T = TypeVar("T")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()))


def letter(number: int) -> Letter:
    return Letter(number, ANNA, f'{{"first_name": "{NAME}"}}')


async def test_a_second_bot_on_the_same_file_is_refused_in_one_line(path: Path) -> None:
    first, second = await open_store(f"sqlite:///{path}"), await open_store(f"sqlite:///{path}")
    await first.claim()
    with pytest.raises(StoreError, match="another bot serves from it") as caught:
        await second.claim()
    assert "\n" not in str(caught.value)
    await first.close()
    assert not await second.claim(), "once the first is gone, the second may serve"
    await second.close()


SERVE_AND_DIE = """
import asyncio, os, signal, sys
from bot.store import open_store

async def serve():
    store = await open_store(sys.argv[1])
    await store.claim()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(serve())
"""


async def test_a_killed_bot_leaves_the_file_free_to_serve_from(path: Path) -> None:
    url = f"sqlite:///{path}"
    died = await asyncio.create_subprocess_exec(sys.executable, "-c", SERVE_AND_DIE, url)
    assert await died.wait() == -signal.SIGKILL
    store = await open_store(url)
    assert not await store.claim()
    await store.close()


async def test_the_lock_file_is_for_its_owner_only(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.claim()
    assert stat.S_IMODE(path.with_name("bot.db-serving").stat().st_mode) == 0o600
    await store.close()


async def test_no_byte_of_an_erased_person_is_left_once_their_letter_is_settled(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.claim()
    for number in range(1, 40):
        await store.put([letter(number)], NOON)
        await store.save(ANNA, [Remember("step", str(number), f"{NAME} done")], NOON, {number: NAME})
        await store.settle([number], [])
    await store.put([letter(50)], NOON)
    await store.save(ANNA, [Erase()], NOON, {50: "Gone"})
    assert NAME.encode() in bytes_of(path.parent), "the letter itself is still there to be answered"
    await store.settle([50], [ANNA])
    assert NAME.encode() not in bytes_of(path.parent)
    await store.close()


async def test_a_kill_between_an_erasure_and_the_end_of_its_letter_forgets_neither(path: Path) -> None:
    url = f"sqlite:///{path}"
    first = await open_store(url)
    await first.claim()
    await first.put([letter(1), letter(2)], NOON)
    await first.save(ANNA, [Remember("step", "s", NAME)], NOON, {1: NAME})
    await first.settle([1], [])
    await first.save(ANNA, [Erase()], NOON, {2: "Gone"})
    await first.close()
    second = await open_store(url)
    assert list(await second.claim()) == [ANNA]
    await second.settle([2], [ANNA])
    assert NAME.encode() not in bytes_of(path.parent)
    await second.close()


async def test_dead_letters_are_kept_as_long_as_they_should(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.bury(None, DeadLetter("OLD111", "KeyError", "{}"), NOON)
    await store.bury(None, DeadLetter("NEW222", "KeyError", "{}"), LATER)
    await store.purge(dead_before=NOON + timedelta(seconds=1), known_before=NOON)
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT reference FROM dead_letters").fetchall() == [("NEW222",)]


async def test_a_settled_letter_leaves_nothing_but_its_id(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.claim()
    await store.put([letter(7)], NOON)
    await store.settle([7], [ANNA])
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM inbox").fetchone() == (0,)
        assert connection.execute("SELECT update_id FROM known_updates").fetchall() == [(7,)]
    assert NAME.encode() not in path.read_bytes()


class SlowToTell(Connections):
    """What was read arrives only when it may."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        super().__init__(path, writer, reader)
        self.has_read, self.may_tell = asyncio.Event(), asyncio.Event()
        self.may_tell.set()

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        found = await super().read(work)
        self.has_read.set()
        await self.may_tell.wait()
        return found


async def test_who_is_lost_while_the_lost_are_looked_for_is_dealt_by_the_next_claim(path: Path) -> None:
    await (await open_store(f"sqlite:///{path}")).close()
    slow = SlowToTell(path, await connect(path, 5.0), await connect(path, 5.0))
    store = SqliteStore(slow, Scrubber(path))

    async def lose(person: int, number: int) -> None:
        await store.put([Letter(number, person, "{}")], NOON)
        with pytest.raises(LaneLostError):
            await store.save(person, [], NOON, {number: "shown", 99: "late"})

    await store.claim()
    await lose(ANNA, 1)
    slow.has_read.clear()
    slow.may_tell.clear()
    claim = asyncio.create_task(store.claim())
    await slow.has_read.wait()
    await lose(42, 2)
    slow.may_tell.set()
    assert list(await claim) == [ANNA]
    assert list(await store.claim()) == [42]
    await store.close()

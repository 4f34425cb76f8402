"""A locked database, a full disk, a server that restarts: updates are refused, and taken when it is over."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.faults.databases import SqliteDatabase, until_empty
from tests.faults.figures import FIGURES, spread
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import IS_FULL, SEED, SIZE
from tests.faults.stage import Stage, stage
from tests.faults.walking import Hasty, Walker, advance, walking
from tests.store.conftest import BACKENDS
from tests.support import postgres

NEVER_SECONDS = 600.0
RECOVERY_SECONDS = 5.0
REFUSED = r"bot\.telegram_io\.intake: \d+ updates were refused"
Trouble = Callable[[Stage], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(place: Stage) -> AsyncIterator[None]:
    """Another process, here this one, keeps the file locked."""
    assert isinstance(place.database, SqliteDatabase)
    with closing(sqlite3.connect(place.database.path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(place: Stage) -> AsyncIterator[None]:
    """No file of the bot's may grow beyond what the log of the database has by now."""
    assert isinstance(place.database, SqliteDatabase)
    assert place.process is not None
    size = Path(f"{place.database.path}-wal").stat().st_size
    _, most = resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, (size, most))
    yield
    resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, (most, most))


@asynccontextmanager
async def restarted(place: Stage) -> AsyncIterator[None]:
    """The server is down, and then up again."""
    await asyncio.to_thread(postgres.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(postgres.start)


@pytest.mark.parametrize(("trouble", "seconds"), [(locked, SIZE.lock_seconds), (full, 0)])
async def test_what_a_file_cannot_keep_is_refused_and_taken_afterwards(
    tmp_path: Path, reader: Reader, trouble: Trouble, seconds: float
) -> None:
    with BACKENDS["sqlite"](tmp_path) as url:
        await live_through(url, tmp_path, reader, trouble, seconds=seconds)


async def test_what_a_server_that_restarts_cannot_keep_is_refused_and_taken_afterwards(
    tmp_path: Path, reader: Reader
) -> None:
    with BACKENDS["postgresql"](tmp_path) as url:
        await live_through(url, tmp_path, reader, restarted, times=SIZE.restarts)


async def live_through(
    url: str, folder: Path, reader: Reader, trouble: Trouble, *, times: int = 1, seconds: float = 0
) -> None:
    """Trouble comes so many times, for at least so many seconds, while people walk."""
    recovered: list[float] = []
    async with stage(url, folder) as place:
        place.settings["LOG_LEVEL"] = "DEBUG"
        walkers = [
            Walker(place.world, reader, SEED + number, NEVER_SECONDS) for number in range(SIZE.walkers)
        ]
        hasty = Hasty(place.world, reader, SEED - 1)
        await place.start()
        async with walking(walkers):
            for _ in range(times):
                await advance(place.world, walkers)
                async with trouble(place):
                    await refused(place, hasty)
                    await asyncio.sleep(seconds)
                recovered.append(await advance(place.world, walkers))
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(place.world, place.database, [*walkers, hasty])
    median, most = spread(recovered)
    FIGURES.add(
        f"database {trouble.__name__}",
        place.database.kind,
        times=times,
        updates=verdict.updates,
        lost=len(verdict.lost),
        tried_again_by_people=verdict.retries,
        unsound=len(verdict.unsound),
        recovery_median_s=median,
        recovery_max_s=most,
    )
    assert verdict.lost == []
    assert verdict.retries == 0
    assert verdict.unsound == []
    assert not IS_FULL or most <= RECOVERY_SECONDS


async def refused(place: Stage, hasty: Hasty) -> None:
    """Wait until updates are refused, and see that Telegram still has them."""
    before = place.logged(REFUSED)
    (update,) = hasty.rush(1)
    await place.until_logged(REFUSED, before + 1)
    assert update in [each["update_id"] for each in place.world.updates.to_dict()["pending"]]

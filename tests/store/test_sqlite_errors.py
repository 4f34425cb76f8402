"""Trouble with the file is one line that names it and says what to do; and it ends when the trouble ends."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.guide.person import Erase, Person, Remember, Start
from bot.store import open_store
from bot.store.sqlite.errors import explained
from bot.store.sqlite.scrub import Scrubber
from bot.store.sqlite.store import prepare
from tests.store.knowing import NOON

HOLD_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""

FILL_DISK = """
import asyncio, resource, sys
from datetime import UTC, datetime
from bot.errors import StoreError
from bot.guide.person import Remember
from bot.store import open_store

async def main():
    store = await open_store(sys.argv[1])
    now = datetime.now(UTC)
    await store.save(1, [Remember("k", "before", "x")], now)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        await store.save(1, [Remember("k", "a", "x"), Remember("k", "b", "x" * 200_000)], now)
    except StoreError as error:
        print(error)
    print(sorted(item for _, item, _ in (await store.person(1)).marks))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    await store.save(1, [Remember("k", "after", "x")], now)
    print(sorted(item for _, item, _ in (await store.person(1)).marks))
    await store.close()

asyncio.run(main())
"""


def _one_line(error: BaseException) -> str:
    assert "\n" not in str(error)
    return str(error)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("{file}/below/bot.db", "cannot be opened"),
        ("{file}/bot.db", "cannot be opened"),
        ("{folder}", "is a folder"),
        ("{link}", "is a link to nothing"),
    ],
)
async def test_a_path_where_no_file_can_be_is_refused(tmp_path: Path, path: str, told: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    place = path.format(**{name: tmp_path / name for name in ("file", "folder", "link")})
    with pytest.raises(StoreError) as refused:
        await open_store(f"sqlite:///{place}")
    line = _one_line(refused.value)
    assert line.startswith(f"{place}: {told}")
    assert "DATABASE_URL" in line


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder where nobody may write")
async def test_a_folder_that_may_not_be_written_is_refused() -> None:
    with pytest.raises(
        StoreError, match=r"^/proc/firstlabel\.db: cannot be opened \(.+\): DATABASE_URL needs"
    ):
        await open_store("sqlite:////proc/firstlabel.db")


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("Dear diary, " * 1000)
    with pytest.raises(
        StoreError, match=r"bot\.db: is not an SQLite database: move it away, or change DATABASE_URL$"
    ):
        await open_store(f"sqlite:///{tmp_path}/bot.db")
    assert (tmp_path / "bot.db").read_text() == "Dear diary, " * 1000


async def test_a_damaged_file_says_so_when_the_damage_is_met(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    store = await open_store(url)
    await store.save(1, [Remember("k", str(number), "x" * 500) for number in range(100)], NOON)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'people'").fetchone()
    with (tmp_path / "bot.db").open("r+b") as file:
        # Not the schema's own pages: those would be met at the opening.
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = await open_store(url)
    with pytest.raises(StoreError, match=r"bot\.db: is damaged: put a backup in its place$"):
        await store.person(1)
    await store.close()


@pytest.fixture
def locked(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Another process that locks the file for the length of a block."""

    @contextmanager
    def lock() -> Iterator[None]:
        command = [sys.executable, "-c", HOLD_LOCK, str(tmp_path / "bot.db")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"locked\n"
            yield
            other.communicate()

    return lock


async def test_a_file_locked_by_another_process_is_refused_and_taken_when_the_lock_ends(
    tmp_path: Path, locked: Callable[[], AbstractContextManager[None]]
) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db", lock_timeout=0.05)
    with locked():
        with pytest.raises(StoreError, match=r"bot\.db: another process keeps it locked: .*DATABASE_URL$"):
            await store.save(1, [Start("refused")], NOON)
        with pytest.raises(StoreError, match="locked"):
            await store.save(1, [Erase()], NOON)
        assert (await store.person(1)).started_at is None
    await store.save(1, [Start("taken")], NOON)
    assert (await store.person(1)).source == "taken"
    await store.close()


async def test_an_empty_file_that_is_locked_cannot_be_opened(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"bot\.db: another process keeps it locked"):
            await open_store(f"sqlite:///{tmp_path}/bot.db", lock_timeout=0.05)
    await (await open_store(f"sqlite:///{tmp_path}/bot.db")).close()


def test_a_new_file_that_another_process_is_just_setting_up_is_waited_for(tmp_path: Path) -> None:
    tries: list[str] = []
    with (
        closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as mine,
        closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")

        def end_at_the_second_try(statement: str) -> None:
            if "journal_mode" in statement:
                tries.append(statement)
                if len(tries) == 2:
                    other.execute("COMMIT")

        mine.set_trace_callback(end_at_the_second_try)
        prepare(mine, tmp_path / "bot.db", Scrubber(tmp_path / "bot.db"))
        mine.set_trace_callback(None)
        assert mine.execute("SELECT COUNT(*) FROM people").fetchone() == (0,)
    assert len(tries) == 2


def test_a_write_that_the_disk_refuses_changes_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILL_DISK, f"sqlite:///{tmp_path}/bot.db"]
    told, meanwhile, afterwards = subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told.startswith(f"{tmp_path}/bot.db: the disk does not do what it is asked (SQLITE_IOERR_WRITE)")
    assert meanwhile == "['before']"
    assert afterwards == "['after', 'before']"


def _full(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "x.db")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("CREATE TABLE a (x)")


def _read_only(folder: Path) -> None:
    (folder / "x.db").touch()
    with closing(sqlite3.connect(f"file:{folder}/x.db?mode=ro", uri=True)) as connection:
        connection.execute("CREATE TABLE a (x)")


def _not_there(folder: Path) -> None:
    sqlite3.connect(folder / "nowhere" / "x.db")


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (_full, "x.db: the disk is full: make room"),
        (_read_only, "x.db: the bot may not write it: give its user the right"),
        (_not_there, r"x.db: cannot be opened \(SQLITE_CANTOPEN\): is its folder there"),
    ],
)
def test_each_trouble_has_its_line(tmp_path: Path, trouble: Callable[[Path], None], told: str) -> None:
    with pytest.raises(StoreError, match=told), explained(Path("x.db")):
        trouble(tmp_path)


def test_what_is_not_the_databases_fault_stays_a_bug() -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        explained(Path("x.db")),
    ):
        connection.execute("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.ProgrammingError), explained(Path("x.db")):
        connection.execute("SELECT 1")


def test_a_place_that_cannot_keep_a_log_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(StoreError, match="local disk"):
        prepare(connection, Path("x.db"), Scrubber(Path("x.db")))


async def test_cancelled_work_that_has_not_begun_is_never_done(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db", lock_timeout=60.0)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first, *others = [asyncio.create_task(store.save(person, [Start()], NOON)) for person in range(1, 9)]
        await asyncio.wait([first], timeout=0.1)
        for task in others:
            task.cancel()
        await asyncio.wait(others)
        other.execute("COMMIT")
    await first
    await store.save(1, [Start()], NOON)  # Behind whatever queued before it.
    for person in range(2, 9):
        assert await store.person(person) == Person(person)
    await store.close()


async def test_a_store_closes_once_the_one_statement_under_way_is_through(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db", lock_timeout=1.5)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        saves = [asyncio.create_task(store.save(1, [Start()], NOON))]
        await asyncio.wait(saves, timeout=0.1)
        saves += [asyncio.create_task(store.save(person, [Start()], NOON)) for person in range(2, 9)]
        await asyncio.wait(saves, timeout=0.1)
        await store.close()
        told = [str(error) for error in await asyncio.gather(*saves, return_exceptions=True)]
    assert "another process keeps it locked" in told[0]
    assert all(each.endswith("is closed already") for each in told[1:]), told

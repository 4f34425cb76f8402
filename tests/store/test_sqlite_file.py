"""The file: where it is, who may read it, and what erasing leaves in it."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.guide.person import Change, Erase, Person, Presence, Remember, Seen, Start
from bot.guide.ports import DeadLetter, Letter, Store
from bot.store import open_store
from bot.store.sqlite import open_sqlite
from bot.store.sqlite.files import path_of, prepare_file
from bot.store.sqlite.scrub import is_due, make_due, scrub
from tests.store.knowing import NOON

CANARY = "kanarienvogel"
VICTIM = 77

READ_AT_ONCE = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0).execute("SELECT * FROM t")
"""


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/bot.db"


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def _live(store: Store, seed: int) -> None:
    """Enough to and fro, among it the victim's, that SQLite splits and merges its pages."""
    chance = random.Random(seed)
    for _ in range(1200):
        who = VICTIM if chance.random() < 0.1 else chance.randrange(1, 70)
        word = f"{CANARY}{chance.randrange(10**6)}" if who == VICTIM else "ordinary"
        item = f"{word}-{chance.randrange(60)}"
        changes: list[Change] = [
            Remember(f"k{chance.randrange(5)}", item, word * chance.randrange(1, 40)),
            Seen(word),
        ]
        await store.save(who, changes, NOON)


def test_three_slashes_are_relative_and_four_absolute() -> None:
    assert path_of("sqlite:///data/bot.db") == Path("data/bot.db")
    assert path_of("sqlite:////srv/a%20b ?c#d.db") == Path("/srv/a%20b ?c#d.db")
    assert path_of("SQLite:///bot.db") == Path("bot.db")


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite://data/bot.db", "sqlite:///", "sqlite:///:memory:", "sqlite:///\x00"]
)
def test_a_url_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL: .*sqlite:///\w+"):
        path_of(url)


async def test_missing_folders_are_made(tmp_path: Path) -> None:
    await (await open_store(_url(tmp_path / "one" / "two"))).close()
    assert (tmp_path / "one" / "two" / "bot.db").is_file()


async def test_only_the_owner_may_read_the_file_and_its_companions_whatever_the_umask(tmp_path: Path) -> None:
    usual = os.umask(0)
    try:
        store = await open_store(_url(tmp_path))
        await store.save(1, [Start()], NOON)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        await store.close()
    finally:
        os.umask(usual)
    assert modes == {"bot.db": 0o600, "bot.db-wal": 0o600, "bot.db-shm": 0o600}


def test_preparing_a_file_leaves_the_locks_that_this_process_holds_on_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as mine:
        mine.execute("CREATE TABLE t (x)")
        mine.execute("BEGIN EXCLUSIVE")
        prepare_file(tmp_path / "bot.db")
        # Locks are the process's, so only another process can tell.
        command = [sys.executable, "-c", READ_AT_ONCE, str(tmp_path / "bot.db")]
        other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert other.stderr.endswith("OperationalError: database is locked\n")


async def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()
    (tmp_path / "bot.db").chmod(0o664)
    await (await open_store(_url(tmp_path))).close()
    assert stat.S_IMODE((tmp_path / "bot.db").stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="needs a file whose mode nobody can change")
def test_a_file_that_cannot_be_closed_to_others_is_used_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    prepare_file(Path("/proc/self/comm"))
    assert "/proc/self/comm: other users may read it" in caplog.text


@pytest.mark.parametrize("seed", [0, 1, 2])
async def test_erasing_leaves_no_row_and_no_byte_of_the_person(tmp_path: Path, seed: int) -> None:
    store = await open_store(_url(tmp_path))
    await store.save(VICTIM, [Start(CANARY), Presence(True)], NOON)
    await _live(store, seed)
    assert CANARY.encode() in _bytes(tmp_path)
    await store.save(VICTIM, [Erase()], NOON)
    assert CANARY.encode() not in _bytes(tmp_path)
    assert (await store.person(VICTIM)) == Person(VICTIM)
    await store.close()
    assert CANARY.encode() not in _bytes(tmp_path)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as raw:
        assert raw.execute("SELECT COUNT(*) FROM people WHERE id = ?", (VICTIM,)).fetchone() == (0,)
        assert raw.execute("SELECT COUNT(*) FROM marks WHERE person = ?", (VICTIM,)).fetchone() == (0,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_an_erasure_cut_short_is_finished_at_the_next_start(tmp_path: Path) -> None:
    store = await open_store(_url(tmp_path))
    await _live(store, seed=0)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as killed:
        # As far as the transaction, and no further.
        killed.execute("PRAGMA foreign_keys = ON")
        killed.execute("PRAGMA secure_delete = OFF")
        killed.execute("BEGIN")
        killed.execute("DELETE FROM people WHERE id = ?", (VICTIM,))
        make_due(killed)
        killed.execute("COMMIT")
    assert CANARY.encode() in _bytes(tmp_path)
    store = await open_store(_url(tmp_path))
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


async def test_an_erasure_while_a_backup_reads_is_done_and_its_bytes_go_at_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = await open_store(_url(tmp_path))
    await store.save(VICTIM, [Start(CANARY)], NOON)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT * FROM people").fetchall()
        await store.save(VICTIM, [Erase()], NOON)
        assert "another process reads it" in caplog.text
        await store.save(1, [Start()], NOON)
        backup.execute("COMMIT")
        assert is_due(backup)
    assert await store.person(VICTIM) == Person(VICTIM)
    await store.close()
    store = await open_store(_url(tmp_path))
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def _erase(store: Store) -> None:
    await store.save(VICTIM, [Start(CANARY)], NOON)
    await store.save(VICTIM, [Erase()], NOON)


async def _purge(store: Store) -> None:
    await store.purge(dead_before=NOON, known_before=NOON)


async def test_who_erases_themselves_again_and_again_has_it_rebuilt_every_ten_minutes_only(
    tmp_path: Path,
) -> None:
    clock = Clock()
    store = await open_sqlite(_url(tmp_path), lock_timeout=5.0, monotonic=clock)
    await _erase(store)
    assert CANARY.encode() not in _bytes(tmp_path)
    for clock.now in (1.0, 599.0):
        await _erase(store)
        assert CANARY.encode() in _bytes(tmp_path)
    clock.now = 600.0
    await _erase(store)
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


async def test_bytes_that_could_not_go_at_once_go_with_the_next_purge(tmp_path: Path) -> None:
    store = await open_sqlite(_url(tmp_path), lock_timeout=5.0, monotonic=Clock())
    await _erase(store)
    await _erase(store)
    assert CANARY.encode() in _bytes(tmp_path)
    await _purge(store)
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


async def test_a_purge_does_again_what_a_backup_was_in_the_way_of(tmp_path: Path) -> None:
    store = await open_store(_url(tmp_path))
    await store.save(VICTIM, [Start(CANARY)], NOON)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT * FROM people").fetchall()
        await store.save(VICTIM, [Erase()], NOON)
        await _purge(store)
        backup.execute("COMMIT")
        assert is_due(backup)
    assert CANARY.encode() in _bytes(tmp_path)
    await _purge(store)
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


async def test_a_purge_does_not_forget_those_whose_letter_is_still_to_be_settled(tmp_path: Path) -> None:
    url, dead = _url(tmp_path), DeadLetter("7K3QZ4", "KeyError", "{}")
    store = await open_store(url)
    await store.claim()
    await store.put([Letter(1, VICTIM, CANARY), Letter(2, VICTIM, CANARY)], NOON)
    await store.save(VICTIM, [Start(CANARY)], NOON)
    await store.save(VICTIM, [Erase()], NOON, {1: "Gone", 2: "Gone"})
    await store.settle([1], [])
    await _purge(store)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as raw:
        assert is_due(raw), "a kill now forgets nothing"
    store = await open_store(url)
    await store.bury(2, dead, NOON)
    assert CANARY.encode() not in _bytes(tmp_path)
    await store.close()


async def test_erasing_a_stranger_costs_no_rebuilding(tmp_path: Path) -> None:
    store = await open_store(_url(tmp_path))
    await store.save(1, [Start()], NOON)
    log = (tmp_path / "bot.db-wal").stat().st_size
    await store.save(VICTIM, [Erase()], NOON)
    assert (tmp_path / "bot.db-wal").stat().st_size >= log
    await store.close()


async def test_a_large_file_is_rebuilt_at_the_next_start_instead(tmp_path: Path) -> None:
    await (await open_store(_url(tmp_path))).close()
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as raw:
        make_due(raw)
        scrub(raw, tmp_path / "bot.db", limit=1)
        assert is_due(raw)
        scrub(raw, tmp_path / "bot.db", limit=10**9)
        assert not is_due(raw)


async def test_what_cannot_be_scrubbed_now_stays_due(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await (await open_store(_url(tmp_path))).close()
    with (
        closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None, timeout=0)) as raw,
        closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other,
    ):
        make_due(raw)
        other.execute("BEGIN IMMEDIATE")
        scrub(raw, tmp_path / "bot.db")
        assert is_due(raw)
    assert "database is locked" in caplog.text

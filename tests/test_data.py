"""``backup`` and ``migrate-data`` as an operator meets them on the command line."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.data import back_up, move_data
from bot.errors import FirstlabelError, StoreError
from bot.guide.person import Remember, Start
from bot.guide.ports import Letter
from bot.store import open_store
from bot.store.migrations import read_migrations
from bot.store.sqlite.schema import MIGRATIONS, migrate, version_of
from tests.store.conftest import BACKENDS
from tests.store.knowing import NOON
from tests.support.bot_process import environment
from tests.support.postgres import add_user_with_password, database, run_sql

TABLE = """\
                          from          to
people                       1           1
marks                        2           2
inbox                        1           1
known_updates                1           1
notes                        0           0
counts                       0           0
dead_letters                 0           0
broadcasts                   0           0
broadcast_people             0           0
unanswered                   0           0
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def postgres() -> Iterator[str]:
    """A database whose URL holds a password."""
    with database() as url:
        add_user_with_password("limited", "hunter2")
        run_sql("GRANT ALL ON SCHEMA public TO limited", url)
        yield url.replace("postgres@", "limited:hunter2@")


@pytest.fixture
async def lived(tmp_path: Path) -> str:
    """The URL of a bot's file that holds something."""
    url = f"sqlite:///{tmp_path}/bot.db"
    store = await open_store(url)
    await store.save(1, [Start(), Remember("step", "a", "done"), Remember("step", "b", "done")], NOON)
    await store.put([Letter(7, 1, "{}")], NOON)
    await store.close()
    return url


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path, env=environment(**settings), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_moving_there_and_back_says_what_both_sides_hold(lived: str, postgres: str, tmp_path: Path) -> None:
    there = run(tmp_path, "migrate-data", "--from", lived, "--to", postgres)
    assert (there.returncode, there.stdout) == (0, TABLE)
    assert there.stderr == "0 of 5 rows\n5 of 5 rows\n"
    back = run(tmp_path, "migrate-data", "--from", postgres, "--to", f"sqlite:///{tmp_path}/back.db")
    assert (back.returncode, back.stdout) == (0, TABLE)


def test_what_goes_wrong_is_one_line_without_a_secret(lived: str, postgres: str, tmp_path: Path) -> None:
    assert run(tmp_path, "migrate-data", "--from", lived, "--to", postgres).returncode == 0
    wrong = {
        (lived, postgres): "holds data already: only an empty database can be filled",
        (postgres, postgres): "--from and --to: name the same database",
        ("sqlite:///nowhere.db", postgres): "nowhere.db: there is no such file",
        (postgres.replace("hunter2", "hunter2x"), "sqlite:///new.db"): "does not let us in",
        (lived, "mysql://me:hunter2@db/bot"): "--to: must begin with one of",
        ("postgresql://me:hunter2@nowhere.invalid/bot", lived): "its host is not known",
    }
    for (source, target), told in wrong.items():
        ran = run(tmp_path, "migrate-data", "--from", source, "--to", target)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert told in ran.stderr
        assert ran.stderr.count("\n") <= 2
        assert "hunter2" not in ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_backup_says_how_much_is_in_it(lived: str, tmp_path: Path) -> None:
    made = run(tmp_path, "backup", "copy.db", DATABASE_URL=lived)
    size = (tmp_path / "copy.db").stat().st_size
    assert made.returncode == 0
    assert "people                       1\n" in made.stdout
    assert "inbox" not in made.stdout
    assert made.stdout.endswith(
        f"left out: what was sent and is not answered yet, and broadcasts\ncopy.db: {size} bytes\n"
    )
    again = run(tmp_path, "backup", "copy.db", DATABASE_URL=lived)
    assert (again.returncode, again.stderr) == (1, "copy.db: is there already: name a new file\n")


PASSWORD = "copy_records_to_table"
"""Stands in the traceback of the move below, so that it can be seen to be taken out."""


def test_an_error_that_nothing_caught_is_logged_without_a_secret(lived: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection, connection:
        connection.execute("UPDATE people SET language = char(0)")  # PostgreSQL cannot hold it.
    with database() as url:
        add_user_with_password("limited", PASSWORD)
        run_sql("GRANT ALL ON SCHEMA public TO limited", url)
        there = url.replace("postgres@", f"limited:{PASSWORD}@")
        ran = run(tmp_path, "migrate-data", "--from", lived, "--to", there)
    assert ran.returncode == 1
    assert "CRITICAL bot.logs: stopped by an error that nothing caught" in ran.stderr
    assert "[secret]" in ran.stderr
    assert PASSWORD not in ran.stderr


def test_a_backup_logs_an_error_that_nothing_caught_too(lived: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection, connection:
        connection.execute("ALTER TABLE migrations RENAME COLUMN number TO nummer")
    ran = run(tmp_path, "backup", "copy.db", DATABASE_URL=lived, LOG_FORMAT="json")
    assert ran.returncode == 1
    assert '"message": "stopped by an error that nothing caught"' in ran.stderr


async def test_a_backup_of_a_database_that_no_bot_ever_used_is_refused(postgres: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="start the bot on it once"):
        await back_up(postgres, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_on_a_terminal_a_bar_grows_on_one_line(lived: str, tmp_path: Path) -> None:
    terminal = Terminal()
    await move_data(lived, f"sqlite:///{tmp_path}/other.db", io.StringIO(), terminal)
    assert terminal.getvalue().startswith("\r[" + " " * 30 + "] 0 of 5 rows\r[######")
    assert terminal.getvalue().endswith("\r[" + "#" * 30 + "] 5 of 5 rows\n")


async def test_moving_nothing_is_no_trouble(tmp_path: Path) -> None:
    await (await open_store(f"sqlite:///{tmp_path}/one.db")).close()
    out = io.StringIO()
    await move_data(f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/other.db", out, Terminal())
    assert "people                       0           0\n" in out.getvalue()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The file of a bot of an older version."""
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, read_migrations(MIGRATIONS)[:1], path)
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return version_of(connection)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_while_a_bot_serves_from_the_target_nothing_is_changed(
    kind: str, older: Path, tmp_path: Path
) -> None:
    with BACKENDS[kind](tmp_path) as target:
        store = await open_store(target)
        await store.claim()
        with pytest.raises(StoreError, match="serves from it: stop that one"):
            await move_data(f"sqlite:///{older}", target)
        await store.close()
    assert version(older) == 1


async def test_while_a_bot_serves_from_the_source_no_target_is_made(lived: str, tmp_path: Path) -> None:
    store = await open_store(lived)
    await store.claim()
    with pytest.raises(StoreError, match="serves from it: stop that one"):
        await move_data(lived, f"sqlite:///{tmp_path}/new.db")
    await store.close()
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize(
    "target",
    [
        "postgresql://me:hunter2@nowhere.invalid/bot",
        "postgres:/db",
        "sqlite://new.db",
        "sqlite:////dev/null/new.db",
    ],
)
async def test_a_mistyped_target_leaves_the_source_as_it_is(target: str, older: Path) -> None:
    with pytest.raises(FirstlabelError):
        await move_data(f"sqlite:///{older}", target)
    assert version(older) == 1


async def test_a_target_that_was_made_goes_when_the_move_fails(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database " * 100)
    with pytest.raises(StoreError, match="is not an SQLite database"):
        await move_data(f"sqlite:///{tmp_path}/text.db", f"sqlite:///{tmp_path}/new.db")
    assert [each.name for each in tmp_path.iterdir()] == ["text.db"]


async def test_a_target_that_was_there_stays_when_the_move_fails(lived: str, tmp_path: Path) -> None:
    there = f"sqlite:///{tmp_path}/there.db"
    await move_data(lived, there)
    with pytest.raises(StoreError, match="holds data already"):
        await move_data(lived, there)
    assert (tmp_path / "there.db").is_file()

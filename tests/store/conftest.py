"""Every test that asks for ``url`` or ``store`` runs once for each backend in :data:`BACKENDS`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.guide.ports import Store
from bot.store import open_store
from tests.support.postgres import database
from tests.telegram_io.fakes import MemoryStore


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/bot.db"


@contextmanager
def _postgresql(_: Path) -> Iterator[str]:
    with database() as url:
        yield url


BACKENDS: Mapping[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
"""The URL of an empty database of each kind, by the scheme."""


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    backend: str = request.param
    with BACKENDS[backend](tmp_path) as empty:
        yield empty


@pytest.fixture
async def database_store(url: str) -> AsyncIterator[Store]:
    """An open store that keeps rows."""
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture(params=[*BACKENDS, "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An open store. The one in memory keeps the promises, too, for other tests rely on it."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with BACKENDS[request.param](tmp_path) as empty:
        opened = await open_store(empty)
        yield opened
        await opened.close()

"""Every test that asks for ``url`` or ``store`` runs once for each backend in :data:`BACKENDS`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.guide.ports import Store
from bot.store import open_store
from tests.support.postgres import database


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
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()

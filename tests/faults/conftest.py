"""Every test here that asks for ``url`` runs once for each database; what it measures is told at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.faults.figures import FIGURES, FILE
from tests.faults.reading import Reader
from tests.faults.size import IS_FULL
from tests.store.conftest import BACKENDS

HERE = Path(__file__).parent
LONGEST_SECONDS = 3 * 3600
"""For one test of the full size."""


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty database."""
    backend: str = request.param
    with BACKENDS[backend](tmp_path) as empty:
        yield empty


_WAYS = {"sqlite": ("polling",), "postgresql": ("webhook",)}
"""How updates come to each database in the small size; in the full one in every way."""


@pytest.fixture(
    params=[
        (backend, way)
        for backend in BACKENDS
        for way in (("polling", "webhook") if IS_FULL else _WAYS[backend])
    ],
    ids="-".join,
)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The URL of an empty database, and how updates come."""
    backend, way = request.param
    with BACKENDS[backend](tmp_path) as empty:
        yield empty, way


@pytest.fixture
def reader(content: Library) -> Reader:
    return Reader(content)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if IS_FULL and HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(LONGEST_SECONDS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES.rows and IS_FULL:
        terminalreporter.write_sep("=", f"figures, also in {FILE}")
        terminalreporter.write_line(FIGURES.table())

"""What every test folder may use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.loader import load
from bot.guide.guide import SPECS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def content() -> Library:
    """The content that is shipped."""
    return load(ROOT / "content", SPECS, today=date(2026, 11, 23)).library

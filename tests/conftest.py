"""What every test folder may use."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.loader import load
from bot.guide.guide import SPECS

# Whatever is started here does without the sentence encoder, which takes a second of each start and much memory. It has
# tests of its own.
os.environ["SEMANTIC"] = "off"

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def content() -> Library:
    """The content that is shipped."""
    return load(ROOT / "content", SPECS, today=date(2026, 11, 23)).library

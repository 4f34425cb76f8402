"""People, packs and a clock for conversations. Most tests run on both packs: what they prove knows no subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import Library
from tests.support.chat import Chats, Chatter
from tests.support.packs import PACKS, Author, pack_library


@pytest.fixture(params=list(PACKS))
def pack_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def library(pack_name: str) -> Library:
    return pack_library(pack_name)


@pytest.fixture
def chats(library: Library) -> Chats:
    return Chats(library)


@pytest.fixture
def ana(chats: Chats) -> Chatter:
    return chats.meet("Ana")


@pytest.fixture
def author(pack_name: str, tmp_path: Path) -> Author:
    """Somebody who changes a copy of the pack."""
    return Author(pack_name, tmp_path)

"""Several subjects in one folder: each has people, chats and progress of its own."""

from __future__ import annotations

import re
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.playground.kept import LONGEST, Kept
from bot.playground.run import Playground, playground
from bot.playground.subject import Subject

from .conftest import NO_BOT


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def opened(content: str) -> AbstractAsyncContextManager[Playground]:
    return playground("127.0.0.1:0", subject=Subject(Path(content)), command=NO_BOT, log=lambda text: None)


def names(shown: Playground) -> list[str]:
    return [person.name for person in shown.world.people.values()]


async def test_whoever_talks_to_a_bot_on_one_subject_is_not_there_in_that_on_another() -> None:
    async with opened("chess") as chess:
        chess.world.add_person("Ana")
    async with opened("bread") as bread:
        assert names(bread) == ["Sam"]
    async with opened("chess") as chess:
        assert names(chess) == ["Sam", "Ana"]


async def test_the_shipped_content_keeps_the_files_that_it_always_had(here: Path) -> None:
    async with opened("content"):
        pass
    assert (here / "data" / "playground.json").exists()
    assert Kept(Path("data"), here / "content").name == "playground"


async def test_two_subjects_are_open_at_the_same_time() -> None:
    async with opened("chess") as chess, opened("content") as shipped:
        chess.world.add_person("Ana")
        assert names(shipped) == ["Sam"]


async def test_a_second_playground_on_the_same_content_says_what_helps_and_leaves_the_chats_alone() -> None:
    async with opened("chess") as first:
        first.world.add_person("Ana")
        with pytest.raises(
            SettingsError, match=r"another playground is open on chess: .* CONTENT_DIR"
        ) as caught:
            async with opened("./chess"):
                pass
        assert "DATABASE_URL" not in str(caught.value)
    async with opened("chess") as again:
        assert names(again) == ["Sam", "Ana"]


async def test_a_folder_that_cannot_be_made_is_one_line(here: Path) -> None:
    (here / "data").write_text("a file", "utf-8")
    with pytest.raises(SettingsError, match=r"playground\.lock: cannot be written"):
        async with opened("content"):
            pass


def name_of(content: str) -> str:
    return Kept(Path("data"), Path(content)).name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("chess", "playground-chess"),
        ("my-pack.v2", "playground-my-pack.v2"),
        ("café", "playground-café"),
        ("packs/chess", r"playground-packs-chess-[0-9a-f]{8}"),
        ("café ☕", r"playground-café-[0-9a-f]{8}"),
        ("/srv/chess/content", r"playground-srv-chess-content-[0-9a-f]{8}"),
    ],
)
def test_the_files_are_named_by_the_folder(content: str, name: str) -> None:
    assert re.fullmatch(name, name_of(content))
    assert name_of(content) == name_of(content), "the same ones the next time"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/b", "a-b"),
        ("my pack", "my-pack"),
        ("-pack", "pack"),
        ("srv/p", "/srv/p"),
        ("/srv/one" + "/a" * 60, "/srv/two" + "/a" * 60),
        ("☕", "☂"),
    ],
)
def test_no_two_folders_share_files(one: str, other: str) -> None:
    assert name_of(one) != name_of(other)


@pytest.mark.parametrize("content", ["/a" * 400, "面" * 85, "/" + "包" * 80 + "/é" * 50])
def test_a_folder_with_a_long_name_has_files_too(here: Path, content: str) -> None:
    kept = Kept(here / "data", Path(content))
    assert len(kept.name.encode()) <= len("playground-") + LONGEST + len("-12345678")
    with kept.taken():
        assert kept.file(".lock").exists()

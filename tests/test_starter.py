"""``python -m bot new``: a person begins a bot of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.content.schemas import lacking_lines
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.playground.standin import World
from bot.starter import PACK
from tests.support.bot_process import TOKEN, Chatter, running_bot
from tests.support.packs import ROOT, read


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    assert main(["new", str(tmp_path / "mine")]) == 0
    return tmp_path / "mine"


@pytest.fixture
def library(pack: Path) -> Library:
    return read(pack)


def test_it_passes_the_check_and_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "my bot")]) == 0
    said = capsys.readouterr().out
    assert f"CONTENT_DIR='{tmp_path / 'my bot'}' make run" in said
    assert main(["check", str(tmp_path / "my bot")]) == 0


def test_the_commands_that_its_files_name_are_for_this_pack_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "my bot"
    assert main(["new", str(folder)]) == 0
    named = [
        line
        for file in (folder / "bot.yaml", folder / "README.md")
        for line in re.findall(r"python -m bot ((?:check|schema)[^`\n]*)", file.read_text("utf-8"))
    ]
    assert sorted(named) == [f"check '{folder}'", f"check '{folder}'", f"schema '{folder}'"]
    assert f"CONTENT_DIR='{folder}' make run" in (folder / "README.md").read_text("utf-8")


async def test_the_bot_serves_it(pack: Path, library: Library, tmp_path: Path) -> None:
    world = World(TOKEN)
    words, step = library.pack(None).words(StepsWords), library.pack(None)[StepsFile].steps[0]
    async with running_bot(world, tmp_path / "bot.db", CONTENT_DIR=str(pack)) as bot:
        ana = Chatter(world, "Ana")
        await ana.says("/start")
        await ana.taps(library.pack(None).words(WelcomeWords).begin)
        await ana.says("/next")
        assert step.title in ana.text
        await ana.taps(words.mark_done)
        assert step.done.plain in ana.text
        assert await bot.stop() == 0


def test_it_is_on_another_subject(library: Library, content: Library) -> None:
    assert library.bot.name != content.bot.name
    for file in PACK.glob("**/*.yaml"):
        words = file.read_text("utf-8").lower()
        assert not [word for word in ("annotation", "firstlabel", "scam", "paid work") if word in words], file


def test_editors_help_with_it_from_the_first_minute(pack: Path) -> None:
    assert lacking_lines(pack, "en") == []
    assert (pack / "schema" / "steps.json").is_file()


def test_an_empty_folder_may_be_there_and_folders_above_need_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["new", str(tmp_path / "empty")]) == 0
    assert main(["new", str(tmp_path / "a" / "b")]) == 0
    assert read(tmp_path / "a" / "b")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_is_left_alone(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "mine"
    if kind == "folder":
        there.mkdir()
        there = there / "diary.txt"
    there.write_text("dear diary", "utf-8")
    assert main(["new", str(tmp_path / "mine")]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{tmp_path / 'mine'}: ")
    assert len(error.splitlines()) == 1
    assert there.read_text("utf-8") == "dear diary"
    assert len(list(tmp_path.glob("**/*"))) == (2 if kind == "folder" else 1)


def test_its_files_are_packaged_with_the_program() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"bot.starter" = ["pack/*", "pack/**/*"]' in pyproject

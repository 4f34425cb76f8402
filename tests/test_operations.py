"""What operators do with a bot that people use, step by step as the README has it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.playground.standin import World
from tests.support.bot_process import TOKEN, BotProcess, Chatter, running_bot
from tests.support.postgres import database


@pytest.fixture
def world() -> World:
    return World(TOKEN)


def run(bot: BotProcess, *arguments: str) -> str:
    """A command beside the bot, with its settings; what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=bot.folder,
        env=bot.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def ticks_first_task(ana: Chatter, content: Library) -> str:
    """From the start to a ticked task of the first step; the button's label then."""
    words, step = content.pack("en").words(WelcomeWords), next(iter(content.pack("en")[StepsFile].steps))
    await ana.says("/start")
    await ana.taps(words.begin)
    await ana.taps(words.skip_all)
    task = next(iter(step.tasks)).text
    await ana.taps(task)
    return content.pack("en").words(StepsWords).ticked.fill(task=task)


async def test_a_backup_made_while_the_bot_runs_can_be_put_in_its_place(
    world: World, content: Library, tmp_path: Path
) -> None:
    file = tmp_path / "bot.db"
    async with running_bot(world, file) as bot:
        ana = Chatter(world, "Ana")
        ticked = await ticks_first_task(ana, content)
        run(bot, "backup", "copy.db")
        await ana.taps(ticked)  # untick: after the copy was made
        await bot.stop()
        for lost in tmp_path.glob("bot.db*"):
            lost.unlink()
        (tmp_path / "copy.db").rename(file)
        await bot.start()
        await ana.says("/next")
        assert ana.labels[0] == ticked


async def test_people_go_on_where_they_were_after_the_move_to_postgresql(
    world: World, content: Library, tmp_path: Path
) -> None:
    with database() as url:
        async with running_bot(world, tmp_path / "bot.db") as bot:
            ana = Chatter(world, "Ana")
            ticked = await ticks_first_task(ana, content)
            await bot.stop()
            run(bot, "migrate-data", "--from", bot.environment["DATABASE_URL"], "--to", url)
            bot.environment["DATABASE_URL"] = url
            await bot.start()
            await ana.says("/next")
            assert ana.labels[0] == ticked

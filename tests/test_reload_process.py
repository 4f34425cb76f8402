"""The whole bot as its own process, while an author saves files beside it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.guide.reload_words import ReloadWords
from bot.playground.standin import World
from tests.support.bot_process import PATIENCE, ROOT, TOKEN, BotProcess, Chatter, running_bot
from tests.support.packs import Author

Bot = tuple[BotProcess, Author]


@pytest.fixture
def world() -> World:
    return World(TOKEN)


@pytest.fixture
def olga(world: World) -> Chatter:
    """The operator."""
    return Chatter(world, "Olga")


@pytest.fixture
async def bot(world: World, olga: Chatter, tmp_path: Path) -> AsyncIterator[Bot]:
    author = Author("firstlabel", tmp_path)
    settings = {"CONTENT_DIR": str(author.directory), "ADMIN_IDS": str(olga.id)}
    async with running_bot(world, tmp_path / "bot.db", **settings) as process:
        await olga.says("/start")
        yield process, author


async def test_ana_goes_on_at_her_step_when_it_was_renamed_and_the_one_before_removed(
    world: World, bot: Bot, olga: Chatter, content: Library, tmp_path: Path
) -> None:
    _, author = bot
    _, second, third, *_ = content.pack(None)[StepsFile].steps
    ana = Chatter(world, "Ana")
    await ana.says("/steps")
    await ana.taps(third.title)
    await ana.taps(third.tasks[0].text)
    draft = Author("firstlabel", tmp_path / "draft")
    draft.removes("steps", second.id)
    draft.renames("steps", "steps", third.id, "another-name")
    draft.edits("steps", lambda data: data["steps"][1].update(title="Under another name"))
    shutil.copytree(draft.directory, author.directory, dirs_exist_ok=True)
    await olga.says("/reload")
    words = content.pack(None).words(ReloadWords)

    def told() -> list[str]:
        return [str(each.get("text")) for each in olga.messages]

    # Perhaps it was noticed before she asked: then the id that is gone came in a message of its own.
    await world.wait_until(lambda: any(f"steps.yaml: {second.id}" in each for each in told()))
    answers = (words.changed.plain, words.unchanged.plain)
    await world.wait_until(lambda: any(each.startswith(answers) for each in told()))
    assert not any(f"steps.yaml: {third.id}" in each for each in told()), "it says which id it had"
    await ana.taps(third.tasks[1].text)
    assert "Under another name" in ana.text
    ticks = [label for label in ana.labels if third.tasks[0].text in label or third.tasks[1].text in label]
    assert all(label != task.text for label in ticks for task in third.tasks), "both are ticked"


async def test_a_saved_file_is_noticed_by_itself_and_telegrams_menu_is_set_again(
    world: World, bot: Bot, olga: Chatter
) -> None:
    _, author = bot
    await world.wait_until(lambda: len(world.menu(olga.id)) > 0, PATIENCE)
    file, said = author.directory / "en" / "ui.yaml", dict(world_menu(world, olga))["menu"]
    file.write_text(file.read_text("utf-8").replace(said, "Where you find it all"), "utf-8")
    await world.wait_until(lambda: dict(world_menu(world, olga))["menu"] == "Where you find it all", PATIENCE)


def world_menu(world: World, person: Chatter) -> list[tuple[str, str]]:
    return [(each["command"], each["description"]) for each in world.menu(person.id)]


async def test_of_faults_only_the_operator_hears_and_everybody_goes_on_with_what_was_there(
    world: World, bot: Bot, olga: Chatter, content: Library
) -> None:
    process, author = bot
    ana = Chatter(world, "Ana")
    await ana.says("/menu")
    before, before_text = len(olga.messages), ana.text
    (author.directory / "en" / "ui.yaml").write_text("menu: [half", "utf-8")
    await world.wait_until(lambda: len(olga.messages) > before, PATIENCE)
    assert "ui.yaml:1" in olga.text
    await ana.says("/menu")
    assert ana.text == before_text
    assert len(ana.messages) == 2
    shutil.copy(ROOT / "content" / "en" / "ui.yaml", author.directory / "en" / "ui.yaml")
    await olga.says("/reload")
    assert olga.text == content.pack(None).words(ReloadWords).unchanged.plain
    assert await process.stop() == 0
    assert "Traceback" not in process.log

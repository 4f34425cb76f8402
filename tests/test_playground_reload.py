"""An author with a browser and an editor: what is saved is seen in the open chat."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.content.bot_file import name_in
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library
from bot.content.watching import fingerprint
from bot.guide.areas.welcome_words import WelcomeWords
from bot.playground.run import Playground, playground
from bot.playground.subject import Subject
from tests.support.bot_process import ROOT
from tests.support.browser import Chat, OpenPage, browser, open_page
from tests.support.packs import Author

__all__ = ["browser", "open_page"]
pytestmark = pytest.mark.asyncio(loop_scope="session")

BOT = (sys.executable, "-m", "bot", "run")


@dataclass
class Here:
    playground: Playground
    author: Author


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Here]:
    """The playground on a copy of the content."""
    author = Author("firstlabel", tmp_path)
    monkeypatch.setenv("CONTENT_DIR", str(author.directory))
    monkeypatch.chdir(ROOT)
    async with playground(
        "127.0.0.1:0",
        data=tmp_path,
        subject=Subject(
            called=partial(name_in, author.directory), looks=partial(fingerprint, author.directory)
        ),
        command=BOT,
        log=lambda line: None,
    ) as running:
        await running.bot.start()
        yield Here(running, author)


async def test_what_is_saved_is_seen_in_the_open_chat_and_what_is_broken_only_by_the_author(
    here: Here, open_page: OpenPage, content: Library
) -> None:
    step, words = content.pack("en")[StepsFile].steps[0], content.pack("en").words(WelcomeWords)
    page = await open_page(here.playground.address.url, screen="phone")
    chat = await Chat.open(page, next(iter(here.playground.world.people)))
    await chat.starts()
    await chat.taps(words.begin)
    await chat.taps(words.skip_all)
    await chat.sees(step.title)
    await chat.taps(step.tasks[0].text)
    count = await chat.messages.count()

    here.author.edits("steps", lambda data: data["steps"][0].update(title="In new words"))
    await chat.sees("In new words")
    assert await chat.messages.count() == count, "the same message, drawn again"

    file = here.author.directory / "en" / "steps.yaml"
    good = file.read_text("utf-8")
    file.write_text(good.replace("In new words", "[half"), "utf-8")
    faults = page.get_by_role("status", name="Content")
    await expect(faults).to_contain_text("steps.yaml:")
    await chat.sees("In new words")
    await chat.taps(step.tasks[1].text)
    await chat.sees("In new words")

    file.write_text(good.replace("In new words", "Whole again"), "utf-8")
    await expect(faults).to_be_hidden()
    await chat.sees("Whole again")


async def test_a_bot_that_does_not_start_over_mistakes_says_so_and_starts_when_they_are_mended(
    here: Here, open_page: OpenPage
) -> None:
    page = await open_page(here.playground.address.url)
    chat = await Chat.open(page, next(iter(here.playground.world.people)))
    await chat.starts()
    await expect(chat.messages).to_have_count(2)
    file = here.author.directory / "en" / "steps.yaml"
    good = file.read_text("utf-8")
    file.write_text(f"steps: [half\n{good}", "utf-8")
    faults = page.get_by_role("status", name="Content")
    await expect(faults).to_contain_text("Chats go on with what was there before.")

    await page.get_by_role("button", name="Restart the bot").click()
    stopped = chat.pane.get_by_text("The bot is not running.")
    await expect(stopped).to_be_visible(timeout=20_000)
    await expect(faults).to_contain_text("steps.yaml:")
    await expect(faults).to_contain_text("The bot starts by itself once this is mended.")
    await expect(faults).not_to_contain_text("Chats go on")

    file.write_text(f"{good}another_half: true\n", "utf-8")
    await expect(faults).to_contain_text("another_half")
    await expect(faults).to_contain_text("The bot starts by itself once this is mended.")
    file.write_text(good, "utf-8")
    await expect(stopped).to_be_hidden(timeout=20_000)
    await expect(faults).to_be_hidden()
    await chat.says("/menu")
    await expect(chat.messages).to_have_count(4)


async def test_the_bot_is_called_what_bot_yaml_calls_it(here: Here, open_page: OpenPage) -> None:
    page = await open_page(here.playground.address.url)
    head = page.get_by_role("heading", level=2)
    await expect(head).to_have_text("Firstlabel")
    await expect(page).to_have_title("Firstlabel")
    file = here.author.directory / "bot.yaml"
    file.write_text(file.read_text("utf-8").replace("name: Firstlabel", "name: Chess Start"), "utf-8")
    await expect(head).to_have_text("Chess Start")
    await expect(page).to_have_title("Chess Start")

"""An operator with nothing but a browser: a photo with words below it, to everybody."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.content.library import Library
from bot.guide.broadcast_words import BroadcastWords
from bot.playground.run import Playground, playground
from tests.support.bot_process import ROOT
from tests.support.browser import Chat, OpenPage, browser, open_page

__all__ = ["browser", "open_page"]
pytestmark = pytest.mark.asyncio(loop_scope="session")

BOT = (sys.executable, "-m", "bot", "run")


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    """A playground whose first person is an operator; ids are only known once there is a world."""
    monkeypatch.chdir(ROOT)
    async with playground("127.0.0.1:0", data=tmp_path, command=BOT, log=lambda line: None) as before:
        operator = next(iter(before.world.people))
    monkeypatch.setenv("ADMIN_IDS", str(operator))
    async with playground("127.0.0.1:0", data=tmp_path, command=BOT, log=lambda line: None) as running:
        await running.bot.start()
        yield running


async def test_an_operator_sends_a_photo_with_its_caption_to_everybody_and_sees_the_report(
    here: Playground, open_page: OpenPage, content: Library
) -> None:
    words, caption = content.pack("en").words(BroadcastWords), "New steps, at https://a.example"
    operator = next(iter(here.world.people))
    learners = [here.world.add_person(name).id for name in ("Ana", "Ben", "Cem")]
    for each in learners:
        here.world.say(each, "/start")
        await here.world.wait_until(lambda each=each: len(here.world.chat(each)) > 1)  # type: ignore[misc]
    page = await open_page(here.address.url, screen="phone")
    chat = await Chat.open(page, operator)
    await chat.starts()
    await chat.says("/broadcast")
    await chat.sees(words.compose.plain[:20])
    await chat.field.fill(caption)
    await chat.attaches("Photo")
    await chat.sees(words.preview.plain)
    preview = chat.messages.nth(-2)
    await expect(preview.get_by_role("img", name="Picture")).to_be_visible()
    await expect(preview).to_contain_text(caption)
    await chat.taps(words.review)
    await chat.taps(words.confirm_yes.fill(count=4))
    await chat.sees(words.report_done.plain)
    for each in learners:
        got = here.world.chat(each)[-1]
        assert got["caption"] == caption
        assert got["photo"]
    theirs = await Chat.open(page, learners[0])
    await expect(theirs.last.get_by_role("img", name="Picture")).to_be_visible()
    await theirs.sees(caption)

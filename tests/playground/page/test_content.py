"""How the bot's content is, as the page is told; and chats that are drawn again when it has changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.content import MOST_FAULTS, ContentState
from bot.playground.standin import World
from bot.playground.standin.server import serve
from tests.playground.standin.client import Api

from .conftest import Client

TOKEN = "42:AAtest-token-of-nobody-0123456789abcde"
KEYS = {
    "inline_keyboard": [[{"text": "a", "callback_data": "g:menu"}, {"text": "b", "url": "https://b.example"}]]
}


class Bot:
    """Keeps the file, and has sent somebody a message."""

    def __init__(self, tmp_path: Path) -> None:
        self.world = World(TOKEN)
        self.ana = self.world.add_person("Ana").id
        self.path = tmp_path / "state"
        self.state = ContentState(self.path, self.world)

    def says(self, version: str, *faults: str) -> None:
        part = self.path.with_name("part")
        part.write_text(json.dumps({"version": version, "faults": faults}), "ascii")
        part.replace(self.path)

    @property
    def taps(self) -> list[Any]:
        updates = self.world.updates.to_dict()["pending"]
        return [each["callback_query"]["data"] for each in updates if "callback_query" in each]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    bot = Bot(tmp_path)
    task = asyncio.create_task(bot.state.run())
    yield bot
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def sends(bot: Bot, keyboard: Any) -> None:
    import aiohttp

    async with serve(bot.world) as telegram, aiohttp.ClientSession() as session:
        bot.world.say(bot.ana, "/start")
        await Api(session, telegram.url, token=TOKEN).ok(
            "sendMessage", chat_id=bot.ana, text="x", reply_markup=json.dumps(keyboard)
        )


async def known(bot: Bot, *faults: str) -> None:
    await bot.world.wait_until(lambda: bot.state.faults == faults)


async def test_faults_are_told_and_taken_back(bot: Bot) -> None:
    bot.says("v1", "content/en/faq.yaml:1: empty")
    await known(bot, "content/en/faq.yaml:1: empty")
    assert bot.state.count == 1
    bot.says("v1")
    await known(bot)


async def test_of_very_many_faults_the_first_are_told_and_their_number(bot: Bot) -> None:
    bot.says("v1", *(f"fault {number}" for number in range(MOST_FAULTS + 7)))
    await bot.world.wait_until(lambda: bot.state.count)
    assert (len(bot.state.faults), bot.state.count) == (MOST_FAULTS, MOST_FAULTS + 7)


async def test_another_version_has_the_last_message_drawn_again_the_first_one_does_not(bot: Bot) -> None:
    await sends(bot, KEYS)
    bot.says("v1", "fault")
    await known(bot, "fault")
    assert bot.taps == []
    bot.says("v2")
    await known(bot)
    assert [data.partition(":")[0] for data in bot.taps] == ["again"]
    bot.says("v2", "fault")
    await known(bot, "fault")
    assert len(bot.taps) == 1, "faults alone change no screen"


async def test_what_has_no_buttons_is_left_alone_and_so_is_whoever_blocked_the_bot(bot: Bot) -> None:
    bot.says("v1", "fault")
    await known(bot, "fault")
    await sends(bot, {"inline_keyboard": []})
    bot.says("v2")
    await known(bot)
    await sends(bot, KEYS)
    bot.world.block(bot.ana)
    bot.says("v3", "fault")
    await known(bot, "fault")
    assert bot.taps == []


async def test_a_file_of_nonsense_changes_nothing(bot: Bot) -> None:
    bot.says("v1", "fault")
    await known(bot, "fault")
    for nonsense in ("", "[]", '{"version": 1}', "null"):
        bot.path.write_text(nonsense, "ascii")
    bot.says("v1", "another")
    await known(bot, "another")


def test_what_an_earlier_bot_left_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "state").write_text(json.dumps({"version": "v1", "faults": ["old"]}), "ascii")
    assert Bot(tmp_path).state.faults == ()
    assert not (tmp_path / "state").exists()


async def test_the_page_learns_it_with_the_whole_state(client: Client) -> None:
    status, state = await client.call("GET", "/api/state")
    assert status == 200
    assert state["content"] == {"faults": [], "count": 0}

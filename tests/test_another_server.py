"""The bot depends on the Bot API, not on our stand-in for it: here it talks to a server that shares no code with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiogram.methods import SendMessage
from aiogram.types import Chat, Message, TelegramObject, Update, User
from aiohttp import web

from bot.content.library import Library
from bot.guide.areas.welcome_words import WelcomeWords
from tests.support.bot_process import PATIENCE, TOKEN, BotProcess, environment

ANA = User(id=42, is_bot=False, first_name="Ana", language_code="en")
START_UPDATE_ID = 7
START = Message(
    message_id=1,
    date=datetime(2026, 11, 23, tzinfo=UTC),
    chat=Chat(id=42, type="private"),
    from_user=ANA,
    text="/start",
)
ME = {"id": 1, "is_bot": True, "first_name": "Any", "username": "any_bot"}


@dataclass
class OtherServer:
    """The least that a Bot API server must answer, below a path of its own."""

    url: str = ""
    sent: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    confirmed: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        parameters: dict[str, Any] = await request.json()
        match request.match_info["method"].lower():
            case "getme":
                return _ok(ME)
            case "getwebhookinfo":
                return _ok({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
            case "getupdates":
                return await self._updates(parameters.get("offset") or 0)
            case "getmycommands":
                return _ok([])
            case "getmydescription":
                return _ok({"description": ""})
            case "getmyshortdescription":
                return _ok({"short_description": ""})
            case "sendmessage":
                await self.sent.put(parameters)
                return _ok(_as_json(START))
            case _:
                return _ok(True)

    async def _updates(self, offset: int) -> web.Response:
        if offset <= START_UPDATE_ID:
            return _ok([_as_json(Update(update_id=START_UPDATE_ID, message=START))])
        self.confirmed.set()
        await asyncio.Event().wait()
        raise AssertionError("the poll is ended by the bot")


def _as_json(value: TelegramObject) -> Any:
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def other_server() -> AsyncIterator[OtherServer]:
    server = OtherServer()
    application = web.Application()
    application.router.add_route("*", f"/telegram/api/bot{TOKEN}/{{method}}", server.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/api"
    try:
        yield server
    finally:
        await runner.cleanup()


async def test_with_the_address_of_any_other_bot_api_server_the_bot_works_the_same(
    content: Library, tmp_path: Path
) -> None:
    async with other_server() as server:
        bot = BotProcess(
            environment(
                TELEGRAM_BOT_TOKEN=TOKEN,
                BOT_API_URL=server.url,
                DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}",
            ),
            tmp_path,
        )
        await bot.start()
        try:
            sent = await asyncio.wait_for(server.sent.get(), PATIENCE)
            await asyncio.wait_for(server.confirmed.wait(), PATIENCE)
        finally:
            await bot.stop()
    message = SendMessage.model_validate(sent)
    assert message.chat_id == ANA.id
    assert content.pack("en").words(WelcomeWords).hello.fill(name="Ana").plain in message.text

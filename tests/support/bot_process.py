"""The whole bot as its own process, and people who chat with it over real HTTP."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.standin import World, serve

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAtest-token-of-nobody-0123456789abcd"
PATIENCE = 20.0
"""Seconds after which a test gives up on an answer. Far above what is usual: no test is about speed."""

Message = dict[str, Any]


@dataclass
class BotProcess:
    """Starts ``python -m bot``, ends it kindly or with ``kill -9``, and starts it again."""

    environment: dict[str, str]
    folder: Path
    """Where it is started: a folder of the test's own, so that nobody's ``.env`` is read."""
    arguments: tuple[str, ...] = ("run",)
    process: asyncio.subprocess.Process | None = None
    log: str = ""

    async def start(self, **options: Any) -> None:
        """``options`` are those of :class:`subprocess.Popen`, such as ``user``."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *self.arguments,
            cwd=self.folder, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            **options,
        )  # fmt: skip

    async def ended(self) -> int:
        """Wait for the process to end by itself; its exit code."""
        assert self.process is not None
        output, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        self.log += output.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    async def stop(self) -> int:
        """SIGTERM, as a service manager does; the exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        return await self.ended()

    async def kill(self) -> None:
        """``kill -9``."""
        assert self.process is not None
        self.process.kill()
        await self.ended()


def environment(**settings: str) -> dict[str, str]:
    """Our own environment without anybody's settings, with the shipped content, and with these."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TELEGRAM_", "BOT_", "WEBHOOK_", "ADMIN_"))
    }
    return {**inherited, "PYTHONPATH": str(ROOT), "CONTENT_DIR": str(ROOT / "content"), **settings}


@asynccontextmanager
async def running_bot(world: World, database: Path, **settings: str) -> AsyncIterator[BotProcess]:
    """The bot as a process of its own, talking to ``world`` over HTTP."""
    async with serve(world) as telegram:
        process = BotProcess(
            environment(
                TELEGRAM_BOT_TOKEN=TOKEN,
                BOT_API_URL=telegram.url,
                DATABASE_URL=f"sqlite:///{database}",
                **settings,
            ),
            database.parent,
        )
        await process.start()
        try:
            yield process
        finally:
            await process.stop()


@dataclass
class Chatter:
    """A person with Telegram open: says and taps, and waits for what follows."""

    world: World
    name: str
    id: int = field(init=False)

    def __post_init__(self) -> None:
        self.id = self.world.add_person(self.name).id

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote, as it reads now."""
        return [each for each in self.world.chat(self.id) if each["from"]["is_bot"]]

    @property
    def screen(self) -> Message:
        return self.messages[-1]

    @property
    def text(self) -> str:
        return str(self.screen["text"])

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self._buttons()]

    def _buttons(self) -> list[dict[str, Any]]:
        rows = self.screen.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    async def says(self, text: str) -> None:
        """Write, and wait for a new message."""
        before = len(self.messages)
        self.world.say(self.id, text)
        await self.world.wait_until(lambda: len(self.messages) > before, PATIENCE)

    async def taps(self, label: str) -> None:
        """Tap the first button that holds ``label``, and wait until the tap is answered and the screen shown."""
        found = [button for button in self._buttons() if label in button["text"]]
        assert found, f"no button {label!r} below:\n{self.text}\n{self.labels}"
        await self.presses(self.screen["message_id"], found[0]["callback_data"])

    async def presses(self, message_id: int, data: str) -> None:
        """Tap a button of any message by its data."""
        before = self._shows()
        query = self.world.tap(self.id, message_id, data)
        await self.world.wait_until(
            lambda: self._shows() > before and any(each["query_id"] == query for each in self.world.answers),
            PATIENCE,
        )

    def _shows(self) -> int:
        """How many screens the bot sent or changed so far for this person."""
        calls = (call for call in self.world.calls if call.method in _SHOWS)
        return sum(str(call.params.get("chat_id")) == str(self.id) for call in calls)


_SHOWS = {"sendMessage", "editMessageText"}

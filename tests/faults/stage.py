"""A Telegram, a database, and a bot between them that can be killed, stopped and started again."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.standin import World, serve
from tests.faults.databases import Database, database_at
from tests.support.bot_process import TOKEN, environment

PATIENCE = 60.0
"""Seconds after which something that must happen is taken for never to come."""

KEPT_CALLS = 2_000_000


@dataclass
class Stage:
    """``log`` is what all its bots wrote."""

    world: World
    database: Database
    settings: dict[str, str]
    folder: Path
    port: int
    process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        path = self.folder / "bot.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    async def start(self, *module: str) -> None:
        """Start the bot; ``module`` is what to run in place of ``bot run``."""
        with (self.folder / "bot.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *(module or ("bot", "run")),
                cwd=self.folder, env=environment(**self.settings), stdout=log, stderr=log,
            )  # fmt: skip

    async def ended(self) -> int:
        """Wait until the bot ends; its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def kill(self) -> None:
        self._signal(signal.SIGKILL)
        assert await self.ended() == -signal.SIGKILL, self.log

    async def stop(self) -> float:
        """SIGTERM; how many seconds the end took. Its exit code must be 0."""
        began = asyncio.get_running_loop().time()
        self._signal(signal.SIGTERM)
        assert await self.ended() == 0, self.log
        return asyncio.get_running_loop().time() - began

    def calls(self) -> int:
        """How many calls the bot made so far."""
        return len(self.world.calls)

    async def until(self, predicate: Callable[[], object]) -> None:
        await self.world.wait_until(predicate, PATIENCE)

    async def until_logged(self, words: str, times: int = 1) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.log.count(words) < times:
                await asyncio.sleep(0.02)

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)


@asynccontextmanager
async def stage(url: str, folder: Path, **settings: str) -> AsyncIterator[Stage]:
    """Everything but the bot is up; what is left of the bot ends with the block."""
    world = World(TOKEN, keep_calls=KEPT_CALLS)
    async with serve(world) as telegram:
        needed = {"TELEGRAM_BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url, "DATABASE_URL": url}
        place = Stage(world, database_at(url), {**needed, **settings}, folder, telegram.port)
        try:
            yield place
        finally:
            if place.process is not None and place.process.returncode is None:
                await place.kill()

"""A Telegram, a database, and a bot between them that can be killed, stopped and started again."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.standin import World, serve
from tests.faults.databases import Database, database_at
from tests.faults.waiting import PATIENCE, until
from tests.support.bot_process import TOKEN, environment

KEPT_CALLS = 2_000_000
BACKOFF = (0.0, 0.1, 0.2, 0.5)
"""Telegram waits up to two minutes until it delivers again."""


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Without coverage, which would slow down every start; and whoever is killed does not tell theirs."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


@dataclass
class Stage:
    """``log`` is what all its bots wrote."""

    world: World
    database: Database
    settings: dict[str, str]
    folder: Path
    telegram: AsyncExitStack
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
                cwd=self.folder, env=unmeasured(environment(**self.settings)), stdout=log, stderr=log,
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

    @asynccontextmanager
    async def no_telegram(self) -> AsyncIterator[None]:
        """Nobody listens where Telegram was."""
        await self.telegram.aclose()
        try:
            yield
        finally:
            await self.telegram.enter_async_context(
                serve(self.world, port=self.port, webhook_backoff=BACKOFF)
            )

    def calls(self) -> int:
        """How many calls the bot made so far."""
        return len(self.world.calls)

    async def until(self, predicate: Callable[[], object]) -> None:
        await self.world.wait_until(predicate, PATIENCE)

    async def until_calls(self, number: int) -> None:
        """Wait until the bot has made so many calls."""
        await self.until(lambda: self.calls() >= number)

    async def until_logged(self, pattern: str, times: int = 1) -> None:
        """Wait until so many places of the log match."""

        async def logged() -> bool:
            return self.logged(pattern) >= times

        await until(logged)

    def logged(self, pattern: str) -> int:
        """How many places of the log match."""
        return len(re.findall(pattern, self.log))

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)


@asynccontextmanager
async def stage(url: str, folder: Path, way: str = "polling") -> AsyncIterator[Stage]:
    """Everything but the bot is up; what is left of the bot ends with the block.

    ``way`` is how updates come: by ``polling`` or by ``webhook``.
    """
    world = World(TOKEN, keep_calls=KEPT_CALLS)
    async with AsyncExitStack() as telegram:
        server = await telegram.enter_async_context(serve(world, webhook_backoff=BACKOFF))
        needed = {"TELEGRAM_BOT_TOKEN": TOKEN, "BOT_API_URL": server.url, "DATABASE_URL": url}
        place = Stage(
            world,
            database_at(url),
            {**needed, **(webhook_settings() if way == "webhook" else {})},
            folder,
            telegram,
            server.port,
        )
        try:
            yield place
        finally:
            if place.process is not None and place.process.returncode is None:
                await place.kill()


def webhook_settings() -> dict[str, str]:
    """A webhook on a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = "{}:{}".format(*probe.getsockname())
    return {
        "WEBHOOK_URL": f"http://{listen}/telegram",
        "WEBHOOK_LISTEN": listen,
        "WEBHOOK_SECRET": "a_secret-of-the-webhook-0123456789",
    }

"""The playground: a stand-in for Telegram, the bot unchanged, and the page, started and ended together."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from aiohttp import web

from . import keeper, site
from .address import DEFAULT, Address, parse, start_site
from .clock import Clock
from .content import ContentState
from .gallery import Gallery
from .kept import Kept
from .naming import Naming
from .process import BotProcess
from .reviving import Reviver
from .standin import World, serve
from .subject import SHIPPED, Subject

DATA: Final = Path("data")
BOT_ID: Final = 7_000_000_001
COMMAND: Final = (sys.executable, "-m", "bot", "run")


@dataclass(frozen=True, slots=True)
class Playground:
    """A running playground."""

    address: Address
    """Where the page is."""
    telegram: str
    """The stand-in's URL, the bot's BOT_API_URL."""
    world: World
    bot: BotProcess


async def run(
    listen: str = DEFAULT,
    *,
    data: Path = DATA,
    subject: Subject = SHIPPED,
    command: Sequence[str] = COMMAND,
    stop: asyncio.Event | None = None,
) -> None:
    """Runs the playground until SIGINT, SIGTERM or SIGHUP (or `stop` is set, then signals are left alone).

    Each subject has its own files in `data`. Raises SettingsError with one line when it cannot start: a wrong or taken address, a folder without rights, another playground on the same content.
    """
    with _stopped_by_signals(stop) as ending:
        async with playground(listen, data=data, subject=subject, command=command) as running:
            _write(sys.stdout, f"Open {running.address.url}\n")
            await running.bot.start()
            await ending.wait()


@asynccontextmanager
async def playground(
    listen: str,
    *,
    data: Path = DATA,
    subject: Subject = SHIPPED,
    command: Sequence[str] = COMMAND,
    log: Callable[[str], None] | None = None,
) -> AsyncIterator[Playground]:
    """Everything but the bot's start; all of it is ended, and the chats are kept, when the block ends."""
    address = parse(listen)
    kept = Kept(data, subject.folder)
    with kept.taken():
        async with _opened(address, kept, subject, command, log or _log) as running:
            yield running


@asynccontextmanager
async def _opened(
    address: Address, kept: Kept, subject: Subject, command: Sequence[str], log: Callable[[str], None]
) -> AsyncIterator[Playground]:
    token = f"{BOT_ID}:{secrets.token_urlsafe(26)}"
    clock = Clock(kept.file(".clock"))
    remembered = kept.file(".db").exists()
    world = keeper.load(kept.file(".json"), token, log, clock.now, remembered=remembered)
    naming = Naming(world, subject.called)
    naming.begin()
    chats = keeper.Keeper(kept.file(".json"), world, log)
    chats.save()
    content = ContentState(kept.file(".content"), world, naming.renew)
    async with serve(world) as telegram:
        bot = BotProcess(
            (*command, "--clock", str(clock.path), "--content-state", str(content.path)),
            environment(os.environ, token, telegram.url, kept.file(".db")),
            first_call=lambda: _next_call(world),
            changed=lambda: _process_changed(world, bot),
            log=log,
        )
        app = site.application(world, bot, clock, content, Gallery(kept.file(".gallery.html")))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            address = await start_site(runner, address)
            reviver = Reviver(bot, lambda: content.count, subject)
            async with _beside(chats.run(), content.run(), reviver.run()):
                yield Playground(address, telegram.url, world, bot)
        finally:
            await bot.stop()
            await runner.cleanup()
            chats.save()


def environment(inherited: Mapping[str, str], token: str, telegram: str, database: Path) -> dict[str, str]:
    """What the bot is started with: the caller's environment, pointed at the stand-in.

    All of this wins over what `.env` may say: the playground's bot polls, and has a database of its own.
    """
    return {
        **inherited,
        "DATABASE_URL": f"sqlite:///{database}",
        "TELEGRAM_BOT_TOKEN": token,
        "BOT_API_URL": telegram,
        "WEBHOOK_URL": "off",
        "PYTHONUNBUFFERED": "1",
    }


def _process_changed(world: World, bot: BotProcess) -> None:
    if bot.state == "stopped":
        # The poll that it left waiting would be refused as a conflict with the next bot's first one.
        world.updates.release_poller()
    world.events.emit("process")


async def _next_call(world: World) -> None:
    queue = world.subscribe()
    try:
        while (await queue.get())["type"] != "call":
            pass
    finally:
        world.unsubscribe(queue)


@asynccontextmanager
async def _beside(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """These run meanwhile, and are cancelled at the end."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@contextmanager
def _stopped_by_signals(stop: asyncio.Event | None) -> Iterator[asyncio.Event]:
    if stop is not None:
        yield stop
        return
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.remove_signal_handler(number)


def _log(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()

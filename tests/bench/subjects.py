"""What is measured: programs, each with the way it is started."""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.bench.telegram import PROOF, TOKEN, Telegram

ROOT = Path(__file__).parents[2]
BOT_CORE, CROWD_CORE = 0, 1
START_SECONDS = 30.0
STOP_SECONDS = 20.0

Prepared = Callable[[Path], "Program"]


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: arguments to Python, and settings beside the usual ones.

    ``runs_alone``: with what the bot itself needs, and nothing else, in the Python that ``BENCH_PYTHON`` names.
    """

    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    runs_alone: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """``prepare`` makes what it needs in an empty folder, each time anew."""

    name: str
    prepare: Prepared


@dataclass(slots=True)
class Running:
    """A subject at work. ``started`` is how many seconds it took until it asked for updates."""

    process: psutil.Process
    started: float

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return self.process.memory_info().rss / 1e6

    @property
    def cpu_seconds(self) -> float:
        """What it has used of the processor so far."""
        times = self.process.cpu_times()
        return times.user + times.system


@asynccontextmanager
async def running(subject: Subject, telegram: Telegram) -> AsyncIterator[Running]:
    """The subject, started against this Telegram, on a core of its own, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _log(Path(folder)) as log:
        program = subject.prepare(Path(folder))
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            os.environ.get("BENCH_PYTHON", sys.executable) if program.runs_alone else sys.executable,
            *program.arguments,
            cwd=ROOT,
            env=_environment(telegram, program),
            stdout=log,
            stderr=log,
        )
        pin(BOT_CORE, process.pid)
        try:
            async with asyncio.timeout(START_SECONDS):
                await telegram.polling.wait()
            yield Running(psutil.Process(process.pid), time.perf_counter() - began)
        except TimeoutError:
            log.seek(0)
            raise RuntimeError(f"{subject.name} does not start:\n{log.read()[-2000:]}") from None
        finally:
            await _ended(process)


def pin(core: int, process: int = 0) -> None:
    """Keep a process, by default the calling one, to one core, if there are several."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(process, {core})


def _environment(telegram: Telegram, program: Program) -> dict[str, str]:
    usual = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram.url,
    }
    return {**usual, **program.settings}


@contextmanager
def _log(folder: Path) -> Iterator[Any]:
    with (folder / "log.txt").open("w+") as log:
        yield log


async def _ended(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _peer(module: str, *arguments: str) -> Program:
    return Program(("-m", f"tests.bench.peers.{module}", *arguments), {})


def _ours(database: str, **settings: str) -> Program:
    return Program(("-m", "bot", "run"), {"DATABASE_URL": database, **settings}, runs_alone=True)


def sqlite(folder: Path) -> Program:
    """Ours, polling, on a new SQLite file."""
    return _ours(f"sqlite:///{folder}/bot.db")


def on_file(database: Path, **settings: str) -> Prepared:
    """Ours, polling, on a file that is there."""
    return lambda folder: _ours(f"sqlite:///{database}", **settings)


def on_url(url: str) -> Prepared:
    """Ours, polling, on this database."""
    return lambda folder: _ours(url)


def webhook(folder: Path) -> Program:
    """Ours, with a webhook, on a new SQLite file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = "{}:{}".format(*probe.getsockname())
    site = {"WEBHOOK_URL": f"http://{listen}/t", "WEBHOOK_LISTEN": listen, "WEBHOOK_SECRET": PROOF}
    return _ours(f"sqlite:///{folder}/bot.db", **site)


def pickled(people: int) -> Prepared:
    """python-telegram-bot with PicklePersistence, which knows so many people already."""

    def prepare(folder: Path) -> Program:
        file = folder / "data.pickle"
        users = {10_000_000 + number: {f"echo:{each}": each for each in range(3)} for number in range(people)}
        empty: dict[str, Any] = {"bot_data": {}, "callback_data": None, "conversations": {}, "chat_data": {}}
        file.write_bytes(pickle.dumps({**empty, "user_data": users}))
        return _peer("ptb_echo", str(file))

    return prepare


OURS = Subject("ours, polling", sqlite)
WEBHOOK = Subject("ours, webhook", webhook)
PTB = Subject("python-telegram-bot's echo", lambda folder: _peer("ptb_echo"))
AIOGRAM = Subject("aiogram's echo", lambda folder: _peer("aiogram_echo"))
CEILING = Subject("no bot: the ceiling of the load generator", lambda folder: _peer("ceiling"))

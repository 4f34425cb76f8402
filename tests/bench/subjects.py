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
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.bench.telegram import TOKEN, Telegram
from tests.support.postgres import database

ROOT = Path(__file__).parents[2]
BOT_CORE, CROWD_CORE = 0, 1
START_SECONDS = 30.0
STOP_SECONDS = 60.0
IDLE_SECONDS = 0.2
SECRET = "bench_" + "s" * 40


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: a module with its arguments, and settings beside the usual ones."""

    arguments: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """``prepare`` makes what it needs in an empty folder, each time anew, for as long as the block lasts."""

    name: str
    prepare: Callable[[Path], AbstractContextManager[Program]]


@dataclass(slots=True)
class Running:
    """A subject at work. ``started`` is how many seconds it took until it asked for updates, ``stopped`` until it ended."""

    process: psutil.Process
    started: float
    stopped: float = 0.0

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return self.process.memory_info().rss / 1e6

    @property
    def cpu_seconds(self) -> float:
        """What it has used of the processor so far."""
        times = self.process.cpu_times()
        return times.user + times.system

    async def rest(self) -> None:
        """Until it has nothing to do: after its first poll it may still be loading something."""
        until, before = time.perf_counter() + START_SECONDS, -1.0
        while self.cpu_seconds - before > IDLE_SECONDS / 10:
            if time.perf_counter() > until:
                raise RuntimeError(f"it never rests: {' '.join(self.process.cmdline())}")
            before = self.cpu_seconds
            await asyncio.sleep(IDLE_SECONDS)


@asynccontextmanager
async def running(subject: Subject, telegram: Telegram) -> AsyncIterator[Running]:
    """The subject, started against this Telegram, until the end of the block: it on one core, we on another."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        subject.prepare(Path(name)) as program,
        (Path(name) / "log.txt").open("w+") as log,
        _pinned(CROWD_CORE),
    ):
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.bare", *program.arguments,
            cwd=name, env=_environment(telegram, program), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _pin(BOT_CORE, process.pid)
            try:
                async with asyncio.timeout(START_SECONDS):
                    await telegram.ready.wait()
            except TimeoutError:
                log.seek(0)
                raise RuntimeError(f"{subject.name} does not start:\n{log.read()[-2000:]}") from None
            at_work = Running(psutil.Process(process.pid), time.perf_counter() - began)
            yield at_work
            began = time.perf_counter()
            await _ended(process)
            at_work.stopped = time.perf_counter() - began
        finally:
            await _ended(process)


@contextmanager
def _pinned(core: int) -> Iterator[None]:
    """Keep this process to one core. A database's server, which was started before, has them all."""
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    _pin(core, 0)
    try:
        yield
    finally:
        if before is not None:
            os.sched_setaffinity(0, before)


def _pin(core: int, process: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(process, {core})


def _environment(telegram: Telegram, program: Program) -> dict[str, str]:
    usual = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "CONTENT_DIR": str(ROOT / "content"),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram.url,
    }
    return {**usual, **program.settings}


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _ours(database: str, *arguments: str, **settings: str) -> Program:
    return Program(("tests.bench.launch", *arguments), {"DATABASE_URL": database, **settings})


def _polling(folder: Path) -> AbstractContextManager[Program]:
    return nullcontext(_ours(f"sqlite:///{folder}/bot.db"))


def _webhook(folder: Path) -> AbstractContextManager[Program]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = "{}:{}".format(*probe.getsockname())
    site = {"WEBHOOK_URL": f"http://{listen}/t", "WEBHOOK_LISTEN": listen, "WEBHOOK_SECRET": SECRET}
    return nullcontext(_ours(f"sqlite:///{folder}/bot.db", **site))


@contextmanager
def _postgres(folder: Path) -> Iterator[Program]:
    with database() as url:
        yield _ours(url)


def _peer(module: str) -> Callable[[Path], AbstractContextManager[Program]]:
    return lambda folder: nullcontext(Program((f"tests.bench.peers.{module}",)))


def pickled(people: int) -> Subject:
    """python-telegram-bot with PicklePersistence, which knows so many people already."""

    def prepare(folder: Path) -> AbstractContextManager[Program]:
        file = folder / "data.pickle"
        users = {10_000_000 + number: {"ticked": {1, 2, 3}} for number in range(people)}
        empty: dict[str, Any] = {"bot_data": {}, "callback_data": None, "conversations": {}, "chat_data": {}}
        file.write_bytes(pickle.dumps({**empty, "user_data": users}))
        return nullcontext(Program(("tests.bench.peers.ptb_pickle", str(file))))

    return Subject(f"PicklePersistence, {people:,} people", prepare)


def on_file(name: str, file: Path, *arguments: str) -> Subject:
    """Ours, polling, on an SQLite file that is there."""
    return Subject(name, lambda folder: nullcontext(_ours(f"sqlite:///{file}", *arguments)))


OURS = Subject("ours, polling", _polling)
WEBHOOK = Subject("ours, webhook", _webhook)
POSTGRES = Subject("ours, PostgreSQL", _postgres)
PTB = Subject("python-telegram-bot's echo", _peer("ptb_echo"))
AIOGRAM = Subject("aiogram's echo", _peer("aiogram_echo"))
NO_BOT = Subject("no bot", _peer("no_bot"))
"""Two prepared calls for every tap: what it shows is the load generator's own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.playground.process import BotProcess

STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(600)
"""
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("good bye", flush=True), sys.exit(0)))
print("ready", flush=True)
time.sleep(600)
"""


class Watched:
    """A bot process with what it told: its states in order, and its log."""

    def __init__(self, script: str, **extra: Any) -> None:
        self.states: list[tuple[str, str]] = []
        self.log = ""
        self.called = asyncio.Event()
        self._news = asyncio.Event()
        self.bot = BotProcess(
            (sys.executable, "-c", script),
            {**os.environ, "PYTHONUNBUFFERED": "1"},
            first_call=self.called.wait,
            changed=self._changed,
            log=self._logged,
            **extra,
        )

    def _changed(self) -> None:
        self.states.append((self.bot.state, self.bot.detail))
        self._news.set()

    def _logged(self, text: str) -> None:
        self.log += text
        self._news.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def watched(script: str, **extra: Any) -> AsyncIterator[Watched]:
    one = Watched(script, **extra)
    try:
        await one.bot.start()
        yield one
    finally:
        await one.bot.stop()


async def gone(pid: int) -> None:
    """Waits until the process has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(handle, ended.set)
    try:
        async with asyncio.timeout(20):
            await ended.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def test_a_bot_is_starting_until_its_first_call_and_then_running() -> None:
    async with watched(POLITE) as one:
        assert one.bot.state == "starting"
        one.called.set()
        await one.until(lambda: one.bot.state == "running")
        await one.until(lambda: "ready\n" in one.log)
        await one.bot.stop()
        assert one.log == "ready\ngood bye\n"
        assert one.states == [("starting", ""), ("running", ""), ("stopped", "")]


async def test_a_bot_that_dies_at_its_start_says_why_with_its_last_line() -> None:
    async with watched("import sys; print('loading…'); sys.exit('content/en/faq.yaml:41: mend this')") as one:
        await one.until(lambda: one.bot.state == "stopped")
        assert one.bot.detail == "content/en/faq.yaml:41: mend this"
        await one.until(lambda: "restart it from the page" in one.log)
        assert one.log.startswith("loading…\ncontent/en/faq.yaml:41: mend this\n")


async def test_a_bot_that_ends_without_a_word_is_told_by_its_status() -> None:
    async with watched("import sys; sys.exit(3)") as one:
        await one.until(lambda: one.bot.state == "stopped")
        assert one.bot.detail == "with status 3"


async def test_a_bot_that_is_killed_is_told_by_the_signal() -> None:
    async with watched("import time; print('x', end=''); time.sleep(600)") as one:
        await one.until(lambda: one.log == "x")
        assert one.bot.pid is not None
        os.kill(one.bot.pid, signal.SIGKILL)
        await one.until(lambda: one.bot.state == "stopped")
        assert "by SIGKILL" in one.log


async def test_a_bot_that_ignores_sigterm_is_killed_after_the_grace() -> None:
    async with watched(STUBBORN, grace=0.1) as one:
        await one.until(lambda: "ready\n" in one.log)
        pid = one.bot.pid
        assert pid is not None
        await one.bot.stop()
        await gone(pid)
        assert "did not end within 0.1 s and was killed" in one.log


async def test_a_restart_gives_a_new_process_and_ends_the_old() -> None:
    async with watched(POLITE) as one:
        await one.until(lambda: "ready\n" in one.log)
        old = one.bot.pid
        assert old is not None
        await asyncio.gather(one.bot.restart(), one.bot.restart())
        await gone(old)
        assert one.bot.pid not in (None, old)
        assert one.bot.state == "starting"


async def test_a_stopped_bot_can_be_started_again_after_it_died() -> None:
    async with watched("print('short')") as one:
        await one.until(lambda: one.bot.state == "stopped")
        await one.bot.restart()
        await one.until(lambda: one.log.count("short") == 2)


async def test_output_of_any_size_and_shape_is_passed_on_whole() -> None:
    script = (
        "import sys; sys.stdout.buffer.write('é'.encode() * 200_000 + b'\\xff\\n'); sys.stderr.write('last')"
    )
    async with watched(script) as one:
        await one.until(lambda: one.bot.state == "stopped")
        assert one.log.startswith("é" * 200_000 + "\ufffd\nlast")
        assert one.bot.detail == "last"


async def test_a_command_that_does_not_exist_is_a_reason_not_an_exception() -> None:
    one = Watched("")
    one.bot = BotProcess(
        ("/no/such/python",), {}, first_call=one.called.wait, changed=one._changed, log=one._logged
    )
    await one.bot.start()
    await one.until(lambda: one.bot.state == "stopped")
    assert "No such file or directory" in one.bot.detail
    await one.bot.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help against orphans is Linux's")
async def test_the_bot_does_not_outlive_a_playground_that_is_killed_hard(tmp_path: Path) -> None:
    script = f"""
import asyncio, sys
from bot.playground.process import BotProcess
async def main():
    forever = asyncio.Event().wait
    bot = BotProcess((sys.executable, "-c", {POLITE!r}), {{}}, first_call=forever, changed=lambda: None, log=print)
    await bot.start()
    print(bot.pid, flush=True)
    await forever()
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    await parent.stdout.readuntil(b"ready")
    parent.kill()
    await parent.wait()
    await gone(pid)

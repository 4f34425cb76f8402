"""Long work that the end of the process does not wait for."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from bot.aside import aside
from tests.support.bot_process import ROOT


async def test_it_is_done_in_another_thread_and_waited_for() -> None:
    threads: list[str] = []
    await aside(lambda: threads.append(threading.current_thread().name), "work")
    assert threads == ["work"]


async def test_what_it_raises_is_raised_where_it_is_waited_for() -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await aside(fails, "work")


async def test_whoever_is_cancelled_does_not_wait_for_it() -> None:
    gate, ended = threading.Event(), threading.Event()

    def works() -> None:
        gate.wait()
        ended.set()

    task = asyncio.create_task(aside(works, "work"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    assert ended.wait(10)
    await asyncio.sleep(0)


def test_the_process_ends_while_it_works() -> None:
    code = """
import asyncio, threading
from bot.aside import aside
async def main():
    task = asyncio.create_task(aside(threading.Event().wait, "for ever"))
    await asyncio.sleep(0)
asyncio.run(main())
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, cwd=ROOT, check=False).returncode == 0

"""The whole command, as a person starts and ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.playground.run import environment

from .conftest import DEMO
from .test_process import gone

MAIN = """
import asyncio, sys
from pathlib import Path
from bot.errors import FirstlabelError
from bot.playground.run import run
try:
    asyncio.run(run(sys.argv[1], data=Path(sys.argv[2]), command=sys.argv[3:]))
except FirstlabelError as error:
    sys.exit(str(error))
"""


@asynccontextmanager
async def started(
    listen: str, data: Path, *command: str, **environ: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        MAIN,
        listen,
        str(data),
        *command,
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(60):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def opened(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    assert line.startswith("Open http://127.0.0.1:")
    return line.removeprefix("Open ").strip()


async def bot_pid(process: asyncio.subprocess.Process) -> int:
    """What the bot below prints first: its process id, passed on to our standard error."""
    assert process.stderr is not None
    return int(await process.stderr.readline())


PRINTS_ITS_PID = (sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_ctrl_c_ends_the_page_and_the_bot_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with started("127.0.0.1:0", tmp_path, *PRINTS_ITS_PID) as process:
        url = await opened(process)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            assert response.status == 200
        pid = await bot_pid(process)
        process.send_signal(number)
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
        await gone(pid)


async def test_the_playground_killed_hard_takes_the_bot_along(tmp_path: Path) -> None:
    async with started("127.0.0.1:0", tmp_path, *PRINTS_ITS_PID) as process:
        await opened(process)
        pid = await bot_pid(process)
        process.kill()
        await gone(pid)


async def test_a_taken_port_is_one_line_that_names_listen(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with started(f"127.0.0.1:{port}", tmp_path, *PRINTS_ITS_PID) as process:
            output, errors = await process.communicate()
    assert process.returncode == 1
    assert output == b""
    free = f"127.0.0.1:{port + 1}"
    assert (
        errors.decode()
        == f"--listen 127.0.0.1:{port}: the port is taken by another program; try --listen {free}\n"
    )


async def test_an_address_for_everybody_is_refused_before_anything_starts(tmp_path: Path) -> None:
    async with started("0.0.0.0:8080", tmp_path, *PRINTS_ITS_PID) as process:
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert b"the playground is for this computer only" in errors
    assert list(tmp_path.iterdir()) == []


async def test_a_bot_that_does_not_start_leaves_the_page_up_to_say_why(tmp_path: Path) -> None:
    async with started(
        "127.0.0.1:0", tmp_path, sys.executable, "-c", "raise SystemExit('no content')"
    ) as process:
        url = await opened(process)
        assert process.stderr is not None
        assert await process.stderr.readline() == b"no content\n"
        await process.stderr.readline()
        async with aiohttp.ClientSession() as session, session.get(f"{url}/api/state") as response:
            assert (await response.json())["process"] == {"state": "stopped", "detail": "no content"}


async def test_the_real_thing_answers_a_person_through_the_page_s_api(tmp_path: Path) -> None:
    async with (
        started("127.0.0.1:0", tmp_path, *DEMO) as process,
        aiohttp.ClientSession(base_url=await opened(process)) as session,
        session.get("/api/events") as events,
    ):
        async with session.get("/api/state") as response:
            person = (await response.json())["people"][0]["id"]
        assert person == 1001, "README tells how to make the first one of a new playground an operator"
        await session.post(f"/api/people/{person}/messages", json={"text": "hello"})
        async for line in events.content:
            if b'"You said: hello"' in line:
                break


def test_the_bot_is_pointed_at_the_stand_in_whatever_the_environment_says() -> None:
    inherited = {
        "TELEGRAM_BOT_TOKEN": "1:real",
        "BOT_API_URL": "https://api.telegram.org",
        "WEBHOOK_URL": "https://example.org/hook",
        "CONTENT_DIR": "my/content",
    }
    given = environment(inherited, "7:made-up", "http://127.0.0.1:9", Path("data/playground.db"))
    assert given["TELEGRAM_BOT_TOKEN"] == "7:made-up"
    assert given["BOT_API_URL"] == "http://127.0.0.1:9"
    assert given["WEBHOOK_URL"] == "off", "an empty value would leave the one in .env as it is"
    assert given["CONTENT_DIR"] == "my/content"
    assert given["DATABASE_URL"] == "sqlite:///data/playground.db"


def test_a_database_that_the_environment_names_is_left_alone() -> None:
    given = environment(
        {"DATABASE_URL": "sqlite:///other.db"}, "7:made-up", "http://127.0.0.1:9", Path("data/playground.db")
    )
    assert given["DATABASE_URL"] == "sqlite:///data/playground.db"

"""The bot as a process of its own: started, watched, restarted and ended."""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

State = Literal["starting", "running", "stopped"]

GRACE: Final = 10.0
"""Seconds the bot has to end by itself after SIGTERM."""

DETAIL_CHARACTERS: Final = 300

LEASH: Final = Path(__file__).with_name("leash.py")


class BotProcess:
    """One bot at a time.

    `state` is "starting" until `first_call` (awaited anew for each start) returns, then "running";
    "stopped" when it ended, and `detail` then says why: its last line. What it prints goes to `log`.
    `changed` is called after each change of the two.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        first_call: Callable[[], Awaitable[object]],
        changed: Callable[[], None],
        log: Callable[[str], None],
        grace: float = GRACE,
    ) -> None:
        self._command = tuple(command)
        self._environment = dict(environment)
        self._first_call = first_call
        self._changed = changed
        self._log = log
        self._grace = grace
        self._process: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        self.state: State = "stopped"
        self.detail = ""

    def __repr__(self) -> str:
        return f"BotProcess({self.state}, pid={self.pid})"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process is not None else None

    async def start(self) -> None:
        """Starts the bot unless it runs. A command that cannot be run at all leaves it stopped, with the reason."""
        async with self._one_at_a_time:
            await self._start()

    async def stop(self) -> None:
        """Ends the bot: SIGTERM, and after the grace SIGKILL. Returns when it is gone."""
        async with self._one_at_a_time:
            await self._stop()

    async def restart(self) -> None:
        """Ends the bot and starts it again; two at once do it one after the other."""
        async with self._one_at_a_time:
            await self._stop()
            await self._start()

    async def _start(self) -> None:
        if self.pid is not None:
            return
        await self._end_watcher()
        self._set("starting")
        try:
            self._process = await asyncio.create_subprocess_exec(
                *_leashed(self._command),
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                # Ctrl-C in a terminal reaches the whole group: the bot is ended by us, in order, not by it.
                start_new_session=True,
            )
        except OSError as error:
            self._set("stopped", f"{self._command[0]}: {error.strerror or error}")
            self._log(f"the bot did not start: {self.detail}\n")
            return
        self._watcher = asyncio.create_task(self._watch(self._process), name="playground-bot")

    async def _stop(self) -> None:
        process = self._process
        # First, so that the end that now comes is not reported as a fault.
        self._process = None
        if process is not None and process.returncode is None:
            _signal(process.pid, signal.SIGTERM)
            try:
                async with asyncio.timeout(self._grace):
                    await process.wait()
            except TimeoutError:
                self._log(f"the bot did not end within {self._grace:g} s and was killed\n")
                _signal(process.pid, signal.SIGKILL, group=True)
                await process.wait()
        await self._end_watcher()
        self._set("stopped")

    async def _end_watcher(self) -> None:
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            # It ends by itself with the process, after the last line was passed on.
            await watcher

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        called = asyncio.create_task(self._await_first_call(process))
        try:
            last = await self._pass_on(process)
            status = await process.wait()
        finally:
            called.cancel()
            with suppress(asyncio.CancelledError):
                await called
        if self._process is process:
            self._set("stopped", last or _ended(status))
            self._log(f"the bot has ended ({_ended(status)}); restart it from the page\n")

    async def _await_first_call(self, process: asyncio.subprocess.Process) -> None:
        await self._first_call()
        if self._process is process and self.state == "starting":
            self._set("running")

    async def _pass_on(self, process: asyncio.subprocess.Process) -> str:
        """Everything the process prints goes to the log; returns its last line that is not empty."""
        assert process.stdout is not None
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        line, last = "", ""
        while chunk := await process.stdout.read(65536):
            text = decoder.decode(chunk)
            self._log(text)
            *complete, line = (line + text).split("\n")
            last = next((found for found in reversed(complete) if found.strip()), last)
            line = line[-DETAIL_CHARACTERS:]
        return (line.strip() or last.strip())[:DETAIL_CHARACTERS]

    def _set(self, state: State, detail: str = "") -> None:
        if (self.state, self.detail) != (state, detail):
            self.state, self.detail = state, detail
            self._changed()


def _leashed(command: Sequence[str]) -> list[str]:
    if sys.platform != "linux":
        return list(command)
    return [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *command]


def _signal(pid: int, number: signal.Signals, *, group: bool = False) -> None:
    with suppress(ProcessLookupError):
        if group:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)


def _ended(status: int) -> str:
    if status < 0:
        return f"by {signal.Signals(-status).name}"
    return f"with status {status}"

"""A bot that stopped over mistakes in its content is started again when its author saves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from .process import State
from .subject import Subject

LOOK_SECONDS: Final = 0.4
"""What was just saved must stay as it is for one look more: it may still be written."""


class Bot(Protocol):
    """As :class:`bot.playground.process.BotProcess`."""

    @property
    def state(self) -> State: ...
    async def start(self) -> None: ...


class Reviver:
    """Looks after the bot. One that stopped while `faults` counts none is left to whoever looks at the page."""

    def __init__(
        self,
        bot: Bot,
        faults: Callable[[], int],
        subject: Subject,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._faults = faults
        self._subject = subject
        self._sleep = sleep

    async def run(self) -> None:
        """Until cancelled."""
        tried = before = await self._looks()
        while True:
            now = await self._looks()
            if self._bot.state == "running":
                # It takes over by itself what is saved now.
                tried = now
            elif self._bot.state == "stopped" and self._faults() and now == before != tried:
                tried = now
                await self._bot.start()
            before = now
            await self._sleep(LOOK_SECONDS)

    async def _looks(self) -> object:
        return await asyncio.to_thread(self._subject.looks)

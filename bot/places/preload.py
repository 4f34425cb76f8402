"""Loads what is looked up, once the bot is at work and beside it: nobody's first search then holds up everybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Never

from bot.beside import beside
from bot.guide.person import Change
from bot.references import report

_log = logging.getLogger(__name__)


class Preload:
    """Implements :class:`bot.telegram_io.ports.Initiative`. Loads one thing after the other, each in a thread of its own.

    Beside each other they would be no sooner there, and each thread would keep 2 MB for itself.
    """

    name = "preload"

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[tuple[str, Callable[[], object]]] = asyncio.Queue()

    def soon(self, name: str, load: Callable[[], object]) -> None:
        """Load this, too; ``name`` says what it is. From the thread of the bot alone."""
        self._waiting.put_nowait((name, load))

    async def run(self) -> Never:
        """Load whatever there is, until cancelled. What cannot be loaded now is tried again by the first who asks."""
        while True:
            name, load = await self._waiting.get()
            try:
                await beside(load, name)
            except Exception as error:
                report(_log, f"loading the {name}", error)

    async def finish(self, within: float) -> None:
        """Nothing is under way that must end."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """What people do is all the same to it."""

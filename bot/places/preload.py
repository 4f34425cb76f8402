"""Loads what is looked up, once the bot is at work and beside it: nobody's first search then holds up everybody."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Never

from bot.beside import beside
from bot.guide.person import Change
from bot.references import report

_log = logging.getLogger(__name__)


class Preload:
    """Implements :class:`bot.telegram_io.ports.Initiative`. Loads one thing after the other, in one thread.

    Beside each other they would be no sooner there, and each thread would keep 1 MB or 2 for itself.
    """

    name = "preload"

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Callable[[], object]]] = deque()
        self._more = asyncio.Event()

    def soon(self, name: str, load: Callable[[], object]) -> None:
        """Load this, too; ``name`` says what it is. From the thread of the bot alone."""
        self._waiting.append((name, load))
        self._more.set()

    async def run(self) -> Never:
        """Load whatever there is, until cancelled. What cannot be loaded now is tried again by the first who asks."""
        while True:
            await self._more.wait()
            self._more.clear()
            await beside(self._load, self.name)

    def _load(self) -> None:
        while self._waiting:
            name, load = self._waiting.popleft()
            try:
                load()
            except Exception as error:
                report(_log, f"loading the {name}", error)

    async def finish(self, within: float) -> None:
        """Nothing is under way that must end."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """What people do is all the same to it."""

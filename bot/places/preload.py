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
    """Implements :class:`bot.telegram_io.ports.Initiative`. ``load`` runs in a thread of its own; ``name`` says what."""

    def __init__(self, load: Callable[[], None], name: str = "places") -> None:
        self.name = name
        self._load = load

    async def run(self) -> Never:
        """Load, and then wait to be cancelled. What cannot be loaded now is tried again by the first who asks."""
        try:
            await beside(self._load, self.name)
        except Exception as error:
            report(_log, f"loading the {self.name}", error)
        while True:
            await asyncio.Event().wait()

    async def finish(self, within: float) -> None:
        """Nothing is under way that must end."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """What people do is all the same to it."""

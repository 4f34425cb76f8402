"""Loads what is looked up, once the bot is at work and beside it: nobody's first search then holds up everybody."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Never

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
            await _beside(self._load)
        except Exception as error:
            report(_log, f"loading the {self.name}", error)
        while True:
            await asyncio.Event().wait()

    async def finish(self, within: float) -> None:
        """Nothing is under way that must end."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """What people do is all the same to it."""


async def _beside(load: Callable[[], None]) -> None:
    """As :func:`asyncio.to_thread`, but the end of the process does not wait for it: a stop may come while it loads."""
    loop = asyncio.get_running_loop()
    loaded: asyncio.Future[None] = loop.create_future()

    def tell(error: Exception | None) -> None:
        if loaded.done():
            return
        if error is None:
            loaded.set_result(None)
        else:
            loaded.set_exception(error)

    def work() -> None:
        error: Exception | None = None
        try:
            load()
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # The loop is closed: nobody wants to know any more.
            loop.call_soon_threadsafe(tell, error)

    threading.Thread(target=work, name="preload", daemon=True).start()
    await loaded

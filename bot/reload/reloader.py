"""Notices that content has changed, and has it used if all of it is clean."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Never

from bot.beside import beside
from bot.content.library import Library
from bot.content.loader import Loaded
from bot.content.watching import NEVER_READ, Fingerprint, fingerprint
from bot.errors import ContentError, Fault
from bot.guide.person import Change
from bot.references import report
from bot.reload.gone import gone
from bot.reload.live import Live

LOOK_SECONDS = 0.4
"""How often we look whether a file has changed. What was just saved must stay as it is for one look more."""

MOST_TRIES = 5
"""So often content is read again that changed while it was read."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a look at the content.

    ``version`` is that of the content in use. ``changed``: it was put in use just now. With ``faults`` what was there
    before stays in use. ``asked_by`` had it looked at, and learns what came of it without being told. ``gone`` are ids
    that people may be at, and that what was put in use has no more: see :func:`bot.reload.gone.gone`.
    """

    version: str
    faults: tuple[Fault, ...] = ()
    changed: bool = False
    asked_by: int | None = None
    gone: tuple[str, ...] = ()


Tell = Callable[[Outcome], Awaitable[None]]
"""Is told what came of each look; it does not take long, and what goes wrong in it is its own matter."""


class Reloader:
    """Implements :class:`bot.telegram_io.ports.Initiative`: looks at the files all the time, and at once when asked.

    Files are read and checked in a thread. ``read`` is how they looked just before what is in use was read; without it
    they are read once more at the start. ``replaced`` is called after another library was put in use.
    """

    name = "content"

    def __init__(
        self,
        directory: Path,
        live: Live,
        load: Callable[[Path], Loaded],
        *,
        tell: Sequence[Tell] = (),
        replaced: Callable[[], None] = lambda: None,
        read: Fingerprint = NEVER_READ,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._directory = directory
        self._live = live
        self._load = load
        self._tell = list(tell)
        self._replaced = replaced
        self._sleep = sleep
        self._one_at_a_time = asyncio.Lock()
        self._read = read
        self._told: frozenset[Fault] = frozenset()

    async def run(self) -> Never:
        """Until cancelled."""
        before = self._read
        while True:
            now = await asyncio.to_thread(fingerprint, self._directory)
            if now != self._read and now == before:
                await self._look_safely()
            before = now
            await self._sleep(LOOK_SECONDS)

    def tells(self, tell: Tell) -> None:
        """Tell this one too, from now on."""
        self._tell.append(tell)

    async def finish(self, within: float) -> None:
        """Nothing is under way that must end."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """Nothing depends on it."""

    async def look(self, asked_by: int | None = None) -> Outcome:
        """Read all files now, and use them if they are clean."""
        async with self._one_at_a_time:
            loaded, settled = await self._loaded()
            if not settled and asked_by is None:
                # Somebody is still writing: what stands there is nothing to use, nor to complain of.
                return Outcome(self._live.library.version)
            outcome = replace(self._outcome(loaded), asked_by=asked_by)
        for tell in self._tell:
            await tell(outcome)
        return outcome

    async def _look_safely(self) -> None:
        try:
            await self.look()
        except Exception as error:
            # The bot goes on with the content that it has, and looks again at the next change.
            report(_log, "taking over changed content", error)

    async def _loaded(self) -> tuple[Loaded | tuple[Fault, ...], bool]:
        """What was read, and whether nothing changed while it was."""
        for _ in range(MOST_TRIES):
            self._read = await asyncio.to_thread(fingerprint, self._directory)
            try:
                loaded: Loaded | tuple[Fault, ...] = await beside(
                    partial(self._load, self._directory), "reload"
                )
            except ContentError as error:
                loaded = error.faults
            if await asyncio.to_thread(fingerprint, self._directory) == self._read:
                return loaded, True
        return loaded, False

    def _outcome(self, loaded: Loaded | tuple[Fault, ...]) -> Outcome:
        if isinstance(loaded, tuple):
            self._log_faults(loaded)
            return Outcome(self._live.library.version, loaded)
        self._told = frozenset()
        if loaded.library.version == self._live.library.version:
            return Outcome(loaded.library.version)
        return self._used(loaded.library)

    def _used(self, library: Library) -> Outcome:
        lost = gone(self._live.library, library)
        self._live.replace(library)
        self._replaced()
        _log.info("changed content is in use version=%s", library.version)
        if lost:
            _log.warning(
                "ids are gone that people may be at; where one was renamed, name the former id in renamed_from: %s",
                ", ".join(lost),
            )
        return Outcome(library.version, changed=True, gone=lost)

    def _log_faults(self, faults: tuple[Fault, ...]) -> None:
        if self._told == frozenset(faults):
            return
        self._told = frozenset(faults)
        _log.warning(
            "the changed content has faults; the bot goes on with what it had faults=%d", len(faults)
        )
        for fault in faults:
            _log.warning("%s", fault)

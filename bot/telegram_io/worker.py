"""Order: one update at a time for a person, many people at once, each update once."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Update

from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.references import report

AT_ONCE = 64
"""Turns under way at the same time."""

REMEMBERED = 10_000
"""Handled updates whose ids are remembered, since Telegram may deliver one again."""

PATIENCE_SECONDS = 0.25
"""How long :meth:`Worker.take` waits for what it took before it lets the next poll begin. One slow turn then
delays the others by no more than this."""

_log = logging.getLogger(__name__)


class Worker:
    """Handles updates in the order in which they came, by person.

    An update that Telegram may forget has been handled to its end: what a crash interrupts comes again, and
    is then handled again, which is harmless, since buttons carry their target state.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Callable[[Update], Awaitable[None]],
        *,
        at_once: int = AT_ONCE,
        patience: float = PATIENCE_SECONDS,
        remembered: int = REMEMBERED,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._slots = asyncio.Semaphore(at_once)
        self._patience = patience
        self._waiting: dict[int, deque[Update]] = {}
        self._lanes: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._handled: deque[int] = deque(maxlen=remembered)
        self._handled_ids: set[int] = set()
        self._next_offset = 0
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Fails with the error of a lane that died, which only a bug in this file can bring about."""

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        """Begin with these updates, in order; those in hand or already handled are ignored."""
        for raw in updates:
            update_id: int = raw["update_id"]
            self._next_offset = update_id + 1
            if update_id not in self._in_hand and update_id not in self._handled_ids:
                self._begin(update_id, raw)
        if self._lanes:
            await asyncio.wait(self._lanes, timeout=self._patience)

    async def bury(self, reason: str) -> None:
        """Nothing of it is kept: the log has the reason."""

    @property
    def offset(self) -> int:
        """The lowest update in hand, or else the one after the last."""
        return min(self._in_hand, default=self._next_offset)

    async def finish(self, within: float) -> None:
        """Handle to the end what is in hand, for at most ``within`` seconds; what is late by then is dropped."""
        if not self._lanes:
            return
        _, late = await asyncio.wait(self._lanes, timeout=within)
        if late:
            _log.warning(
                "%d turns did not end within %.0f s; they come again at the next start", len(late), within
            )
        for lane in late:
            lane.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, update_id: int, raw: RawUpdate) -> None:
        try:
            update = Update.de_json(dict(raw), self._bot)
            person = _person(update)
        except Exception as error:
            report(_log, "reading an update", error, update=update_id)
            self._done(update_id)
            return
        self._in_hand.add(update_id)
        waiting = self._waiting.get(person)
        if waiting is not None:
            waiting.append(update)
            return
        self._waiting[person] = deque([update])
        lane = asyncio.create_task(self._lane(person), name=f"lane-{person}")
        self._lanes.add(lane)
        lane.add_done_callback(self._ended)

    async def _lane(self, person: int) -> None:
        waiting = self._waiting[person]
        try:
            while waiting:
                update = waiting.popleft()
                async with self._slots:
                    await self._one(update)
                self._in_hand.discard(update.update_id)
                self._done(update.update_id)
        finally:
            del self._waiting[person]

    async def _one(self, update: Update) -> None:
        try:
            await self._handle(update)
        except Exception as error:
            report(_log, "an update", error, update=update.update_id)

    def _done(self, update_id: int) -> None:
        if len(self._handled) == self._handled.maxlen:
            self._handled_ids.discard(self._handled[0])
        self._handled.append(update_id)
        self._handled_ids.add(update_id)

    def _ended(self, lane: asyncio.Task[None]) -> None:
        self._lanes.discard(lane)
        if not lane.cancelled() and (error := lane.exception()) and not self.broken.done():
            self.broken.set_exception(error)


def _person(update: Update) -> int:
    """Whose turn it is; 0 for an update of nobody's."""
    user = update.effective_user
    if user is None:
        return 0
    if not isinstance(user.id, int):
        raise TypeError("a user's id is not a number")
    return user.id

"""How many messages to risk while it is not known what becomes of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from bot.guide.broadcast import Fate
from bot.trouble import Backoff

MANY = 5
"""So many unknown ones in a row are no chance: Telegram is in trouble."""

_log = logging.getLogger(__name__)


class Caution:
    """While Telegram answers nothing that can be understood, one message goes out now and then, to see whether that is over.

    Each may be lost for its person, for what may have arrived is not sent again. Without this an outage of some minutes
    would cost thousands of people theirs.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, backoff: Backoff | None = None
    ) -> None:
        self._monotonic = monotonic
        self._backoff = backoff or Backoff(1.0, 30.0)
        self._in_a_row = 0
        self._until = 0.0

    @property
    def needed(self) -> bool:
        """Whether the last many were all unknown."""
        return self._in_a_row >= MANY

    def landed(self, fate: Fate) -> None:
        """This became of one."""
        if fate != "unknown":
            if self.needed:
                _log.info("it is known again what becomes of a broadcast's messages")
            self._in_a_row = 0
            self._backoff.reset()
            return
        self._in_a_row += 1
        if self._in_a_row == MANY:
            _log.warning(
                "nobody knows what became of %d messages in a row: a broadcast waits for better times", MANY
            )
        if self.needed:
            self._until = self._monotonic() + self._backoff.next()

    def room(self, room: int, under_way: int) -> int:
        """How many of ``room`` may begin now, beside those ``under_way``."""
        if not self.needed:
            return room
        return 0 if under_way or self._monotonic() < self._until else min(room, 1)

"""How broadcasts are spoken of, in the words that are in use."""

from __future__ import annotations

from collections.abc import Callable

from bot.guide.broadcast import Broadcast, Tally
from bot.guide.ports_broadcast import Teller
from bot.guide.screen import Screen


class CurrentTeller:
    """Implements :class:`bot.guide.ports_broadcast.Teller` by the teller that ``teller`` gives."""

    def __init__(self, teller: Callable[[], Teller]) -> None:
        self._teller = teller

    def progress(self, broadcast: Broadcast, tally: Tally, *, queued: bool) -> Screen:
        return self._teller().progress(broadcast, tally, queued=queued)

    def report(self, broadcast: Broadcast, tally: Tally) -> Screen:
        return self._teller().report(broadcast, tally)

"""A desk where nobody is served: a bot without operators."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.guide.action import Event
from bot.guide.broadcast import Post
from bot.guide.screen import Turn
from bot.guide.taps import TapCodec


class ClosedDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`."""

    people: Collection[int] = frozenset()
    codec = TapCodec(())

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return ()

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        return None


CLOSED = ClosedDesk()

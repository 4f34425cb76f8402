"""Several desks as one: each is asked in turn, until one makes it its business."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Protocol

from bot.guide.action import Event
from bot.guide.broadcast import Post
from bot.guide.screen import Turn
from bot.guide.taps import TapCodec


class OneDesk(Protocol):
    """As :class:`bot.telegram_io.ports.Desk`."""

    @property
    def people(self) -> Collection[int]: ...
    @property
    def codec(self) -> TapCodec: ...
    def commands(self, language: str | None) -> Sequence[tuple[str, str]]: ...
    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None: ...


class Desks:
    """Implements :class:`bot.telegram_io.ports.Desk`. Two desks with a tap of the same tag are a ``ValueError``."""

    def __init__(self, *desks: OneDesk) -> None:
        self._desks = desks
        self.people: Collection[int] = frozenset[int]().union(*(desk.people for desk in desks))
        self.codec = reduce(or_, (desk.codec for desk in desks), TapCodec(()))

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return tuple(command for desk in self._desks for command in desk.commands(language))

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        for desk in self._desks:
            turn = await desk.turn(event, now, message=message, post=post)
            if turn is not None:
                return turn
        return None

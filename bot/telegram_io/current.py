"""The guide and the desk of the content that is in use: whoever holds these asks anew for each turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.guide.action import Event
from bot.guide.broadcast import Post
from bot.guide.cards import Inquiry, Offer
from bot.guide.person import Person
from bot.guide.ports import Daily, Due
from bot.guide.screen import Turn
from bot.guide.taps import TapCodec
from bot.telegram_io.ports import Desk, Menu, Turns


class Guiding(Turns, Daily, Protocol):
    """Decides turns, and what is due. The guide is one."""


class CurrentGuide:
    """Implements :class:`Guiding` by the guide that ``guide`` gives: one for the whole of a turn, which nothing interrupts."""

    def __init__(self, guide: Callable[[], Guiding]) -> None:
        self._guide = guide

    @property
    def codec(self) -> TapCodec:
        """The same for all content."""
        return self._guide().codec

    @property
    def languages(self) -> Sequence[str]:
        return self._guide().languages

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        return self._guide().turn(person, event, now)

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        return self._guide().apology(person, event, reference)

    def menu(self, language: str | None) -> Menu:
        return self._guide().menu(language)

    def offer(self, inquiry: Inquiry) -> Offer:
        return self._guide().offer(inquiry)

    def daily(self, person: Person, now: datetime) -> Due:
        return self._guide().daily(person, now)


class CurrentDesk:
    """Implements :class:`bot.telegram_io.ports.Desk` by the desk that ``desk`` gives: one for the whole of a turn."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk

    @property
    def people(self) -> Collection[int]:
        return self._desk().people

    @property
    def codec(self) -> TapCodec:
        return self._desk().codec

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return self._desk().commands(language)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        return await self._desk().turn(event, now, message=message, post=post)

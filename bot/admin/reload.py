"""The operators' command ``/reload``: look at the content now, and say what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime

from bot.content.library import Library
from bot.content.markup import Rich
from bot.guide.action import Command, Event
from bot.guide.broadcast import Post
from bot.guide.reload_words import ReloadWords
from bot.guide.screen import Screen, Turn
from bot.guide.taps import TapCodec

COMMAND = "reload"

Said = Callable[[ReloadWords], Rich]
Look = Callable[[int], Awaitable[Said]]
"""Looks at the content because this person asks for it; gives what came of it, to be put into words."""


class ReloadDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`."""

    def __init__(self, people: Collection[int], library: Callable[[], Library], look: Look) -> None:
        self.people = frozenset(people)
        self.codec = TapCodec(())
        self._library = library
        self._look = look

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return ((COMMAND, self._words(language).command),)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        if event.person_id not in self.people or not isinstance(event.action, Command):
            return None
        if event.action.name != COMMAND:
            return None
        said = await self._look(event.person_id)
        # After the look: the answer is in the words that are in use now.
        return Turn(Screen(said(self._words(event.language))), area=COMMAND)

    def _words(self, language: str | None) -> ReloadWords:
        return self._library().pack(language).words(ReloadWords)

"""The operators' command ``/reload``: look at the content now, and say what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime

from bot.content.library import Library
from bot.content.markup import Rich
from bot.errors import Fault
from bot.guide.action import Command, Event
from bot.guide.broadcast import Post
from bot.guide.reload_words import ReloadWords
from bot.guide.screen import Screen, Turn
from bot.guide.taps import TapCodec

COMMAND = "reload"

Look = Callable[[int], Awaitable[tuple[bool, Sequence[Fault]]]]
"""Looks at the content because this person asks for it; tells whether other content is in use now, and the faults that
keep it from being so."""


class ReloadDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`. ``say`` puts faults into words, as operators are told of them."""

    def __init__(
        self,
        people: Collection[int],
        library: Callable[[], Library],
        look: Look,
        say: Callable[[ReloadWords, Sequence[Fault]], Rich],
    ) -> None:
        self.people = frozenset(people)
        self.codec = TapCodec(())
        self._library = library
        self._look = look
        self._say = say

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return ((COMMAND, self._words(language).command),)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        if event.person_id not in self.people or not isinstance(event.action, Command):
            return None
        if event.action.name != COMMAND:
            return None
        changed, faults = await self._look(event.person_id)
        # After the look: the answer is in the words that are in use now.
        words = self._words(event.language)
        if faults:
            return Turn(Screen(self._say(words, faults)), area=COMMAND)
        return Turn(Screen(words.changed if changed else words.unchanged), area=COMMAND)

    def _words(self, language: str | None) -> ReloadWords:
        return self._library().pack(language).words(ReloadWords)

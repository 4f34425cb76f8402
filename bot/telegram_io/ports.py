"""What this package needs of the rest of the program, as protocols."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Never, Protocol

from bot.guide.action import Event
from bot.guide.broadcast import Post
from bot.guide.cards import Inquiry, Offer
from bot.guide.chart import Chart
from bot.guide.person import Change, Person
from bot.guide.screen import Turn
from bot.guide.taps import TapCodec

Clock = Callable[[], datetime]
"""The time: aware, UTC."""

Sleep = Callable[[float], Awaitable[object]]
"""Waits that many seconds."""

Draw = Callable[[Chart], Awaitable[bytes]]
"""Draws a chart, as a PNG."""

Monotonic = Callable[[], float]
"""Seconds that never run backwards; only differences mean something."""

RawUpdate = Mapping[str, Any]
"""An update as Telegram sent it: JSON with an integer ``update_id``, otherwise unchecked."""


class Menu(Protocol):
    """The bot's profile in one language, as Telegram shows it before and beside the chat."""

    @property
    def commands(self) -> Sequence[tuple[str, str]]:
        """Name and description of each command, in the order of the menu."""

    @property
    def about(self) -> str:
        """What an empty chat shows, at most 512 characters."""

    @property
    def short_about(self) -> str:
        """What the profile page shows, at most 120 characters."""


class Turns(Protocol):
    """Decides what follows from an event. The guide is one."""

    @property
    def codec(self) -> TapCodec:
        """Turns the data of buttons back into taps."""

    @property
    def languages(self) -> Sequence[str]:
        """All languages, the base language first."""

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        """The turn that follows; nothing is changed or sent by it."""

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        """What to show when a turn failed, with the code under which the failure was logged."""

    def offer(self, inquiry: Inquiry) -> Offer:
        """Cards for what somebody types in any chat; nothing is changed or kept by it."""

    def menu(self, language: str | None) -> Menu:
        """The profile in this language; ``None`` stands for the base language."""


class Desk(Protocol):
    """Serves some people, the operators, with what nobody else has; it is asked before the guide."""

    @property
    def people(self) -> Collection[int]:
        """The operators. Nobody else's buttons are read by its codec, and nobody else's words are handed to it."""

    @property
    def codec(self) -> TapCodec:
        """Turns the data of its own buttons back into taps."""

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        """Name and description of each command that only operators have, for their menu."""

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        """What follows, if that is its business, and else ``None``: the guide's turn.

        ``message`` is the one that was tapped, if it can still be edited, ``post`` what the person wrote. What it does it
        does at once. So after a crash it is asked the same again, and then does nothing twice.
        """


class Notes(Protocol):
    """Keeps short notes about the bot as a whole."""

    async def note(self, name: str) -> str | None:
        """What was noted under this name."""

    async def take_note(self, name: str, value: str) -> None:
        """Note it, in place of what was noted before."""


class Taker(Protocol):
    """Takes updates over from the intake."""

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        """Keep these updates; on return they survive a kill. Those known already are ignored.

        Raises :class:`bot.errors.StoreError` if they could not be kept: Telegram must then keep them.
        """

    async def bury(self, reason: str) -> None:
        """Note something that came from Telegram and is no update at all."""


class Runs(Protocol):
    """An intake: gives one bot's updates to a :class:`Taker`."""

    async def run(self) -> Never:
        """Until cancelled. Raises :class:`bot.errors.FirstlabelError` if that cannot be done."""


class Initiative(Protocol):
    """Something that the bot does by itself, beside answering: its outreach is one."""

    @property
    def name(self) -> str:
        """For the log."""

    async def run(self) -> Never:
        """Until cancelled. Raises :class:`bot.errors.FirstlabelError` if the bot cannot go on."""

    async def finish(self, within: float) -> None:
        """After :meth:`run`: let what is under way end, for at most ``within`` seconds."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """A turn has stored these changes of a person."""

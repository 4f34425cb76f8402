"""Shows a screen again that somebody has before them, in the words of today's content. For the playground only.

A screen follows from a person, what they did and when. All three are remembered for the last screen of each person, so the
same screen can be had from another guide, and nothing about the person changes by it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.guide.action import Event, Press
from bot.guide.person import Person
from bot.guide.ports import Due
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Tap, TapCodec, encode
from bot.telegram_io.current import Guiding
from bot.telegram_io.ports import Menu

MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Again(Tap):
    """Show it again. ``keyboard`` tells which screen it is: see :func:`keyboard_mark`."""

    tag: ClassVar[str] = "again"
    keyboard: str


@dataclass(frozen=True, slots=True)
class _Shown:
    keyboard: str
    draw: Callable[[], Screen | None]


def keyboard_mark(data: Sequence[str]) -> str:
    """A short mark of a message's buttons, given the data of each, in order."""
    return hashlib.sha256("\n".join(data).encode()).hexdigest()[:16]


class Rememberer:
    """Implements :class:`~bot.telegram_io.current.Guiding`: another guide, that can also show a screen again."""

    def __init__(self, guide: Guiding) -> None:
        self._guide = guide
        self._shown: OrderedDict[int, _Shown] = OrderedDict()
        self.codec: TapCodec = guide.codec | TapCodec((Again,))

    @property
    def languages(self) -> Sequence[str]:
        return self._guide.languages

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        match event.action:
            case Press(Again(keyboard)):
                return Turn(self._again(person.id, keyboard), area="again")
        turn = self._guide.turn(person, event, now)
        self._remember(person.id, turn.screen, lambda: self._guide.turn(person, event, now).screen)
        return turn

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        return self._guide.apology(person, event, reference)

    def menu(self, language: str | None) -> Menu:
        return self._guide.menu(language)

    def daily(self, person: Person, now: datetime) -> Due:
        due = self._guide.daily(person, now)
        self._remember(person.id, due.screen, lambda: self._guide.daily(person, now).screen)
        return due

    def _remember(self, person_id: int, screen: Screen | None, draw: Callable[[], Screen | None]) -> None:
        if screen is None:
            return
        self._shown[person_id] = _Shown(_mark(screen), draw)
        self._shown.move_to_end(person_id)
        while len(self._shown) > MOST_PEOPLE:
            self._shown.popitem(last=False)

    def _again(self, person_id: int, keyboard: str) -> Screen | None:
        """Nothing, if it is not this screen that the person has before them."""
        shown = self._shown.get(person_id)
        if shown is None or shown.keyboard != keyboard:
            return None
        screen = shown.draw()
        if screen is not None:
            self._shown[person_id] = _Shown(_mark(screen), shown.draw)
        return screen


def _mark(screen: Screen) -> str:
    buttons = (button for row in screen.rows for button in row)
    return keyboard_mark([encode(button.tap) for button in buttons if isinstance(button, TapButton)])

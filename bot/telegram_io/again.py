"""Shows a screen again that somebody has before them, in the words of today's content. For the playground only.

A screen follows from a person, what they did and when. All three are remembered for the last screen of each person, so the
same screen can be had from another guide, and nothing about the person changes by it. What was shown before this process began
is looked for: it is the screen with those buttons that one comes to by pressing buttons.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import ClassVar

from bot.guide.action import Action, Command, Event, Press
from bot.guide.cards import Inquiry, Offer
from bot.guide.person import Person
from bot.guide.ports import Due
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Tap, TapCodec, encode
from bot.telegram_io.current import Guiding
from bot.telegram_io.ports import Menu

MOST_PEOPLE = 500
MOST_LOOKED_AT = 600
"""So many screens are looked at for one that nobody remembers: some 0.2 s."""


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
                return Turn(self._again(person, event, now, keyboard), area="again")
        turn = self._guide.turn(person, event, now)
        self._remember(person.id, turn.screen, partial(self._drawn, person, event, now))
        return turn

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        return self._guide.apology(person, event, reference)

    def menu(self, language: str | None) -> Menu:
        return self._guide.menu(language)

    def offer(self, inquiry: Inquiry) -> Offer:
        return self._guide.offer(inquiry)

    def daily(self, person: Person, now: datetime) -> Due:
        due = self._guide.daily(person, now)
        self._remember(person.id, due.screen, lambda: self._guide.daily(person, now).screen)
        return due

    def _drawn(self, person: Person, event: Event, now: datetime) -> Screen | None:
        return self._guide.turn(person, event, now).screen

    def _remember(self, person_id: int, screen: Screen | None, draw: Callable[[], Screen | None]) -> None:
        if screen is None:
            return
        self._shown[person_id] = _Shown(_mark(screen), draw)
        self._shown.move_to_end(person_id)
        while len(self._shown) > MOST_PEOPLE:
            self._shown.popitem(last=False)

    def _again(self, person: Person, event: Event, now: datetime, keyboard: str) -> Screen | None:
        """Nothing, if it is not this screen that the person has before them."""
        shown = self._shown.get(person.id)
        if shown is None:
            return self._found(person, event, now, keyboard)
        if shown.keyboard != keyboard:
            return None
        screen = shown.draw()
        self._remember(person.id, screen, shown.draw)
        return screen

    def _found(self, person: Person, event: Event, now: datetime, keyboard: str) -> Screen | None:
        """The nearest screen with these buttons, from all commands on; none without buttons."""
        known = {""}
        ways = deque[Action](Command(name, "") for name, _ in self._guide.menu(None).commands)
        while ways and len(known) <= MOST_LOOKED_AT:
            done = replace(event, action=ways.popleft())
            screen = self._guide.turn(person, done, now).screen
            if screen is None:
                continue
            if _mark(screen) == keyboard:
                self._remember(person.id, screen, partial(self._drawn, person, done, now))
                return screen
            for tap in _taps(screen):
                if (data := encode(tap)) not in known:
                    known.add(data)
                    ways.append(Press(tap))
        return None


def _mark(screen: Screen) -> str:
    return keyboard_mark([encode(tap) for tap in _taps(screen)])


def _taps(screen: Screen) -> list[Tap]:
    return [button.tap for row in screen.rows for button in row if isinstance(button, TapButton)]

"""Walks through the guide as somebody would who presses every button there is: breadth first, each button once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.gallery.personas import Persona
from bot.guide.action import Action, Command, Event, GroupMessage, Press, Say, Send
from bot.guide.commands import COMMANDS
from bot.guide.guide import Guide
from bot.guide.languages import choosing
from bot.guide.person import Person, applied
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Go, Open, Tap, encode

MOST_VISITS = 6_000
"""Of one persona. Whoever comes so far has content of thousands of entries, and has seen every kind of screen."""

GIBBERISH = "xqzzt vrrbl"
"""Nobody's word in any language."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One thing done, and what came of it.

    ``node`` is what kind of screen was come to, ``before`` from which; the first ones come from nowhere. ``did`` says what was
    done: the label of a button, or what was typed. In ``turns`` is what follows, in each language.
    """

    persona: str
    did: str
    action: Action
    node: str
    before: str
    area: str
    turns: tuple[Turn, ...]
    fault: str = ""

    @property
    def by_button(self) -> bool:
        """Not by something typed or sent."""
        return self.before != ""

    @property
    def ways(self) -> dict[str, str]:
        """Where its buttons lead, and the label of the first that leads there."""
        found: dict[str, str] = {}
        for screen in self.screens[:1]:
            for button in (button for row in screen.rows for button in row) if screen else ():
                if isinstance(button, TapButton):
                    found.setdefault(node_of(button.tap), button.label)
        return found

    @property
    def screens(self) -> tuple[Screen | None, ...]:
        return tuple(turn.screen for turn in self.turns)


def crawl(guide: Guide, persona: Persona, now: datetime, languages: Sequence[str]) -> Iterator[Visit]:
    """All visits of one persona; the first language is the one in which they look for buttons."""
    walker = _Walker(guide, persona, now, tuple(languages))
    yield from walker.walk()


def is_complete(visits: Sequence[Visit]) -> bool:
    """Whether every button was pressed that this one came across."""
    return len(visits) < MOST_VISITS


@dataclass(frozen=True, slots=True)
class _Way:
    did: str
    action: Action
    node: str
    before: str
    person: Person


class _Walker:
    def __init__(self, guide: Guide, persona: Persona, now: datetime, languages: tuple[str, ...]) -> None:
        self.guide, self.persona, self.now, self.languages = guide, persona, now, languages
        self.known: set[str] = set()
        self.ways = deque(self._beginnings())

    def walk(self) -> Iterator[Visit]:
        count = 0
        while self.ways and count < MOST_VISITS:
            count += 1
            yield self._gone(self.ways.popleft())

    def _beginnings(self) -> Iterator[_Way]:
        there = {name for name, _ in self.guide.menu(None).commands}
        actions: list[tuple[str, Action]] = [
            (f"/{command.name}", Command(command.name, "")) for command in COMMANDS if command.name in there
        ]
        actions += [
            ("(a word that nobody knows)", Say(GIBBERISH)),
            ("(a sticker)", Send()),
            ("(an unknown command)", Command("nosuchcommand", "")),
            ("(a word in a group)", GroupMessage()),
            ("(an old button)", Press(None)),
        ]
        for did, action in actions:
            yield _Way(did, action, did, "", self.persona.person)

    def _gone(self, way: _Way) -> Visit:
        turns: list[Turn] = []
        fault = ""
        for language in self.languages:
            event = Event(way.person.id, way.action, self.persona.name, language)
            try:
                turns.append(self.guide.turn(way.person, event, self.now))
            except Exception as error:  # whatever it is: the page shows that this button fails
                turns.append(Turn())
                fault = f"fails: {type(error).__name__}"
        area = turns[0].area or "none"
        # Each screen is shown in each language: whoever chose one goes on as if they had not.
        after = applied(way.person, (*turns[0].changes, *choosing("")), self.now)
        for screen in [turn.screen for turn in turns[:1] if turn.screen]:
            self._look_at(screen, way.node, after)
        return Visit(self.persona.title, way.did, way.action, way.node, way.before, area, tuple(turns), fault)

    def _look_at(self, screen: Screen, node: str, person: Person) -> None:
        for button in (button for row in screen.rows for button in row):
            if not isinstance(button, TapButton):
                continue
            data = encode(button.tap)
            if data not in self.known:
                self.known.add(data)
                # As it comes back from Telegram: what cannot be read there must show here.
                tap = self.guide.codec.decode(data)
                self.ways.append(_Way(button.label, Press(tap), node_of(button.tap), node, person))


BY_BUTTON = ("go ", "open ", "tap ")
"""How the names of those kinds of screens begin that buttons lead to."""


def node_of(tap: Tap) -> str:
    """Which kind of screen a button leads to: that of an area, of an entry of a collection, or what the tap is called."""
    match tap:
        case Go(area):
            return f"go {area}"
        case Open(collection):
            return f"open {collection}"
        case _:
            return f"tap {type(tap).__name__}"

"""A chat without Telegram: tests that read as conversations, on the real guide.

``Chats`` holds one bot and a clock that stands where a test puts it; ``meet`` brings people into it. A person
``says``, ``taps``, ``sees``. Taps go through a button's data, as they do on the wire; every screen shown is held
against Telegram's limits. A failure prints the screen as the person saw it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.content.library import Library, Pack, Words
from bot.content.markup import Node, Rich, Styled
from bot.guide.action import Action, Block, Command, Event, GroupMessage, Press, Say, Send, Share
from bot.guide.areas.encouragement import MILESTONE
from bot.guide.cards import Inquiry, Offer
from bot.guide.guide import Guide
from bot.guide.person import Change, Person, applied
from bot.guide.ports import Due
from bot.guide.screen import Button, Document, Screen, TapButton, Turn, UrlButton
from bot.guide.streak import STREAK
from bot.guide.taps import MAX_BYTES, encode
from bot.places import Atlas

W = TypeVar("W", bound=Words)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST_TEXT, MOST_BUTTONS, LONGEST_LABEL, LONGEST_NOTICE = 4096, 100, 64, 200


class Chats:
    """One bot and the people who talk to it."""

    def __init__(self, library: Library, now: datetime = NOON) -> None:
        self.now = now
        self.people: list[Chatter] = []
        self.guide = Guide(library, "the_bot", places=Atlas())

    @property
    def pack(self) -> Pack:
        """The base language."""
        return self.guide.library.pack(None)

    def words(self, section: type[W]) -> W:
        return self.pack.words(section)

    def meet(self, name: str = "Ana", *, language: str | None = "en") -> Chatter:
        """Somebody who was never here."""
        person = Chatter(self, Person(1001 + len(self.people)), name, language)
        self.people.append(person)
        return person

    def later(self, **span: float) -> None:
        """Let time pass: ``later(days=2)``."""
        self.now += timedelta(**span)

    def restart_with(self, library: Library) -> None:
        """The bot comes back with other content; people and their old screens are as they were."""
        self.guide = Guide(library, "the_bot", places=Atlas())


@dataclass
class Chatter:
    """A person in a chat with the bot."""

    chats: Chats
    person: Person
    name: str
    language: str | None
    seen: list[Screen] = field(default_factory=list)
    """The messages of the chat as they look now."""
    turn: Turn = field(default_factory=Turn)
    """What the last thing they did led to."""

    def says(self, text: str) -> Turn:
        """Type a text or a command."""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self._do(Command(name.partition("@")[0].lower(), argument))
        return self._do(Say(text))

    def taps(self, label: str) -> Turn:
        """Tap the button of the last message whose label is, or holds, ``label``."""
        return self.presses(encode(self._tappable(self.screen, label).tap))

    def taps_old(self, screen: Screen, label: str) -> Turn:
        """Tap a button as it stood on a screen seen earlier."""
        return self.presses(encode(self._tappable(screen, label).tap))

    def presses(self, data: str) -> Turn:
        """Send a button's data, real or forged."""
        return self._do(Press(self.chats.guide.codec.decode(data)))

    def shares_a_place(self, latitude: float, longitude: float) -> Turn:
        return self._do(Share(latitude, longitude))

    def waits_for_the_tip(self) -> Due:
        """Let time pass to the hour of the next tip, and take what comes then."""
        assert self.person.next_tip_at is not None, self._complaint("has no tip to wait for")
        self.chats.now = max(self.chats.now, self.person.next_tip_at)
        return self.is_due()

    def is_due(self) -> Due:
        """What comes of a tip that is due, now."""
        due = self.chats.guide.daily(self.person, self.chats.now)
        self.person = applied(self.person, due.changes, self.chats.now)
        if due.screen:
            assert not (problems := unfit(due.screen, self.chats.guide)), problems
            self.seen.append(due.screen)
        return due

    def sends_a_sticker(self) -> Turn:
        return self._do(Send())

    def speaks_in_a_group(self, text: str = "") -> Turn:
        """Say something to the bot, perhaps a command, where others read along."""
        name, _, argument = text.removeprefix("/").partition(" ")
        return self._do(GroupMessage(name, argument) if text.startswith("/") else GroupMessage())

    def types_elsewhere(self, text: str) -> Offer:
        """Type the bot's name and then ``text`` in any chat; what there is to choose from."""
        offer = self.chats.guide.offer(Inquiry(text, self.language))
        for card in offer.cards:
            assert not (problems := unfit(card.screen, self.chats.guide)), problems
            assert all(isinstance(button, UrlButton) for button in buttons_of(card.screen))
        return offer

    def blocks(self) -> Turn:
        return self._do(Block(blocked=True))

    def unblocks(self) -> Turn:
        return self._do(Block(blocked=False))

    @property
    def screen(self) -> Screen:
        """The last message."""
        assert self.seen, f"{self.name} has not seen anything yet"
        return self.seen[-1]

    @property
    def text(self) -> str:
        return self.screen.text.plain

    @property
    def notice(self) -> str | None:
        return self.turn.notice

    @property
    def file(self) -> Document:
        assert self.turn.document is not None, self._complaint("got no file")
        return self.turn.document

    @property
    def labels(self) -> list[str]:
        """The buttons of the last message, row by row."""
        return [button.label for button in buttons_of(self.screen)]

    def sees(self, *parts: str | Rich) -> None:
        """All of these stand in the last message."""
        for part in parts:
            assert plain(part) in self.text, self._complaint(f"does not see {plain(part)!r}")

    def sees_not(self, *parts: str | Rich) -> None:
        for part in parts:
            assert plain(part) not in self.text, self._complaint(f"sees {plain(part)!r}")

    def sees_button(self, label: str) -> Button:
        """The button of the last message whose label is, or holds, ``label``."""
        found = find_button(self.screen, label)
        assert found is not None, self._complaint(f"finds no button {label!r}")
        return found

    def sees_no_button(self, label: str) -> None:
        assert find_button(self.screen, label) is None, self._complaint(f"finds a button {label!r}")

    def is_told(self, notice: str) -> None:
        """The short line over the chat says exactly this."""
        assert self.notice == notice, self._complaint(f"is told {self.notice!r}, not {notice!r}")

    @property
    def deeds(self) -> list[tuple[str, str]]:
        """Kind and item of all that is remembered of what they did, but for how the days and milestones are counted."""
        counted = (STREAK, MILESTONE)
        return [(kind, item) for kind, item, _ in self.person.marks if kind not in counted]

    def value(self, kind: str, item: str) -> str | None:
        """What is remembered about them."""
        return self.person.marks.value(kind, item)

    def remembers(self, *changes: Change) -> None:
        """Put them where these changes lead, as if they had tapped their way there."""
        self.person = applied(self.person, changes, self.chats.now)

    def _do(self, action: Action) -> Turn:
        event = Event(self.person.id, action, self.name, self.language)
        self.turn = self.chats.guide.turn(self.person, event, self.chats.now)
        self.person = applied(self.person, self.turn.changes, self.chats.now)
        if screen := self.turn.screen:
            problems = unfit(screen, self.chats.guide)
            assert not problems, f"{problems}\n{picture(screen)}"
            if isinstance(action, Press) and self.seen and not self.turn.fresh:
                self.seen.pop()
            self.seen.append(screen)
        assert len(self.notice or "") <= LONGEST_NOTICE, self.notice
        return self.turn

    def _tappable(self, screen: Screen, label: str) -> TapButton:
        found = find_button(screen, label)
        assert isinstance(found, TapButton), f"{self.name} cannot tap {label!r} on:\n{picture(screen)}"
        return found

    def _complaint(self, what: str) -> str:
        return f"{self.name} {what} on:\n{picture(self.screen)}" if self.seen else f"{self.name} {what}"


def plain(text: str | Rich) -> str:
    return text if isinstance(text, str) else text.plain


def buttons_of(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def find_button(screen: Screen, label: str) -> Button | None:
    """The button with this label, else the first whose label holds it."""
    buttons = buttons_of(screen)
    exact = (button for button in buttons if button.label == label)
    holding = (button for button in buttons if label in button.label)
    return next(exact, None) or next(holding, None)


def units(text: str) -> int:
    """Characters as Telegram counts them (https://core.telegram.org/api/entities#entity-length)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def before_the_fold(nodes: Iterable[Node]) -> str:
    """What a person sees without opening the expandable parts."""
    seen: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            seen.append(node)
        elif not (isinstance(node, Styled) and node.style == "more"):
            seen.append(before_the_fold(getattr(node, "children", ())))
    return "".join(seen)


def unfit(screen: Screen, guide: Guide) -> list[str]:
    """What Telegram, or a person, could not take of a screen."""
    problems: list[str] = []
    buttons = buttons_of(screen)
    if not 0 < units(screen.text.plain.strip()) <= LONGEST_TEXT:
        problems.append(f"a text of {units(screen.text.plain)} characters")
    if len(buttons) > MOST_BUTTONS:
        problems.append(f"{len(buttons)} buttons")
    problems.extend("an empty row" for row in screen.rows if not row)
    for button in buttons:
        if not 0 < units(button.label.strip()) <= LONGEST_LABEL:
            problems.append(f"the label {button.label!r}")
        if isinstance(button, UrlButton):
            if not button.url.startswith("https://"):
                problems.append(f"the link {button.url!r}")
        elif not 0 < len(encode(button.tap).encode()) <= MAX_BYTES:
            problems.append(f"the data of {button.label!r}")
        elif guide.codec.decode(encode(button.tap)) != button.tap:
            problems.append(f"the tap of {button.label!r} does not come back")
    return problems


def picture(screen: Screen) -> str:
    """A screen as a person sees it."""
    rows = ("  ".join(f"[{button.label}]" for button in row) for row in screen.rows)
    return "\n".join(("", screen.text.plain, *(f"    {row}" for row in rows)))

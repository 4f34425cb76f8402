"""What an area of the chat is made of, and the scene it plays in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.content.fields import Label
from bot.content.library import AreaSpec, Library, Pack, Words
from bot.guide.answers import Answers, Said
from bot.guide.cards import Offer
from bot.guide.person import Change, Person, applied
from bot.guide.places import Nowhere, Places
from bot.guide.screen import Row, Turn
from bot.guide.taps import Tap

W = TypeVar("W", bound=Words)
T = TypeVar("T", bound=Tap)


Opener = Callable[["Scene", str, str], "Turn | None"]
"""Opens an entry by id (and the step that led there, or empty); ``None`` if there is no such entry."""


class TitledWords(Words):
    """The words of an area that has a button in the menu: its title is that button and its heading."""

    title: Label


@dataclass(frozen=True, slots=True)
class Scene:
    """One person at one moment: all that an area may look at.

    ``name`` is what the person calls themselves, for showing back only. ``now`` is aware, UTC.
    """

    person: Person
    library: Library
    pack: Pack
    now: datetime
    name: str = ""
    openable: frozenset[str] = frozenset()
    """The collections whose entries some area that is on can open."""
    menu: tuple[tuple[str, str], ...] = ()
    """Name and title of each area that has a first screen, in the author's order."""
    commands: tuple[tuple[str, str], ...] = ()
    """Each command that there is and what it does."""
    links: Mapping[str, Opener] = field(default_factory=dict)
    """What the words of deep links open."""
    places: Places = field(default_factory=Nowhere)
    """Looks up where it is what time."""
    answers: Answers = field(default_factory=Answers)
    """Finds what a question in somebody's own words means."""
    said: Said = field(default_factory=Said)
    """What the person's text says in so many words."""
    username: str = ""
    """The bot's own, without ``@``."""
    in_own_language: Callable[[Scene], Scene] = lambda scene: scene
    """The same scene in the language that its person chose meanwhile."""

    def words(self, section: type[W]) -> W:
        """An area's own words in the person's language."""
        return self.pack.words(section)

    def on(self, area: str) -> bool:
        """Whether this area of the chat is switched on."""
        return area in self.library.bot.areas

    def deep_link(self, payload: str) -> str:
        """The address that opens the private chat with ``/start payload``; at most 64 letters, digits, ``_`` and ``-``."""
        return f"https://t.me/{self.username}?start={payload}"

    def after(self, *changes: Change) -> Scene:
        """The same moment with these changes made: draw the screen that follows from it."""
        return replace(self, person=applied(self.person, changes, self.now))


@dataclass(frozen=True, slots=True)
class TapHandler:
    """Which function answers which type of tap; made by :func:`on`."""

    type: type[Tap]
    answer: Callable[[Scene, Any], Turn | None]


def on(type_: type[T], answer: Callable[[Scene, T], Turn | None]) -> TapHandler:
    """``answer`` is called with every tap of ``type_``; ``None`` means: what it speaks of is no more."""
    return TapHandler(type_, answer)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the chat: its words and content, its buttons, and how the rest of the chat gets there."""

    spec: AreaSpec
    home: Callable[[Scene], Turn] | None = None
    """Its first screen; with one, it has a button in the menu."""
    taps: tuple[TapHandler, ...] = ()
    opens: Mapping[str, Opener] = field(default_factory=dict)
    """Collections whose entries other areas may link to."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Words of deep links (``faq`` in ``/start faq_<id>``) and the collections they open."""
    hears: Callable[[Scene, str], Turn | None] | None = None
    """Takes free text, or leaves it to the next area with ``None``."""
    shares: Callable[[Scene, float, float], Turn | None] | None = None
    """Takes a place on the map (latitude and longitude in degrees), or leaves it with ``None``."""
    receives: Callable[[Scene], Turn | None] | None = None
    """Takes what is neither a text nor a place, such as a photo, or leaves it with ``None``."""
    open_question: Callable[[Scene], tuple[Row, ...]] | None = None
    """Buttons back to its question that waits for an answer, for screens that leave it open; none if none waits."""
    useful: Callable[[Library], bool] = lambda _: True
    """Whether there is anything to do in it with this content; if not, it is as if it were off."""
    offers: Callable[[Scene, str], Offer] | None = None
    """Offers cards in any chat for what is typed so far, perhaps nothing; of several areas the first is asked."""

    @property
    def name(self) -> str:
        return self.spec.name

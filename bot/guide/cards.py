"""What the bot offers in any chat while somebody types after its name (inline mode)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide.screen import Screen


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody typed so far, at most 256 characters, and the BCP 47 tag that their app is set to.

    Who they are does not matter: nothing is looked up or remembered about them.
    """

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to choose: ``id`` is unique among those offered, ``screen`` what is sent once it is chosen.

    The screen's buttons are links alone: in a chat of others nothing is a person's own.
    """

    id: str
    title: str
    description: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Offer:
    """The cards, best first, and a line that leads into the private chat by the payload of a deep link.

    ``personal``: somebody else who types the same may be offered something else, since their language is another.
    """

    cards: tuple[Card, ...] = ()
    label: str = ""
    payload: str = ""
    personal: bool = False

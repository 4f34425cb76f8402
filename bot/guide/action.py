"""What a person did, free of Telegram: every update becomes one :class:`Event`, or none, at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.guide.taps import Tap


@dataclass(frozen=True, slots=True)
class Command:
    """``/name argument``. ``name`` is lower case without the slash, known or not."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Free text, at most 4,096 characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A tap on a button; ``tap`` is ``None`` if the button is forged or of a former version."""

    tap: Tap | None


@dataclass(frozen=True, slots=True)
class Send:
    """Something that is not text: a sticker, a photo, a voice message."""

    kind: Literal["media"] = "media"


@dataclass(frozen=True, slots=True)
class Share:
    """A place on the map, in degrees. It is looked at once and not kept."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class GroupMessage:
    """Somebody spoke to the bot in a group, where nobody's progress is shown.

    ``command`` is as in :class:`Command`, or empty if it was none; ``argument`` what followed it.
    """

    command: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The person blocked the bot (``blocked``) or unblocked it."""

    blocked: bool


Action = Command | Say | Press | Send | Share | GroupMessage | Block


@dataclass(frozen=True, slots=True)
class Event:
    """An action and who did it.

    ``name`` is what they call themselves on Telegram: shown back to them, never stored. ``language`` is
    the BCP 47 tag their app is set to.
    """

    person_id: int
    action: Action
    name: str = ""
    language: str | None = None

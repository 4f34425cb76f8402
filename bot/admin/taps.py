"""The buttons that only operators have. Each names the draft or broadcast it is about, so that an old one does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.guide.taps import Tap


@dataclass(frozen=True, slots=True)
class WriteAnew(Tap):
    """Write this draft's message again."""

    tag: ClassVar[str] = "bw"
    draft: int


@dataclass(frozen=True, slots=True)
class ShowDraft(Tap):
    """Who gets this draft, and what can be done with it."""

    tag: ClassVar[str] = "bd"
    draft: int


@dataclass(frozen=True, slots=True)
class Choose(Tap):
    """All that can be chosen of ``what``: ``language``, ``stage`` or ``days``."""

    tag: ClassVar[str] = "bp"
    draft: int
    what: str


@dataclass(frozen=True, slots=True)
class Address(Tap):
    """Send it to exactly these people: see :class:`bot.guide.broadcast.Audience`."""

    tag: ClassVar[str] = "ba"
    draft: int
    language: str
    stage: str
    days: int


@dataclass(frozen=True, slots=True)
class Review(Tap):
    """See it once more, with the button that sends it."""

    tag: ClassVar[str] = "bs"
    draft: int


@dataclass(frozen=True, slots=True)
class Confirm(Tap):
    """Send the draft as it was at this revision."""

    tag: ClassVar[str] = "bc"
    draft: int
    revision: int


@dataclass(frozen=True, slots=True)
class Discard(Tap):
    """Throw the draft away."""

    tag: ClassVar[str] = "bx"
    draft: int


@dataclass(frozen=True, slots=True)
class Progress(Tap):
    """How far this broadcast is."""

    tag: ClassVar[str] = "bv"
    broadcast: int


@dataclass(frozen=True, slots=True)
class Hold(Tap):
    """Pause it (``held``), or go on."""

    tag: ClassVar[str] = "bh"
    broadcast: int
    held: bool


@dataclass(frozen=True, slots=True)
class Stop(Tap):
    """Stop it for good; unless ``sure`` that is asked first."""

    tag: ClassVar[str] = "bq"
    broadcast: int
    sure: bool


TAPS: tuple[type[Tap], ...] = (
    WriteAnew,
    ShowDraft,
    Choose,
    Address,
    Review,
    Confirm,
    Discard,
    Progress,
    Hold,
    Stop,
)

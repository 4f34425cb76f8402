"""The buttons of the record of work. Each names the entry that it is about, so an old one touches no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.guide.taps import Tap


@dataclass(frozen=True, slots=True)
class NewWork(Tap):
    """Begin an entry, or go on with the one that was begun."""

    tag: ClassVar[str] = "wkn"


@dataclass(frozen=True, slots=True)
class EditWork(Tap):
    """Correct an entry."""

    tag: ClassVar[str] = "wke"
    work: str


@dataclass(frozen=True, slots=True)
class DraftWork(Tap):
    """Show the draft of ``work`` as it is."""

    tag: ClassVar[str] = "wkb"
    work: str


@dataclass(frozen=True, slots=True)
class AskWork(Tap):
    """Ask for one part of the draft of ``work``."""

    tag: ClassVar[str] = "wkq"
    work: str
    field: str


@dataclass(frozen=True, slots=True)
class SetWork(Tap):
    """Make one part of the draft of ``work`` this; the others stay as they are."""

    tag: ClassVar[str] = "wks"
    work: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SaveWork(Tap):
    """Keep the draft as the entry ``work``."""

    tag: ClassVar[str] = "wkv"
    work: str


@dataclass(frozen=True, slots=True)
class DropWork(Tap):
    """Keep nothing of the draft of ``work``."""

    tag: ClassVar[str] = "wkx"
    work: str


@dataclass(frozen=True, slots=True)
class PlaceWork(Tap):
    """Make an entry one of this platform's."""

    tag: ClassVar[str] = "wkp"
    work: str
    platform: str


@dataclass(frozen=True, slots=True)
class DeleteWork(Tap):
    """Delete an entry or a total."""

    tag: ClassVar[str] = "wkd"
    work: str


@dataclass(frozen=True, slots=True)
class UndoWork(Tap):
    """Take the last change of an entry back."""

    tag: ClassVar[str] = "wku"
    work: str


@dataclass(frozen=True, slots=True)
class OpenWork(Tap):
    """Show an entry or a total."""

    tag: ClassVar[str] = "wko"
    work: str


@dataclass(frozen=True, slots=True)
class WorkPage(Tap):
    """A page of the list of entries, counted from 0."""

    tag: ClassVar[str] = "wkl"
    page: int


@dataclass(frozen=True, slots=True)
class ShowChart(Tap):
    """Draw the pay an hour in one currency: its code in small letters."""

    tag: ClassVar[str] = "wkc"
    currency: str

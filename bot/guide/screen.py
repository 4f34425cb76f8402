"""What a person sees: a text, rows of buttons, perhaps a file. Only a renderer knows how Telegram shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.content.markup import Rich
from bot.guide.broadcast import Post
from bot.guide.chart import Picture
from bot.guide.person import Change
from bot.guide.taps import Tap


@dataclass(frozen=True, slots=True)
class TapButton:
    """A button that comes back to us. ``look`` is a hint to the eye, never the only sign."""

    label: str
    tap: Tap
    look: Literal["plain", "primary", "good", "danger"] = "plain"


@dataclass(frozen=True, slots=True)
class UrlButton:
    """A button that opens a page."""

    label: str
    url: str


Button = TapButton | UrlButton
Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. ``text`` has at most 4,096 characters, ``rows`` at most 100 buttons in all."""

    text: Rich
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file, sent as a message of its own before the screen; ``photo``: as a picture (PNG or JPEG) that is seen at once."""

    name: str
    content: bytes
    caption: Rich
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """All that follows from one action: what to remember, what to show.

    ``notice`` is a short line (at most 200 characters) over the chat, shown only in answer to a tap.
    ``fresh`` asks for a new message where a tap would change the one tapped. ``picture`` and
    ``post`` are messages of their own before the screen. ``area`` is for the log, ``counts`` are
    names of what happened in it, for statistics: never anybody's words.
    """

    screen: Screen | None = None
    changes: tuple[Change, ...] = ()
    notice: str | None = None
    document: Document | None = None
    picture: Picture | None = None
    post: Post | None = None
    fresh: bool = False
    area: str = ""
    counts: tuple[str, ...] = ()


def in_rows(buttons: Iterable[Button], across: int) -> tuple[Row, ...]:
    """Buttons in rows of ``across``."""
    row: list[Button] = []
    rows: list[Row] = []
    for button in buttons:
        row.append(button)
        if len(row) == across:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    return tuple(rows)

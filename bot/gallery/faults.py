"""How much of what Telegram allows a screen takes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.gallery.crawl import Visit
from bot.guide.action import Block, GroupMessage, Press
from bot.guide.areas.common import CommonWords
from bot.guide.guide import Guide
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import MAX_BYTES, encode

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_NOTICE = 200
LONGEST_LABEL = 48
MOST_BUTTONS = 100


@dataclass(frozen=True, slots=True)
class Meter:
    """So much of so much."""

    what: str
    used: int
    limit: int

    @property
    def share(self) -> float:
        return self.used / self.limit


def units(text: str) -> int:
    """Characters as Telegram counts them (https://core.telegram.org/api/entities#entity-length)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def meters(turn: Turn) -> Iterator[Meter]:
    """Of what is shown at all."""
    if turn.document:
        yield Meter("caption", units(turn.document.caption.plain), LONGEST_CAPTION)
    if turn.picture:
        yield Meter("caption", units(turn.picture.caption.plain), LONGEST_CAPTION)
    if turn.screen:
        labels = [button.label for row in turn.screen.rows for button in row]
        data = [encode(each.tap) for row in turn.screen.rows for each in row if isinstance(each, TapButton)]
        yield Meter("text", units(turn.screen.text.plain), LONGEST_TEXT)
        yield Meter("buttons", len(labels), MOST_BUTTONS)
        yield Meter("longest button", max(map(units, labels), default=0), LONGEST_LABEL)
        yield Meter("bytes of a button", max((len(each.encode()) for each in data), default=0), MAX_BYTES)
    if turn.notice:
        yield Meter("notice", units(turn.notice), LONGEST_NOTICE)


def faults_of(guide: Guide, visit: Visit, language: str, turn: Turn) -> Iterator[str]:
    """What is wrong with what follows in one language."""
    if visit.fault:
        yield visit.fault
        return
    for meter in meters(turn):
        if meter.used > meter.limit:
            yield f"{meter.what}: {meter.used} of {meter.limit}"
    if turn.screen is None:
        if turn.notice is None and not isinstance(visit.action, Block):
            yield "nothing answers"
        return
    if not turn.screen.text.plain.strip():
        yield "there is no text"
    if not turn.screen.rows and not isinstance(visit.action, GroupMessage):
        yield "a dead end: there is no button"
    if any(not button.label.strip() for row in turn.screen.rows for button in row):
        yield "a button without words"
    if _is_lost(guide, visit, language, turn):
        yield "the button leads to something that is not there"


def _is_lost(guide: Guide, visit: Visit, language: str, turn: Turn) -> bool:
    if not isinstance(visit.action, Press) or not visit.by_button:
        return False
    words = guide.library.pack(language).words(CommonWords)
    return visit.action.tap is None or turn.notice in (words.gone_entry, words.old_button)


def looks_like(screen: Screen | None) -> tuple[str, tuple[str, ...]]:
    """Two screens with the same look need to be shown only once."""
    if screen is None:
        return "", ()
    return screen.text.plain, tuple(button.label for row in screen.rows for button in row)

"""A question that waits for a typed answer. At most one waits; it is a mark, so a restart keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.guide.person import Change, Forget, Person, Remember
from bot.guide.screen import Turn

PENDING = "pending"
"""Kind of the mark; its item is ``text`` and its value ``<topic>:<item>``."""
PATIENCE = timedelta(hours=1)
"""What comes later than this is no answer any more."""
_ITEM = "text"


def asking(topic: str, item: str) -> tuple[Change, ...]:
    """Wait for an answer on ``item``; what was waited for before is given up."""
    return (Remember(PENDING, _ITEM, f"{topic}:{item}"),)


def settled() -> tuple[Change, ...]:
    """Wait for nothing any more."""
    return (Forget(PENDING, _ITEM),)


def asks(changes: Iterable[Change]) -> bool:
    """Whether a question waits once these are made."""
    return any(isinstance(change, Remember) and change.kind == PENDING for change in changes)


def touched(changes: Iterable[Change]) -> bool:
    """Whether these have to do with a question that waits: asked, answered or given up."""
    return any(isinstance(change, Remember | Forget) and change.kind == PENDING for change in changes)


def answered(turn: Turn) -> Turn:
    """The turn to which an answer led: nothing is waited for any more, unless it asks the next question."""
    return turn if asks(turn.changes) else replace(turn, changes=(*turn.changes, *settled()))


def asked(person: Person, topic: str, now: datetime) -> str | None:
    """The item waited for, if the waiting is on ``topic`` and not older than :data:`PATIENCE`."""
    mark = person.marks.get(PENDING, _ITEM)
    if mark is None or now - mark.at > PATIENCE:
        return None
    waiting, _, item = mark.value.partition(":")
    return item if waiting == topic else None


def waits(person: Person) -> bool:
    return waiting_since(person) is not None


def waiting_since(person: Person) -> datetime | None:
    """When the question that waits was asked; ``None`` if none waits."""
    mark = person.marks.get(PENDING, _ITEM)
    return mark.at if mark else None

"""A question that waits for a typed answer. At most one waits; it is a mark, so a restart keeps it."""

from __future__ import annotations

from bot.guide.person import Change, Forget, Person, Remember

PENDING = "pending"
"""Kind of the mark; its item is ``text`` and its value ``<topic>:<item>``."""
_ITEM = "text"


def asking(topic: str, item: str) -> tuple[Change, ...]:
    """Wait for an answer on ``item``; what was waited for before is given up."""
    return (Remember(PENDING, _ITEM, f"{topic}:{item}"),)


def settled() -> tuple[Change, ...]:
    """Wait for nothing any more."""
    return (Forget(PENDING, _ITEM),)


def asked(person: Person, topic: str) -> str | None:
    """The item waited for, if the waiting is on ``topic``."""
    waiting, _, item = (person.marks.value(PENDING, _ITEM) or "").partition(":")
    return item if waiting == topic else None


def waits(person: Person) -> bool:
    return person.marks.get(PENDING, _ITEM) is not None

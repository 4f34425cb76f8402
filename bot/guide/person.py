"""What is remembered about one person, and the changes a turn may make to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Mark:
    """Something done, ticked, chosen or seen, and when (aware, UTC)."""

    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a person, by kind and item id. Never changes; :meth:`put` and :meth:`drop` make new ones."""

    kinds: Mapping[str, Mapping[str, Mark]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, datetime]]) -> Marks:
        """From rows of (kind, item, value, when)."""
        kinds: dict[str, dict[str, Mark]] = {}
        for kind, item, value, at in rows:
            kinds.setdefault(kind, {})[item] = Mark(value, at)
        return cls(kinds)

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def __iter__(self) -> Iterator[tuple[str, str, Mark]]:
        for kind, items in self.kinds.items():
            for item, mark in items.items():
                yield kind, item, mark

    def get(self, kind: str, *items: str) -> Mark | None:
        """The mark of the first of these items that has one: pass an entry's present and former ids."""
        marks = self.kinds.get(kind, {})
        return next((marks[item] for item in items if item in marks), None)

    def value(self, kind: str, *items: str) -> str | None:
        mark = self.get(kind, *items)
        return mark.value if mark else None

    def put(self, kind: str, item: str, mark: Mark) -> Marks:
        return Marks({**self.kinds, kind: {**self.kinds.get(kind, {}), item: mark}})

    def drop(self, kind: str, item: str) -> Marks:
        kept = {key: mark for key, mark in self.kinds.get(kind, {}).items() if key != item}
        others = {name: items for name, items in self.kinds.items() if name != kind}
        return Marks({**others, kind: kept} if kept else others)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the store knows them. Times are aware, UTC.

    ``id`` is Telegram's user id, which is also the id of the private chat with them. ``language`` is a BCP 47
    tag as Telegram told it, ``source`` the word of the deep link that first brought them. ``seen_at`` is exact to
    an hour. ``gone`` means that they blocked the bot.
    """

    id: int
    language: str | None = None
    source: str | None = None
    started_at: datetime | None = None
    seen_at: datetime | None = None
    gone: bool = False
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Remember:
    """Set a mark; the same mark again changes nothing."""

    kind: str
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Take a mark away, if there is one."""

    kind: str
    item: str


@dataclass(frozen=True, slots=True)
class Start:
    """The person began; the first source wins."""

    source: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The person was active, and speaks this language as far as Telegram knows."""

    language: str | None


@dataclass(frozen=True, slots=True)
class Presence:
    """The person blocked the bot (``gone``) or came back."""

    gone: bool


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything about the person goes; changes that follow in the same turn begin anew."""


Change = Remember | Forget | Start | Seen | Presence | Erase


def applied(person: Person, changes: Iterable[Change], now: datetime) -> Person:
    """The person as they are after ``changes`` made at ``now``. Stores do the same to their rows."""
    for change in changes:
        person = _apply(person, change, now)
    return person


def _apply(person: Person, change: Change, now: datetime) -> Person:
    match change:
        case Remember(kind, item, value):
            if person.marks.value(kind, item) == value:
                return person
            return replace(person, marks=person.marks.put(kind, item, Mark(value, now)))
        case Forget(kind, item):
            return replace(person, marks=person.marks.drop(kind, item))
        case Start(source):
            return replace(
                person, source=person.source or source, started_at=person.started_at or now, gone=False
            )
        case Seen(language):
            return replace(person, language=language, seen_at=now)
        case Presence(gone):
            return replace(person, gone=gone)
        case Erase():
            return Person(person.id)

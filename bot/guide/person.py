"""What is remembered about one person, and the changes a turn may make to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
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


UNTIL_BACK = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a pause without an end."""

EVERY_DAY = frozenset(range(7))
"""All days of the week, Monday being 0."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a person wants a daily tip, in their own time zone (an IANA name).

    ``minute`` is that of the local day, from 0 to 1439; ``days`` are weekdays, Monday being 0. One that is not
    ``on`` was stopped, and keeps the hour for whoever changes their mind. ``paused_until`` is aware, UTC;
    :data:`UNTIL_BACK` means until they say otherwise.
    """

    zone: str
    minute: int
    days: frozenset[int] = EVERY_DAY
    on: bool = True
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the store knows them. Times are aware, UTC.

    ``id`` is Telegram's user id, which is also the id of the private chat with them. ``language`` is a BCP 47
    tag as Telegram told it, ``source`` the word of the deep link that first brought them. ``seen_at`` is exact to
    an hour. ``gone`` means that they blocked the bot. ``zone`` is the IANA time zone they told, with or without tips;
    ``next_tip_at`` is when the next tip is due, ``last_tip_on`` the local date of the last one.
    """

    id: int
    language: str | None = None
    source: str | None = None
    started_at: datetime | None = None
    seen_at: datetime | None = None
    gone: bool = False
    marks: Marks = Marks()
    zone: str | None = None
    plan: Plan | None = None
    next_tip_at: datetime | None = None
    last_tip_on: date | None = None


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
class Settle:
    """The person is in this time zone (an IANA name)."""

    zone: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The person wants tips so; the next is due at ``next_at`` (aware, UTC), or never. Sets the zone, too."""

    plan: Plan
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tipped:
    """What was due is dealt with; it concerns only who has a plan.

    ``on`` is the local date that had its tip; ``None`` if it was left out. The next is due at ``next_at``, unless the
    person chose another time meanwhile, after ``due_at``, when this one was due.
    """

    due_at: datetime
    next_at: datetime | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked what nobody has an answer to. Nothing is changed about them: it is kept without who it was.

    ``language`` is that of the content in which none was found, ``text`` holds nothing that tells who asked.
    """

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything about the person goes; changes that follow in the same turn begin anew."""


Change = Remember | Forget | Start | Seen | Presence | Settle | Schedule | Tipped | Asked | Erase


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
        case Settle(zone):
            return replace(person, zone=zone, plan=person.plan and replace(person.plan, zone=zone))
        case Schedule(plan, next_at):
            return replace(person, zone=plan.zone, plan=plan, next_tip_at=next_at)
        case Tipped() if person.plan is None:
            return person
        case Tipped(due_at, next_at, on):
            chosen = next_at if person.next_tip_at == due_at else person.next_tip_at
            return replace(person, next_tip_at=chosen, last_tip_on=on or person.last_tip_on)
        case Asked():
            return person
        case Erase():
            return Person(person.id)

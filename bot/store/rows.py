"""Between changes and people on one side, and statements and rows on the other; the same for every backend.

Times are kept to the second. Text is kept as it is, but for what not every database can hold: NUL and lone
surrogates become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

from bot.guide.person import (
    Asked,
    Change,
    Erase,
    Forget,
    Marks,
    Person,
    Plan,
    Presence,
    Remember,
    Schedule,
    Seen,
    Settle,
    Start,
    Tipped,
)
from bot.guide.ports import Letter
from bot.guide.ports_unanswered import Unanswered

ERASE = "erase"
"""The query that takes a person's rows away."""

EARLIEST_ID = -(2**63)
"""The lowest id that a database can hold."""

FIRST_DAY = date(1970, 1, 1)
"""Dates are kept as days since then."""

PURGE_AT_ONCE = 2_000
"""Rows that a purge takes away in one transaction."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Statement(NamedTuple):
    """A query of ``queries/people.sql`` and its parameters beside the person."""

    query: str
    parameters: dict[str, str | int | None]


class PersonRow(NamedTuple):
    """A row of the query ``person``, column by column."""

    language: str | None
    source: str | None
    started_at: int | None
    seen_at: int | None
    gone_at: int | None
    zone: str | None
    tip_minute: int | None
    tip_days: int | None
    tips_on: int | None
    paused_until: int | None
    next_tip_at: int | None
    last_tip_on: int | None
    kind: str | None
    item: str | None
    value: str | None
    at: int | None


def statements(changes: Iterable[Change], now: datetime) -> list[Statement]:
    """What to run, in this order and in one transaction, so that the changes are made as of ``now`` (aware)."""
    if now.tzinfo is None:
        raise ValueError("the time of a change must know its time zone")
    at = int(now.timestamp())
    return [statement for change in changes for statement in _statements(change, at)]


def _statements(change: Change, at: int) -> tuple[Statement, ...]:
    match change:
        case Remember(kind, item, value):
            place = {"kind": storable(kind), "item": storable(item)}
            return (
                Statement("add_person", {}),
                Statement("put_mark", {**place, "value": storable(value), "at": at}),
            )
        case Forget(kind, item):
            return (Statement("drop_mark", {"kind": storable(kind), "item": storable(item)}),)
        case Start(source):
            return (Statement("start", {"source": source and storable(source), "at": at}),)
        case Seen(language):
            return (Statement("see", {"language": language and storable(language), "at": at}),)
        case Presence(gone):
            return (Statement("leave", {"at": at}) if gone else Statement("come_back", {}),)
        case Settle(zone):
            return (Statement("settle_in", {"zone": storable(zone)}),)
        case Schedule(plan, next_at):
            return (Statement("schedule", _schedule(plan, next_at)),)
        case Tipped(due_at, next_at, on):
            days = None if on is None else day_number(on)
            times = {"due_at": seconds(due_at), "next_at": seconds(next_at)}
            return (Statement("tipped", {**times, "tipped_on": days}),)
        case Asked(text, language):
            return (Statement("note_question", _question(text, language, at)),)
        case Erase():
            return (Statement(ERASE, {}), Statement("forget_draft", {}))


def _schedule(plan: Plan, next_at: datetime | None) -> dict[str, str | int | None]:
    return {
        "zone": storable(plan.zone),
        "minute": plan.minute,
        "days": sum(1 << day for day in plan.days),
        "tips_on": int(plan.on),
        "paused_until": seconds(plan.paused_until),
        "next_at": seconds(next_at),
    }


def _question(text: str, language: str, at: int) -> dict[str, str | int | None]:
    day = day_number(datetime.fromtimestamp(at, UTC).date())
    asked = {"language": storable(language), "text": storable(text)}
    # The same number for the same question of a day, so that a turn that is stored again adds none.
    digest = blake2b("\0".join((str(day), *asked.values())).encode(), digest_size=7).digest()
    return {"id": int.from_bytes(digest), "day": day, **asked}


def unanswered_of(row: Sequence[Any]) -> Unanswered:
    """The question that a row of the query ``unanswered`` describes."""
    number, text, language, day = row
    return Unanswered(number, text, language, FIRST_DAY + timedelta(days=day))


def day_number(day: date) -> int:
    """A day as it is kept."""
    return (day - FIRST_DAY).days


def person_of(person_id: int, rows: Iterable[Iterable[Any]]) -> Person:
    """The person whom these rows of the query ``person`` describe; without any, a stranger."""
    found = [PersonRow._make(row) for row in rows]
    if not found:
        return Person(person_id)
    first = found[0]
    return Person(
        person_id,
        language=first.language,
        source=first.source,
        started_at=_moment(first.started_at),
        seen_at=_moment(first.seen_at),
        gone=first.gone_at is not None,
        zone=first.zone,
        plan=_plan(first),
        next_tip_at=_moment(first.next_tip_at),
        last_tip_on=None if first.last_tip_on is None else FIRST_DAY + timedelta(days=first.last_tip_on),
        marks=Marks.of(
            (row.kind, row.item, row.value, datetime.fromtimestamp(row.at, UTC))
            for row in found
            if row.kind is not None and row.item is not None and row.value is not None and row.at is not None
        ),
    )


def _plan(row: PersonRow) -> Plan | None:
    if row.tip_minute is None:
        return None
    bits = row.tip_days or 0
    return Plan(
        row.zone or "UTC",
        row.tip_minute,
        frozenset(day for day in range(7) if bits >> day & 1),
        on=bool(row.tips_on),
        paused_until=_moment(row.paused_until),
    )


def letter_of(row: Sequence[Any]) -> Letter:
    """The letter that a row of the query ``waiting`` describes."""
    update_id, person, body, begun, answer = row
    return Letter(update_id, person, body, begun, answer)


def storable(text: str) -> str:
    """The text as every database can hold it."""
    return _UNSTORABLE.sub("\ufffd", text)


def seconds(at: datetime | None) -> int | None:
    """A moment as it is kept."""
    return None if at is None else int(at.timestamp())


def _moment(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)

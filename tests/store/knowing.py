"""What two views of one person must agree on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.guide.person import Mark, Person

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=3)


def known(person: Person) -> tuple[object, ...]:
    """Everything about the person; times to the second, as stores keep them."""
    return (
        person.id,
        person.language,
        person.source,
        _second(person.started_at),
        _second(person.seen_at),
        person.gone,
        person.zone,
        person.plan and replace(person.plan, paused_until=_second(person.plan.paused_until)),
        _second(person.next_tip_at),
        person.last_tip_on,
        marks(person),
    )


def marks(person: Person) -> dict[tuple[str, str], Mark]:
    return {(kind, item): Mark(mark.value, _floor(mark.at)) for kind, item, mark in person.marks}


def _floor(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _second(moment: datetime | None) -> datetime | None:
    return moment and _floor(moment)

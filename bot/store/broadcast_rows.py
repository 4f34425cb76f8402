"""Between broadcasts and rows, and who an audience is in SQL; the same for every backend."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.guide.broadcast import Audience, Broadcast, Post, Steps, Tally
from bot.guide.journey import DONE, SKIPPED, STEP
from bot.store.rows import seconds, storable

PARTS = {
    "waiting": "waiting",
    "flight": "in_flight",
    "sent": "sent",
    "failed": "failed",
    "blocked": "blocked",
    "unknown": "unknown",
}
"""Each state of a row of ``broadcast_people``, and its part of a tally."""

RECIPIENTS = (
    "INSERT INTO broadcast_people (broadcast, person, state) SELECT CAST({} AS bigint), people.id, 'waiting' "
)
"""To be completed by the broadcast's place, and by an audience."""

Place = Callable[[int], str]
"""How a backend writes the place of the n-th parameter, counted from 1."""


def draft_parameters(draft: Broadcast) -> dict[str, str | int | None]:
    """For the query ``keep_draft``."""
    return {
        "broadcast": draft.id,
        "admin": draft.admin,
        "language": draft.language and storable(draft.language),
        # ASCII, so that any database can hold any of it.
        "post": None if draft.post is None else json.dumps(asdict(draft.post)),
        "audience": json.dumps(asdict(draft.audience)),
        "revision": draft.revision,
        "at": seconds(draft.at),
    }


def broadcast_of(row: Iterable[Any]) -> Broadcast:
    """The broadcast that a row of the query ``broadcast`` describes."""
    id_, admin, at, language, state, post, audience, revision, message, ended_at = row
    return Broadcast(
        id_,
        admin,
        datetime.fromtimestamp(at, UTC),
        language,
        state,
        post and Post(**json.loads(post)),
        Audience(**json.loads(audience)),
        revision,
        message,
        ended_at is not None,
    )


def tally_of(counts: Iterable[Sequence[Any]]) -> Tally:
    """From rows of the query ``count_by_fate``."""
    return Tally(**{PARTS[state]: int(count) for state, count in counts})


def in_flight_of(taken: Iterable[Sequence[Any]]) -> list[int]:
    """Whom to send to, from rows of the query ``take_people``."""
    return sorted(person for person, state in taken if state == "flight")


def tally_to_json(tally: Tally) -> str:
    return json.dumps(asdict(tally))


def tally_from_json(text: str) -> Tally:
    return Tally(**json.loads(text))


def languages_of(counts: Iterable[Sequence[Any]]) -> Mapping[str, int]:
    """By primary subtag, most first, from rows of the query ``broadcast_languages``."""
    found = Counter[str]()
    for language, count in counts:
        found[language.replace("_", "-").partition("-")[0]] += int(count)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def audience_sql(
    audience: Audience, steps: Steps, now: datetime, place: Place, first: int = 1
) -> tuple[str, list[str | int]]:
    """``FROM people WHERE …`` for those who are the audience at ``now``, and its parameters.

    ``first`` is the number of its first parameter.
    """
    given: list[str | int] = []

    def put(value: str | int) -> str:
        given.append(value)
        return place(first + len(given) - 1)

    conditions = ["people.gone_at IS NULL"]
    if audience.language:
        wanted = f"{audience.language}-"
        tag = "REPLACE(LOWER(people.language), '_', '-') || '-'"
        # Not LIKE, to which some signs mean others.
        conditions.append(f"SUBSTR({tag}, 1, {len(wanted)}) = {put(wanted)}")
    if audience.days:
        since = seconds(now - timedelta(days=audience.days)) or 0
        conditions.append(f"people.seen_at >= {put(since)}")
    if audience.stage and steps:
        conditions.append(_stage(audience, steps, put))
    return f"FROM people WHERE {' AND '.join(conditions)}", given


def _stage(audience: Audience, steps: Steps, put: Callable[[str | int], str]) -> str:
    kind, done, skipped = put(STEP), put(DONE), put(SKIPPED)
    # A step may still have its mark under a former id, and under several if it was made of several.
    which = " ".join(f"WHEN {put(id_)} THEN {number}" for number, ids in enumerate(steps) for id_ in ids)
    through = (
        f"(SELECT COUNT(DISTINCT CASE marks.item {which} END) FROM marks WHERE marks.person = people.id"  # noqa: S608  # every value is a parameter
        f" AND marks.kind = {kind} AND marks.value IN ({done}, {skipped}))"
    )
    match audience.stage:
        case "none":
            return f"{through} = 0"
        case "all":
            return f"{through} >= {put(len(steps))}"
        case _:
            return f"{through} BETWEEN 1 AND {put(len(steps) - 1)}"

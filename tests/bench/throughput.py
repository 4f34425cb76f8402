"""Rows of fifty people in closed loops: whatever is compared is measured in the same rounds, by turns."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.crowd import Crowd
from tests.bench.loads import PEOPLE, Effort, Load, each, in_turns, load
from tests.bench.subjects import AIOGRAM, NO_BOT, OURS, POSTGRES, PTB, WEBHOOK, Subject, pickled
from tests.bench.table import Row

Loads = Mapping[str, Sequence[Load]]
SAVED_EVERY = 60.0
"""Seconds, by PicklePersistence's default."""
SAVERS = 5
"""People who do something before it saves."""

PICKLES = tuple(map(pickled, (10_000, 100_000)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows`` makes rows of the loads of these subjects."""

    subjects: tuple[Subject, ...]
    rows: Callable[[Loads], list[Row]]


def _turns(what: str, loads: Loads, ours: Subject, peer: Subject, goal: float | None) -> Row:
    mine, theirs = loads[ours.name], loads[peer.name]
    cost = f"processor {_median(mine, 'cpu'):.2f} ms a turn, peer {_median(theirs, 'cpu'):.2f}"
    rates = each(mine, "rate"), each(theirs, "rate")
    return Row(f"turns/s, {what}", rates[0], peer.name, rates[1], goal=goal, note=cost)


def _polling(loads: Loads) -> list[Row]:
    ours, theirs = loads[OURS.name], loads[AIOGRAM.name]
    return [
        _turns("polling", loads, OURS, PTB, 4.5),
        _turns("polling", loads, OURS, AIOGRAM, 1.2),
        Row(
            f"ms, p99 of a tap, {PEOPLE} people",
            each(ours, "p99"),
            AIOGRAM.name,
            each(theirs, "p99"),
            better="less",
            goal=1.0,
            note=f"median {_median(ours, 'p50'):.1f} ms, peer {_median(theirs, 'p50'):.1f}",
        ),
    ]


def _pickles(loads: Loads) -> list[Row]:
    """The peer saves every minute, and at the end: all people, once for each of those who did something since.

    Meanwhile nothing else happens. With 50 of them that would take most of our time, so it is measured with a few.
    """
    rows = []
    for peer in PICKLES:
        saving = [load.stop / SAVERS * PEOPLE for load in loads[peer.name]]
        theirs = [
            load.rate * SAVED_EVERY / (SAVED_EVERY + seconds)
            for load, seconds in zip(loads[peer.name], saving, strict=True)
        ]
        note = (
            f"peer: {_median(loads[peer.name], 'rate'):.0f} turns/s, and every {SAVED_EVERY:.0f} s it stands still "
            f"to save, for {statistics.median(saving):.1f} s"
        )
        rows.append(Row("turns/s, polling", each(loads[OURS.name], "rate"), peer.name, theirs, note=note))
    return rows


COMPARISONS: Mapping[str, Comparison] = {
    "polling": Comparison((PTB, AIOGRAM, OURS), _polling),
    "webhook": Comparison((OURS, WEBHOOK), lambda loads: [_turns("webhook", loads, WEBHOOK, OURS, 1.2)]),
    "postgres": Comparison((PTB, POSTGRES), lambda loads: [_turns("PostgreSQL", loads, POSTGRES, PTB, None)]),
    "pickle": Comparison((*PICKLES, OURS), _pickles),
}


async def compared(names: Sequence[str], effort: Effort) -> list[Row]:
    """The rows of these comparisons, and what the load generator can do at most."""
    wanted = [subject for name in names for subject in COMPARISONS[name].subjects]
    subjects = [NO_BOT, *dict.fromkeys(wanted)]

    async def one(subject: Subject) -> Load:
        return await load(subject, effort.seconds, Crowd(SAVERS if subject in PICKLES else PEOPLE))

    loads = await in_turns(subjects, effort.rounds, one)
    rows = [row for name in names for row in COMPARISONS[name].rows(loads)]
    return [*rows, _ceiling(loads)]


def _ceiling(loads: Loads) -> Row:
    others = {name: rounds for name, rounds in loads.items() if name != NO_BOT.name}
    fastest = max(others, key=lambda name: _median(others[name], "rate"))
    busy = max(_median(rounds, "busy") for rounds in others.values())
    return Row(
        "turns/s, the load generator's ceiling",
        each(loads[NO_BOT.name], "rate"),
        f"the fastest bot ({fastest})",
        each(loads[fastest], "rate"),
        note=f"beside the bots it took at most {busy:.0%} of its core",
    )


def _median(loads: Sequence[Load], what: str) -> float:
    return statistics.median(each(loads, what))

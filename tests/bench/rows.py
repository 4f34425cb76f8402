"""The rows of ``make bench``: each measures one promise, against what people would use instead, in the same run."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import subjects
from tests.bench.loads import PEOPLE, Load, in_turns, load
from tests.bench.people import KNOWN, with_people
from tests.bench.subjects import Running, Subject
from tests.bench.table import Row
from tests.bench.telegram import Telegram
from tests.support.postgres import database

OPEN_LOOP = 30.0
"""Taps a second that come whatever the bot does."""

FEW, MANY = 1_000, 1_000_000
BULK_PEOPLE, BULK_RATE = 20_000, 10_000


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: more rounds and longer ones say more."""

    rounds: int
    seconds: float


def median(loads: Sequence[Load], what: str) -> float:
    """Of one figure over all rounds."""
    return float(statistics.median(getattr(each, what) for each in loads))


def spread(loads: Sequence[Load], what: str) -> str:
    """Its median, smallest and largest."""
    values = [getattr(each, what) for each in loads]
    return f"{statistics.median(values):,.0f} ({min(values):,.0f}-{max(values):,.0f})"


async def crowd(effort: Effort) -> list[Row]:
    """Fifty people who wait for each answer."""
    with database() as url:
        postgres = Subject("ours, PostgreSQL", subjects.on_url(url))
        ours = (subjects.OURS, subjects.WEBHOOK, postgres)
        everybody = (subjects.PTB, subjects.AIOGRAM, *ours)
        measured = await in_turns(everybody, effort.rounds, lambda each: load(each, effort.seconds))
    ceiling = await load(subjects.CEILING, effort.seconds)
    ptb, aiogram, polling, webhook, on_postgres = (measured[each.name] for each in everybody)
    rates = [median(each, "rate") for each in (ptb, aiogram, polling, webhook, on_postgres)]
    made_of = f"ours {spread(polling, 'rate')} turns/s"
    loads = f"{PEOPLE} people; the load generator alone manages {ceiling.rate:,.0f}"
    return [
        Row(
            "turns/s, polling: times python-telegram-bot's echo",
            rates[2] / rates[0],
            4.5,
            "more",
            f"{made_of}, its {spread(ptb, 'rate')}; {loads}",
        ),
        Row(
            "turns/s, polling: times aiogram's echo",
            rates[2] / rates[1],
            1.2,
            "more",
            f"{made_of}, its {spread(aiogram, 'rate')}",
        ),
        Row(
            "turns/s, webhook: times our polling",
            rates[3] / rates[2],
            1.2,
            "more",
            f"{spread(webhook, 'rate')} turns/s; processor {median(webhook, 'cpu'):.2f} and "
            f"{median(polling, 'cpu'):.2f} ms a turn",
        ),
        Row(
            "turns/s, PostgreSQL: times python-telegram-bot's echo",
            rates[4] / rates[0],
            1.0,
            "more",
            f"{spread(on_postgres, 'rate')} turns/s",
        ),
        Row(
            "p99 with 50 people: times aiogram's",
            median(polling, "p99") / median(aiogram, "p99"),
            1.0,
            "less",
            f"ours {spread(polling, 'p99')} ms, its {spread(aiogram, 'p99')}",
        ),
    ]


async def pickles(effort: Effort) -> list[Row]:
    """python-telegram-bot's own way to remember people."""
    rows = []
    for people in (10_000, 100_000):
        peer = Subject(f"pickle {people}", subjects.pickled(people))
        measured = await in_turns(
            (peer, subjects.OURS), effort.rounds, lambda each: load(each, effort.seconds)
        )
        theirs, ours = measured[peer.name], measured[subjects.OURS.name]
        rows.append(
            Row(
                f"turns/s: times PicklePersistence with {people:,} people",
                median(ours, "rate") / median(theirs, "rate"),
                4.5,
                "more",
                f"ours {spread(ours, 'rate')}, its {spread(theirs, 'rate')}; its p99 {spread(theirs, 'p99')} ms",
            )
        )
    return rows


async def thirty(effort: Effort) -> list[Row]:
    """Taps that come thirty times a second, whatever the bot does."""
    both = (subjects.CEILING, subjects.OURS)
    seconds = max(effort.seconds, 3.0)
    measured = await in_turns(both, effort.rounds, lambda each: load(each, seconds, rate=OPEN_LOOP))
    alone, ours = (measured[each.name] for each in both)
    own = median(alone, "p99")
    return [
        Row(
            "p99 of a tap at 30 turns/s, above the stand-in's own, ms",
            median(ours, "p99") - own,
            25.0,
            "less",
            f"ours {median(ours, 'p99'):.1f} ms, the stand-in's own {own:.1f}",
        )
    ]


async def million(effort: Effort) -> list[Row]:
    """What a turn costs among a million people."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        with_people(few, FEW)
        each = with_people(many, MANY)
        both = (Subject("few", subjects.on_file(few)), Subject("many", subjects.on_file(many)))
        measured = await in_turns(
            both, effort.rounds, lambda subject: load(subject, effort.seconds, first=KNOWN)
        )
        loads = [measured[subject.name] for subject in both]
    cost = [median(one, "cpu") for one in loads]
    return [
        Row(
            "a turn's cost among 1,000,000 people: times among 1,000",
            cost[1] / cost[0],
            1.15,
            "less",
            f"{cost[1]:.2f} and {cost[0]:.2f} ms of processor; {each} bytes a person in the file; "
            f"memory {median(loads[1], 'memory'):.0f} and {median(loads[0], 'memory'):.0f} MB",
        )
    ]


async def bulk(effort: Effort) -> list[Row]:
    """Tips to many people while others tap."""
    rates: list[float] = []

    async def counted(telegram: Telegram, at_work: Running) -> None:
        sent, began = telegram.calls["sendMessage"], time.perf_counter()
        await asyncio.sleep(effort.seconds)
        rates.append((telegram.calls["sendMessage"] - sent) / (time.perf_counter() - began))

    loads = []
    for _ in range(effort.rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            path = Path(folder) / "bot.db"
            with_people(path, BULK_PEOPLE, due=datetime.now(UTC))
            subject = Subject("bulk", subjects.on_file(path, BULK_RATE=str(BULK_RATE)))
            loads.append(await load(subject, effort.seconds, rate=10.0, beside=counted))
    sent = f"{statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f}) tips/s"
    return [
        Row("bulk messages a second, limit lifted", statistics.median(rates), 1_000, "more", sent),
        Row(
            "p99 of taps meanwhile, ms",
            median(loads, "p99"),
            150,
            "less",
            f"{spread(loads, 'p99')} ms, 10 taps/s",
        ),
    ]


async def start(effort: Effort) -> list[Row]:
    """From the start of the process to the first poll, and the memory it has then."""
    both = (subjects.PTB, subjects.OURS)
    measured = await in_turns(both, effort.rounds, lambda each: load(each, 0.5, people=2))
    peer, ours = (measured[each.name] for each in both)
    return [
        Row(
            "start to the first poll, s",
            median(ours, "started"),
            1.0,
            "less",
            f"python-telegram-bot's echo {median(peer, 'started'):.2f}",
        ),
        Row(
            "resident memory after the start, MB",
            median(ours, "memory"),
            85,
            "less",
            f"python-telegram-bot's echo {median(peer, 'memory'):.0f}",
        ),
    ]


ROWS: Mapping[str, Callable[[Effort], Awaitable[list[Row]]]] = {
    "crowd": crowd,
    "pickles": pickles,
    "thirty": thirty,
    "million": million,
    "bulk": bulk,
    "start": start,
}

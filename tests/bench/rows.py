"""Rows of ``make bench`` that need a load of their own."""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.app import load_content
from bot.content.kinds.faq import FaqFile
from bot.content.library import Pack
from bot.guide.answers import Answers
from tests.answers.measuring import cases
from tests.bench.answers import CONTENT, MANY, grown, times
from tests.bench.crowd import Crowd
from tests.bench.loads import PEOPLE, Effort, each, in_turns, load
from tests.bench.people import scattered, with_people
from tests.bench.subjects import NO_BOT, OURS, PTB, Subject, on_file, running
from tests.bench.table import Row
from tests.bench.telegram import Telegram

OPEN_LOOP, OPEN_SECONDS = 30.0, 2.5
"""Taps a second that come whatever the bot does, and for how long: p99 needs some."""

CROWDED, EMPTY = 1_000_000, 1_000
STAY = 10
"""After so many taps each makes room for another, so that the turns are those of many people."""

BULK_PEOPLE, BULK_RATE = 20_000, 1_200
"""More a second than is promised, and so few that there is time for taps: the settings allow 1,000 at most."""


async def open_loop(effort: Effort) -> list[Row]:
    """Taps that come thirty times a second, whatever the bot does."""
    seconds = max(effort.seconds, OPEN_SECONDS)
    loads = await in_turns(
        (NO_BOT, OURS), effort.rounds, lambda subject: load(subject, seconds, Crowd(PEOPLE, OPEN_LOOP))
    )
    ours, own = loads[OURS.name], loads[NO_BOT.name]
    middle = f"median {statistics.median(each(ours, 'p50')):.1f} ms"
    what = f"ms, p99 of a tap, {OPEN_LOOP:.0f} taps/s"
    return [
        Row(what, each(ours, "p99"), "the stand-in alone", each(own, "p99"), "above", "less", 25.0, middle)
    ]


async def million(effort: Effort) -> list[Row]:
    """What a turn costs among a million people."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sizes = {f"{people:,} people": people for people in (EMPTY, CROWDED)}
        files = {name: Path(folder) / f"{people}.db" for name, people in sizes.items()}
        filled = [await asyncio.to_thread(with_people, files[name], people) for name, people in sizes.items()]
        loads = await in_turns(
            [on_file(name, file) for name, file in files.items()],
            effort.rounds,
            lambda subject: load(
                subject, effort.seconds, Crowd(PEOPLE, ids=scattered(sizes[subject.name]), stay=STAY)
            ),
        )
    (peer, few), (name, many) = loads.items()
    told = (
        f"{filled[1]} bytes a person in the file; memory {statistics.median(each(many, 'memory')):.0f} MB, "
        f"peer {statistics.median(each(few, 'memory')):.0f}; turns/s {statistics.median(each(many, 'rate')):,.0f}, "
        f"peer {statistics.median(each(few, 'rate')):,.0f}"
    )
    what = f"ms of processor a turn, {name}"
    return [Row(what, each(many, "cpu"), peer, each(few, "cpu"), better="less", goal=1.15, note=told)]


async def bulk(effort: Effort) -> list[Row]:
    """Tips to many people, while others tap."""
    seconds = max(effort.seconds, OPEN_SECONDS)
    loads = []
    for _ in range(effort.rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            file = Path(folder) / "bot.db"
            await asyncio.to_thread(with_people, file, BULK_PEOPLE, datetime.now(UTC).replace(microsecond=0))
            subject = on_file("ours, with tips to send", file, str(BULK_RATE))
            loads.append(await load(subject, seconds, Crowd(PEOPLE, OPEN_LOOP), rested=False))
    return [
        Row(
            f"tips/s, one process, limit lifted to {BULK_RATE:,}", each(loads, "sent"), by="ours", goal=1_000
        ),
        Row(
            "ms, p99 of a tap meanwhile",
            each(loads, "p99"),
            by="ours",
            better="less",
            goal=150,
            note=f"{OPEN_LOOP:.0f} taps/s; median {statistics.median(each(loads, 'p50')):.0f} ms",
        ),
    ]


async def start(effort: Effort) -> list[Row]:
    """From the start of the process to the first poll, and the memory it has then."""
    found = await in_turns((PTB, OURS), effort.rounds, _started)
    (theirs, ours) = (list(zip(*found[subject.name], strict=True)) for subject in (PTB, OURS))
    cost = f"processor {statistics.median(ours[2]):.2f} s, peer {statistics.median(theirs[2]):.2f}"
    return [
        Row("s, from the start to the first poll", ours[0], PTB.name, theirs[0], "ours", "less", 1.0, cost),
        Row("MB of memory after the start", ours[1], PTB.name, theirs[1], "ours", "less", 85),
    ]


async def _started(subject: Subject) -> tuple[float, float, float]:
    telegram = Telegram(Crowd(0))
    await telegram.start()
    try:
        async with running(subject, telegram) as at_work:
            cpu = at_work.cpu_seconds
            await at_work.rest()
            return at_work.started, at_work.megabytes, cpu
    finally:
        telegram.stop()


async def faq(effort: Effort) -> list[Row]:
    """How long a question to the FAQ takes to be found, without Telegram and the database."""
    pack = load_content(CONTENT).library.pack("en")
    return [_asked(pack, effort, 2.0), _asked(grown(pack, MANY), effort, 10.0)]


def _asked(pack: Pack, effort: Effort, goal: float) -> Row:
    answers, questions = Answers(), [case.question for case in cases("en")]
    answers.find(pack, "an index is made by the first question")
    gc.collect()
    rounds = [
        statistics.median(times(lambda text: answers.find(pack, text), questions))
        for _ in range(effort.rounds)
    ]
    what = f"ms, a question to the FAQ, {len(pack[FaqFile].faq):,} entries"
    return Row(what, rounds, by="ours", better="less", goal=goal, note=f"{len(questions)} questions")


ROWS: Mapping[str, Callable[[Effort], Coroutine[None, None, list[Row]]]] = {
    "open": open_loop,
    "million": million,
    "bulk": bulk,
    "faq": faq,
    "start": start,
}

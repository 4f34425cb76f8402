"""A hundred thousand people whose tip is due at the same moment: ``make bench-tips``.

Real are the bot (a process of its own, ``python -m bot run`` with the shipped content on an SQLite file), its HTTP, its
lanes, its clock, and everybody's row. The stand-in for Telegram is in the process that measures; each of its answers takes
``--round-trip`` milliseconds. Everybody has just begun. There are three parts:

- *in earnest*: the rate is the usual one. Thirty people tap five times a second in all, first in peace, then, from the
  moment when everybody's tip is due, while tips go out. (Their screens change in place, which takes nothing from the tips.)
  Told are the times from a tap to its new screen, as medians over rounds, how many tips
  reached Telegram in any sliding second, and how much the bot's memory grew.
- *drained*: at 25 a second the rest would take more than an hour. So another process sends it with the limit lifted to
  ``--drain-rate``, with no round trip and nobody tapping. Told is whether everybody got one tip, and again the most in
  a second and the memory.
- *claims*: all are claimed and recorded once more on a copy of the file, in batches of the usual size, without anything
  being sent: the whole work of the database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import psutil

from bot.guide.person import Schedule, Start, Tipped
from bot.guide.ports import Outcome
from bot.outreach.dispatcher import BATCH_SECONDS
from bot.outreach.planning import NOTE
from bot.playground.standin import Call, World, serve
from bot.playground.standin.faults import slow
from bot.store import open_store
from bot.telegram_io.lanes import BULK_RATE
from tests.bench.flood import PEOPLE, Crowd, round_, watched
from tests.faults.halts import most_in_a_second
from tests.faults.subscribers import planned_at
from tests.support.bot_process import TOKEN, BotProcess, environment

FILE = Path(__file__).parents[2] / "build" / "bench" / "tips.json"
DAY = timedelta(days=1)
ROUNDS = 5
"""So that one moment in which the machine was busy with something else does not decide."""

TAPS_A_SECOND = 5
"""So few that the machine is idle but for the tips: what is measured is what these do to the replies."""
WARM_UP_SECONDS = 3.0
SLACK_SECONDS = 4.0
Figures = dict[str, float]


class Memory:
    """The resident memory of a process, in MB, looked at twice a second."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.seen: list[float] = []

    async def watch(self) -> None:
        while True:
            self.seen.append(self._process.memory_info().rss / 1e6)
            await asyncio.sleep(0.5)


@asynccontextmanager
async def bot_at(world: World, database: Path, rate: int) -> AsyncIterator[Memory]:
    """The bot at work at so many messages a second."""
    async with serve(world) as telegram:
        process = BotProcess(
            environment(
                TELEGRAM_BOT_TOKEN=TOKEN,
                BOT_API_URL=telegram.url,
                DATABASE_URL=f"sqlite:///{database}",
                BULK_RATE=str(rate),
                LOG_LEVEL="WARNING",
            ),
            database.parent,
        )
        await process.start()
        assert process.process is not None
        memory = Memory(process.process.pid)
        watcher = asyncio.create_task(memory.watch())
        try:
            yield memory
        finally:
            watcher.cancel()
            await process.stop()


async def subscribe(world: World, database: Path, people: int) -> list[int]:
    """So many people with a plan whose next tip is due tomorrow."""
    now = datetime.now(UTC)
    store = await open_store(f"sqlite:///{database}")
    plan = planned_at(now, now)
    ids: list[int] = []
    for number in range(people):
        person = world.add_person(f"Subscriber {number}")
        person.started = True
        ids.append(person.id)
        await store.save(person.id, [Start(), Schedule(plan, now + DAY)], now)
    # By these rules they were planned.
    await store.take_note(NOTE, version("tzdata"))
    await store.close()
    return ids


async def all_due_at(database: Path, people: Sequence[int], moment: datetime) -> None:
    store = await open_store(f"sqlite:///{database}")
    for first in range(0, len(people), 5_000):
        await store.replan(dict.fromkeys(people[first : first + 5_000], moment))
    await store.close()


class Post:
    """The tips among what has reached Telegram."""

    def __init__(self, world: World, people: Collection[int]) -> None:
        self._world = world
        self._people = people
        self._already = 0

    @property
    def calls(self) -> list[Call]:
        """Those since the last bot began."""
        return [call for call in self._world.calls if self._is_one(call)][self._already :]

    @property
    def got(self) -> Counter[int]:
        """How many each person got, from all bots."""
        mine = (call for call in self._world.calls if self._is_one(call) and call.response.get("ok"))
        return Counter(int(call.params["chat_id"]) for call in mine)

    def another_bot(self) -> None:
        self._already = len(self.calls)

    async def first(self) -> None:
        """Wait until one more has come."""
        so_far = len(self._world.calls)
        await self._world.wait_until(
            lambda: len(self._world.calls) > so_far and self._is_one(self._world.calls[-1]), 60
        )

    def figures(self, rate: int, memory: Memory, before: float) -> Figures:
        calls = self.calls
        return {
            "rate_allowed": rate,
            "tips_sent": len(calls),
            "tips_a_second": len(calls) / (calls[-1].monotonic - calls[0].monotonic),
            "most_in_a_second": most_in_a_second(calls, "sendMessage"),
            "memory_before_mb": before,
            "memory_growth_mb": max(memory.seen) - before,
        }

    def _is_one(self, call: Call) -> bool:
        return call.method == "sendMessage" and int(call.params["chat_id"]) in self._people


async def rounds(crowd: Crowd, seconds: float) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds, each as the median over the rounds."""
    found = [await round_(crowd, seconds / ROUNDS, None, TAPS_A_SECOND) for _ in range(ROUNDS)]
    middle, high = zip(*found, strict=True)
    return statistics.median(middle), statistics.median(high)


async def in_earnest(world: World, database: Path, post: Post, seconds: float, round_trip: float) -> Figures:
    crowd = Crowd(world)
    async with bot_at(world, database, BULK_RATE) as memory:
        await crowd.gather(PEOPLE)
        world.faults.add("*", slow(round_trip / 1000))
        watcher = asyncio.create_task(watched(crowd))
        await round_(crowd, WARM_UP_SECONDS, None, TAPS_A_SECOND)
        peace = await rounds(crowd, seconds)
        assert not post.calls, "tips were due before peace was over"
        before = memory.seen[-1]
        await post.first()
        busy = await rounds(crowd, seconds)
        figures = post.figures(BULK_RATE, memory, before)
        watcher.cancel()
        world.faults.clear()
    replies = {
        "reply_p50_in_peace_ms": peace[0],
        "reply_p50_meanwhile_ms": busy[0],
        "reply_p99_in_peace_ms": peace[1],
        "reply_p99_meanwhile_ms": busy[1],
        "reply_p99_ratio": busy[1] / peace[1],
    }
    return figures | replies


async def drained(world: World, database: Path, post: Post, people: int, rate: int) -> Figures:
    post.another_bot()
    async with bot_at(world, database, rate) as memory:
        await post.first()
        before, seen = memory.seen[-1], 0
        while (got := len(post.got)) < people:
            assert got > seen, "nothing comes any more"
            seen = got
            await asyncio.sleep(10)
        figures = post.figures(rate, memory, before)
    counts = post.got
    return figures | {
        "people_without_a_tip": people - len(counts),
        "people_with_two": sum(count > 1 for count in counts.values()),
    }


async def claims(database: Path, people: Sequence[int]) -> Figures:
    """The database's part alone."""
    now = datetime.now(UTC)
    await all_due_at(database, people, now)
    store = await open_store(f"sqlite:///{database}")
    began, batches = time.perf_counter(), 0
    while batch := await store.due(now, BULK_RATE * BATCH_SECONDS, now + timedelta(minutes=1)):
        batches += 1
        done = [(each.id, each.next_tip_at or now) for each in batch]
        await store.dealt_with([Outcome(id_, (Tipped(at, at + DAY, at.date()),)) for id_, at in done], now)
    took = time.perf_counter() - began
    await store.close()
    return {
        "people": len(people),
        "batches": batches,
        "seconds": took,
        "ms_a_person": took / len(people) * 1e3,
    }


async def measured(people: int, seconds: float, drain_rate: int, round_trip: float) -> Mapping[str, Figures]:
    world = World(TOKEN, keep_calls=people * 2 + 100_000)
    with tempfile.TemporaryDirectory() as folder:
        database, copy = Path(folder) / "bot.db", Path(folder) / "copy.db"
        ids = await subscribe(world, database, people)
        shutil.copy(database, copy)
        alone = await claims(copy, ids)
        wait = timedelta(seconds=WARM_UP_SECONDS + 2 * SLACK_SECONDS + seconds + ROUNDS)
        await all_due_at(database, ids, datetime.now(UTC) + wait)
        post = Post(world, set(ids))
        earnest = await in_earnest(world, database, post, seconds, round_trip)
        rest = await drained(world, database, post, people, drain_rate)
        return {"in earnest": earnest, "drained": rest, "claims": alone}


def table(figures: Mapping[str, Figures]) -> str:
    return "\n".join(
        f"{part:<10} | {name.replace('_', ' '):<24} | {value:>12,.2f}"
        for part, values in figures.items()
        for name, value in values.items()
    )


def check(figures: Mapping[str, Figures]) -> list[str]:
    """What must hold on any machine."""
    found: Counter[str] = Counter()
    for part in ("in earnest", "drained"):
        found[f"{part}: faster than allowed"] += (
            figures[part]["most_in_a_second"] > figures[part]["rate_allowed"]
        )
    found["somebody without a tip"] += figures["drained"]["people_without_a_tip"] > 0
    found["somebody with two"] += figures["drained"]["people_with_two"] > 0
    return sorted(found.elements())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--drain-rate", type=int, default=500)
    parser.add_argument("--round-trip", type=float, default=40.0, metavar="MS")
    options = parser.parse_args()
    figures = asyncio.run(measured(options.people, options.seconds, options.drain_rate, options.round_trip))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(table(figures))
    print(json.dumps(figures))
    if wrong := check(figures):
        raise SystemExit("; ".join(wrong))


if __name__ == "__main__":
    main()

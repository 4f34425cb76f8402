"""One round of a crowd on a subject."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.crowd import Crowd
from tests.bench.subjects import Running, Subject, running
from tests.bench.telegram import Telegram

PEOPLE = 50
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Load:
    """What one round showed. Times are in milliseconds, memory in megabytes."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """The processor's time that a turn took."""
    started: float
    """Seconds from the process's start until it asked for updates."""
    memory: float


async def load(
    subject: Subject,
    seconds: float,
    *,
    people: int = PEOPLE,
    rate: float | None = None,
    first: int = 1_000,
    beside: Callable[[Telegram, Running], Awaitable[None]] | None = None,
) -> Load:
    """Let a crowd tap for so many seconds, after a warm-up. ``beside`` happens meanwhile."""
    crowd = Crowd(people, rate, first)
    telegram = Telegram(crowd)
    await telegram.start()
    try:
        async with running(subject, telegram) as at_work:
            crowd.begin(telegram)
            await asyncio.sleep(WARM_UP_SECONDS)
            crowd.count()
            cpu = at_work.cpu_seconds
            if beside is None:
                await asyncio.sleep(seconds)
            else:
                await beside(telegram, at_work)
            cpu, memory, times = at_work.cpu_seconds - cpu, at_work.megabytes, crowd.times
            crowd.end()
            return _load(times, seconds, cpu, at_work.started, memory)
    finally:
        telegram.stop()


def _load(times: Sequence[float], seconds: float, cpu: float, started: float, memory: float) -> Load:
    if len(times) < 2:
        raise RuntimeError("hardly anything was answered")
    ordered = sorted(times)
    return Load(
        rate=len(times) / seconds,
        p50=statistics.median(ordered) * 1000,
        p99=ordered[int(len(ordered) * 0.99)] * 1000,
        cpu=cpu / len(times) * 1000,
        started=started,
        memory=memory,
    )


async def in_turns(
    subjects: Sequence[Subject], rounds: int, one: Callable[[Subject], Awaitable[Load]]
) -> Mapping[str, Sequence[Load]]:
    """Rounds of all subjects by turns, so that what else the machine does hits all of them alike."""
    loads: dict[str, list[Load]] = {subject.name: [] for subject in subjects}
    for _ in range(rounds):
        for subject in subjects:
            loads[subject.name].append(await one(subject))
    return loads

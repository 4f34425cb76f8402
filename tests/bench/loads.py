"""One round of a crowd on a subject."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tests.bench.crowd import Crowd
from tests.bench.subjects import Running, Subject, running
from tests.bench.telegram import Telegram

PEOPLE = 50
WARM_UP_SECONDS = 0.4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: more rounds and longer ones say more."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """What one round showed. Times are in milliseconds, memory in megabytes."""

    rate: float
    """Taps a second that were answered and shown."""
    p50: float
    p99: float
    cpu: float
    """The processor's time that a tap took."""
    busy: float
    """The share of its core that the load generator took. Where it comes near 1, it is what was measured."""
    memory: float
    sent: float
    """New messages a second."""
    stop: float = 0.0
    """Seconds that it took to end."""


async def load(subject: Subject, seconds: float, crowd: Crowd | None = None, *, rested: bool = True) -> Load:
    """Let a crowd tap for so many seconds, after a warm-up. Raises if a tap was lost, or had two answers or screens.

    ``rested``: it begins once the subject has nothing else to do.
    """
    crowd = crowd or Crowd(PEOPLE)
    telegram = Telegram(crowd)
    await telegram.start()
    try:
        async with running(subject, telegram) as at_work:
            if rested:
                await at_work.rest()
            await crowd.begin(telegram.push)
            await asyncio.sleep(WARM_UP_SECONDS)
            result = await _counted(crowd, telegram, at_work, seconds)
            await crowd.end()
    finally:
        telegram.stop()
    balance = {
        crowd.taps,
        crowd.ends,
        telegram.calls["answerCallbackQuery"],
        telegram.calls["editMessageText"],
    }
    if (faults := +crowd.faults) or len(balance) > 1:
        raise RuntimeError(f"{subject.name}: {crowd.taps} taps, {telegram.calls}, {dict(faults)}")
    return replace(result, stop=at_work.stopped)


async def _counted(crowd: Crowd, telegram: Telegram, at_work: Running, seconds: float) -> Load:
    crowd.count()
    began, cpu, ours = time.perf_counter(), at_work.cpu_seconds, time.process_time()
    sent = telegram.calls["sendMessage"]
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    times = sorted(crowd.times)
    if len(times) < 2:
        raise RuntimeError(f"of {crowd.taps} taps hardly any was answered in {took:.1f} s: {telegram.calls}")
    return Load(
        rate=len(times) / took,
        p50=statistics.median(times) * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        cpu=(at_work.cpu_seconds - cpu) / len(times) * 1000,
        busy=(time.process_time() - ours) / took,
        memory=at_work.megabytes,
        sent=(telegram.calls["sendMessage"] - sent) / took,
    )


async def in_turns(
    subjects: Sequence[Subject], rounds: int, one: Callable[[Subject], Awaitable[T]]
) -> Mapping[str, Sequence[T]]:
    """Rounds of all subjects by turns, so that what else the machine does hits all of them alike."""
    found: dict[str, list[T]] = {subject.name: [] for subject in subjects}
    for _ in range(rounds):
        for subject in subjects:
            found[subject.name].append(await one(subject))
    return found


def each(loads: Sequence[Load], what: str) -> list[float]:
    """One figure of all rounds."""
    return [getattr(load, what) for load in loads]

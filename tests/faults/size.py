"""How much is tried: a little in every test run, all of it under ``make faults``."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``…_seconds`` are how long a trouble is kept up at least; 0: only until it was met."""

    name: str
    walkers: int
    kills: int
    """At random moments."""
    kills_a_point: int
    kill_after: int
    """The most turns that a process lives for, about. If each died at its first one, ten times in a row at the same
    update, that would be put away."""
    stops: int
    walks: int
    taps: int
    fuzzed: int
    refusals: int
    halts: tuple[int, ...]
    """The ``retry_after`` that are told, in seconds."""
    bulk: int
    bulk_rate: int
    broadcast: int
    """People whom a broadcast goes to."""
    broadcast_rate: int
    lost_answers: int
    lock_seconds: float
    restarts: int
    outages: int
    outage_seconds: float
    tips: int


SMALL = Size(
    name="small",
    walkers=4,
    kills=2,
    kills_a_point=1,
    kill_after=8,
    stops=2,
    walks=2,
    taps=300,
    fuzzed=500,
    refusals=12,
    halts=(1,),
    bulk=10,
    bulk_rate=5,
    broadcast=200,
    broadcast_rate=50,
    lost_answers=12,
    lock_seconds=0,
    restarts=1,
    outages=3,
    outage_seconds=0,
    tips=60,
)

FULL = Size(
    name="full",
    walkers=8,
    kills=200,
    kills_a_point=10,
    kill_after=40,
    stops=50,
    walks=50,
    taps=5_000,
    fuzzed=50_000,
    refusals=400,
    halts=(1, 2, 3, 4, 5),
    bulk=250,
    bulk_rate=25,
    broadcast=20_000,
    broadcast_rate=1_000,
    lost_answers=1_000,
    lock_seconds=10,
    restarts=10,
    outages=3,
    outage_seconds=60,
    tips=5_000,
)

SIZE = FULL if os.environ.get("FAULTS") == "full" else SMALL
"""What this run proves."""

IS_FULL = SIZE is FULL

SEED = int(os.environ.get("FAULTS_SEED", "20261123"))
"""Of everything drawn at random, so that a run can be repeated."""

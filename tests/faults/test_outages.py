"""The Bot API is gone for a while: the bot keeps calling, less and less often, and goes on when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import cycle
from pathlib import Path

import psutil

from bot.playground.standin import faults
from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES, spread
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import IS_FULL, SEED, SIZE
from tests.faults.stage import Stage, stage
from tests.faults.waiting import until
from tests.faults.walking import Walker, advance, walking

NEVER_SECONDS = 600.0
CALLS_EACH = 15
"""What the same call is repeated at most in a minute, with pauses that double up to 30 s, each cut by up to a half."""

BUSIEST_SHARE = 0.2
"""Of one core."""

Outage = Callable[[Stage], AbstractAsyncContextManager[Callable[[], int]]]


@asynccontextmanager
async def hangs_up(place: Stage) -> AsyncIterator[Callable[[], int]]:
    rule = place.world.faults.add("*", faults.reset())
    place.world.updates.release_poller()
    yield lambda: rule.struck
    place.world.faults.clear()


@asynccontextmanager
async def bad_gateway(place: Stage) -> AsyncIterator[Callable[[], int]]:
    rule = place.world.faults.add("*", faults.server_error(502))
    place.world.updates.release_poller()
    yield lambda: rule.struck
    place.world.faults.clear()


@asynccontextmanager
async def port_closed(place: Stage) -> AsyncIterator[Callable[[], int]]:
    """Nobody listens, so nobody counts: the bot's log does."""
    before = place.log.count(WAITS)
    async with place.no_telegram():
        yield lambda: place.log.count(WAITS) - before


WAITS = "bot.telegram_io.tries: waiting "


async def test_outages_are_waited_out_without_a_busy_loop(url: str, tmp_path: Path, reader: Reader) -> None:
    calls, recovered, busy = list[int](), list[float](), list[float]()
    async with stage(url, tmp_path) as place:
        walkers = [
            Walker(place.world, reader, SEED + number, NEVER_SECONDS) for number in range(SIZE.walkers)
        ]
        await place.start()
        async with walking(walkers):
            outages: cycle[Outage] = cycle((hangs_up, bad_gateway, port_closed))
            for _, outage in zip(range(SIZE.outages), outages, strict=False):
                await advance(place.world, walkers)
                assert place.process is not None
                process = psutil.Process(place.process.pid)
                async with outage(place) as made:
                    began, used = asyncio.get_running_loop().time(), cpu_seconds(process)
                    await until_met(place, made)
                    await asyncio.sleep(SIZE.outage_seconds)
                    calls.append(made())
                    busy.append((cpu_seconds(process) - used) / (asyncio.get_running_loop().time() - began))
                recovered.append(await advance(place.world, walkers))
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(place.world, place.database, walkers)
    FIGURES.add(
        "Bot API outages",
        place.database.kind,
        outages=SIZE.outages,
        seconds_each=SIZE.outage_seconds,
        calls_in_each=" ".join(map(str, calls)),
        share_of_a_core=round(max(busy), 3),
        recovery_max_s=spread(recovered)[1],
        lost=len(verdict.lost),
        sent_again=verdict.again,
    )
    assert verdict.lost == []
    assert verdict.retries == 0
    # Polling, and for each person the screen and the answer to the tap.
    assert max(calls) <= CALLS_EACH * (1 + 2 * SIZE.walkers)
    assert not IS_FULL or max(busy) < BUSIEST_SHARE


async def until_met(place: Stage, made: Callable[[], int]) -> None:
    """Until somebody's screen had to wait."""
    before = place.log.count(WAITS)

    async def met() -> bool:
        return place.log.count(WAITS) > before and made() > 0

    await until(met)


def cpu_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)

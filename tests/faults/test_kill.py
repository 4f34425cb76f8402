"""``kill -9`` at random moments and at each named point of the code, while people walk."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.telegram_io.points import POINTS, Point
from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import SEED, SIZE
from tests.faults.stage import Stage, stage
from tests.faults.walking import Hasty, Walker, walking

KILLABLE = "tests.faults.killable"
BURST = 5
"""What the hasty one says at once each time."""


@dataclass(frozen=True)
class Kill:
    """At the ``times``-th time that a point is reached; without one, so many calls after the start and a moment."""

    point: Point | None
    times: int
    moment: float = 0.0


def kills(random_ones: int, at_each_point: int, seed: int) -> Sequence[Kill]:
    draw = random.Random(seed)
    plan = [
        Kill(None, draw.randint(0, 2 * SIZE.kill_after), draw.uniform(0, 0.03)) for _ in range(random_ones)
    ]
    plan += [Kill(point, draw.randint(1, SIZE.kill_after)) for point in POINTS * at_each_point]
    draw.shuffle(plan)
    return plan


async def test_a_kill_at_any_moment_loses_nothing_that_was_shown_and_no_update(
    served: tuple[str, str], tmp_path: Path, reader: Reader
) -> None:
    plan = kills(SIZE.kills, SIZE.kills_a_point, SEED)
    url, way = served
    async with stage(url, tmp_path, way) as place:
        walkers = [Walker(place.world, reader, SEED + number) for number in range(SIZE.walkers)]
        hasty = Hasty(place.world, reader, SEED - 1)
        async with walking(walkers):
            for kill in plan:
                hasty.rush(BURST)
                await die(place, kill)
            await place.start()
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(place.world, place.database, [*walkers, hasty])
    FIGURES.add(
        f"kill -9, {way}",
        place.database.kind,
        kills=len(plan),
        updates=verdict.updates,
        acts=verdict.acts,
        lost=len(verdict.lost),
        unsound=len(verdict.unsound),
        sent_again=verdict.again,
    )
    assert verdict.lost == []
    assert verdict.unsound == []
    assert verdict.again <= len(plan) * (SIZE.walkers + 1)
    assert " ERROR " not in place.log
    assert "Traceback" not in place.log


async def die(place: Stage, kill: Kill) -> None:
    """Start the bot and have it killed."""
    if kill.point is not None:
        await place.start(KILLABLE, kill.point, str(kill.times))
        assert await place.ended() == -signal.SIGKILL, place.log
        return
    before = place.calls()
    await place.start()
    await place.until_calls(before + kill.times)
    # Somewhere between two calls.
    await asyncio.sleep(kill.moment)
    await place.kill()

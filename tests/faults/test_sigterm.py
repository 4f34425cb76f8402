"""SIGTERM under load: what is in hand is finished, the rest waits, nothing is lost and nothing comes twice."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES, spread
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import IS_FULL, SEED, SIZE
from tests.faults.stage import stage
from tests.faults.walking import Hasty, Walker, walking

LONGEST_SECONDS = 10
BURST = 30
"""What the hasty one says at once each time, more than is served at once."""


async def test_sigterm_loses_nothing_and_nothing_comes_twice(
    served: tuple[str, str], tmp_path: Path, reader: Reader
) -> None:
    draw, seconds = random.Random(SEED), list[float]()
    url, way = served
    async with stage(url, tmp_path, way) as place:
        walkers = [Walker(place.world, reader, SEED + number) for number in range(SIZE.walkers)]
        hasty = Hasty(place.world, reader, SEED - 1)
        async with walking(walkers):
            for _ in range(SIZE.stops):
                hasty.rush(BURST)
                after = place.calls() + draw.randint(5, 60)
                await place.start()
                await place.until_calls(after)
                seconds.append(await place.stop())
            await place.start()
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(place.world, place.database, [*walkers, hasty])
    median, most = spread(seconds)
    FIGURES.add(
        f"SIGTERM under load, {way}",
        place.database.kind,
        stops=SIZE.stops,
        updates=verdict.updates,
        lost=len(verdict.lost),
        twice=verdict.again,
        unsound=len(verdict.unsound),
        exit_median_s=median,
        exit_max_s=most,
    )
    assert verdict.lost == []
    assert verdict.again == 0
    assert verdict.unsound == []
    assert " ERROR " not in place.log
    assert not IS_FULL or most <= LONGEST_SECONDS

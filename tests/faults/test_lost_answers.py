"""Answers that get lost after the act, proxies' errors, resets, slowness: everybody sees their screen all the same."""

from __future__ import annotations

from pathlib import Path

from bot.playground.standin import faults
from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import SEED, SIZE
from tests.faults.stage import stage
from tests.faults.walking import Walker, walking

SHARE = 0.025
"""Of each kind of trouble."""

TROUBLES = (
    faults.lose_answer(),
    faults.server_error(502),
    faults.server_error(500, html=False, acts=True),
    faults.reset(),
    faults.not_json(acts=True),
    faults.slow(0.3),
)
NEVER_SECONDS = 600.0


async def test_no_screen_is_lost_when_answers_are(url: str, tmp_path: Path, reader: Reader) -> None:
    async with stage(url, tmp_path) as place:
        world = place.world
        rules = [world.faults.add("*", trouble, share=SHARE) for trouble in TROUBLES]
        walkers = [Walker(world, reader, SEED + number, NEVER_SECONDS) for number in range(SIZE.walkers)]
        await place.start()
        async with walking(walkers):
            await world.wait_until(
                lambda: sum(rule.struck for rule in rules) >= SIZE.lost_answers, NEVER_SECONDS
            )
            calls = len(world.calls)
            world.faults.clear()
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(world, place.database, walkers)
    FIGURES.add(
        "answers lost, 5xx, resets, slow",
        place.database.kind,
        calls=calls,
        troubled=sum(rule.struck for rule in rules),
        acts=verdict.acts,
        lost=len(verdict.lost),
        tried_again_by_people=verdict.retries,
        sent_again=verdict.again,
    )
    assert verdict.lost == []
    assert verdict.retries == 0
    assert " ERROR " not in place.log

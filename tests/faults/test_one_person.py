"""One person who taps thousands of times, while as many workers as there may be take the updates."""

from __future__ import annotations

import random

from bot.guide.taps import encode
from tests.faults.feeding import batches, fed, tapped
from tests.faults.figures import FIGURES
from tests.faults.size import SEED, SIZE
from tests.telegram_io.fakes import Count, SmallGuide

WORKERS = {"sqlite": 1, "postgresql": 8}
"""An SQLite file is served by one process, which does one turn at a time for a person, too."""

MESSAGES = 3
"""Taps on one message are handled together where they pile up."""


async def test_each_tap_has_its_turn_once_and_turns_never_overlap(url: str) -> None:
    draw = random.Random(SEED)
    workers = WORKERS[url.partition(":")[0]]
    async with fed(url, lambda username: SmallGuide(), workers) as bots:
        ann = bots.world.add_person("Ann")
        ann.started = True
        taps = [
            tapped(number, ann.id, encode(Count(number)), 1 + number * MESSAGES // SIZE.taps)
            for number in range(1, SIZE.taps + 1)
        ]
        # Most are delivered again, some at once, some much later.
        again = [(index + draw.randint(0, 500), tap) for index, tap in enumerate(taps) if draw.random() < 0.7]
        delivered = sorted([*enumerate(taps), *again], key=lambda each: each[0])
        for batch in batches([tap for _, tap in delivered], draw):
            bots.feed.give(batch)
        await bots.drained({tap["update_id"] for tap in taps})
        counted = await bots.database.rows("SELECT value FROM marks WHERE kind = 'count' AND item = 'taps'")
        dead = await bots.database.rows("SELECT reason FROM dead_letters")
    FIGURES.add(
        "one person's taps",
        bots.database.kind,
        workers=workers,
        taps=len(taps),
        deliveries=len(delivered),
        turns=int(counted[0][0]),
        double_turns=max(0, int(counted[0][0]) - len(taps)),
        lost=max(0, len(taps) - int(counted[0][0])),
    )
    assert counted == [(str(len(taps)),)]
    assert dead == []

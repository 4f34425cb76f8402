"""Nonsense from Telegram: nothing ends the bot, nothing holds up others, and memory stays as it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from itertools import count, cycle
from pathlib import Path
from typing import Any

import psutil
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.faults import mutants
from tests.faults.databases import until_empty
from tests.faults.feeding import Feed, said
from tests.faults.figures import FIGURES
from tests.faults.size import IS_FULL, SEED, SIZE
from tests.faults.stage import Stage, stage

TOGETHER = 20
PEOPLE = 199
"""No divisor of it divides a batch, so that each of them gets some of everything."""

GROWTH_MB = 30
"""In the second half of the full size: far less than a leak of a kilobyte an update."""

FIRST_ID, FIRST_SENTINEL_ID = 1, 5_000_000_000
SENTINELS_EACH = 50


class Fuzz:
    """Feeds a bot, and sees to it after each batch that somebody who writes gets an answer."""

    def __init__(self, place: Stage) -> None:
        self.place = place
        self.feed = Feed()
        self.fed = 0
        self.memory: list[float] = []
        self._ids = count(FIRST_ID)
        self._sentinel_ids = count(FIRST_SENTINEL_ID)
        authors = [self._author(f"Ann {number}") for number in range(PEOPLE)]
        valid = mutants.valid_updates(place.world, authors[0])
        self.updates = mutants.updates(valid, authors[0], cycle(authors))
        place.world.adopt(self.feed)

    def _author(self, name: str) -> mutants.Author:
        person = self.place.world.add_person(name)
        person.started = True
        return mutants.Author(person.id, self.place.world.add_group(f"{name} and friends"))

    async def batch(self, updates: list[Any]) -> None:
        for update in updates:
            if isinstance(update, dict) and "update_id" in update and update["update_id"] is None:
                update["update_id"] = next(self._ids)
        world, number = self.place.world, next(self._sentinel_ids)
        # A new one now and then, so that no chat grows long.
        if number % SENTINELS_EACH == 0 or not self.memory:
            self._sentinel = world.add_person("Sentinel")
            self._sentinel.started = True
        before = len(world.chat(self._sentinel.id))
        self.feed.give([*updates, said(number, self._sentinel.id, "/help")])
        await self.place.until(lambda: len(world.chat(self._sentinel.id)) > before)
        self.fed += len(updates)
        assert self.place.process is not None
        self.memory.append(psutil.Process(self.place.process.pid).memory_info().rss / 2**20)


def test_no_update_ends_the_bot_or_holds_up_others(url: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        place = runner.run(stack.enter_async_context(stage(url, tmp_path)))
        try:
            fuzz = Fuzz(place)
            runner.run(place.start())

            @seed(SEED)
            @settings(
                max_examples=SIZE.fuzzed // TOGETHER,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )
            @given(st.lists(fuzz.updates, min_size=TOGETHER, max_size=TOGETHER))
            def feed(updates: list[Any]) -> None:
                runner.run(fuzz.batch(updates))

            feed()
            runner.run(finish(fuzz))
        finally:
            runner.run(stack.aclose())


async def finish(fuzz: Fuzz) -> None:
    place = fuzz.place
    await until_empty(place.database)
    await place.stop()
    reasons = Counter(reason for (reason,) in await place.database.rows("SELECT reason FROM dead_letters"))
    ((kept,),) = await place.database.rows("SELECT COUNT(*) FROM known_updates")
    half = fuzz.memory[len(fuzz.memory) // 2]
    FIGURES.add(
        "fuzzed updates",
        place.database.kind,
        updates=fuzz.fed,
        with_an_id=kept - len(fuzz.memory),
        stuck=0,
        buried=sum(reasons.values()),
        buried_as_unreadable=sum(
            number for reason, number in reasons.items() if reason.startswith("unreadable")
        ),
        memory_at_half_mb=round(half),
        memory_at_end_mb=round(fuzz.memory[-1]),
    )
    assert await place.database.complaints() == []
    assert not IS_FULL or fuzz.memory[-1] - half < GROWTH_MB

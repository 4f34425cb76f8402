"""What one person who floods does to everybody else: ``python -m tests.bench.flood``.

Thirty people tap thirty times a second in all, as a crowd does: a tap does not wait for the one before. Rounds in
peace, with somebody who sends 500 messages a second, and with somebody who taps 500 times a second alternate, each with
a bot process and an SQLite file of its own, so that none has the backlog of another to work off. Told are the times from
a tap to its new screen, as medians over the rounds; the peer is the same bot left in peace.

Every answer of the stand-in takes ``--round-trip`` milliseconds, as it does to a server of Telegram's from the same
continent; 0 shows what the bot alone adds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.guide.taps import Go, encode
from bot.playground.standin import World
from bot.playground.standin.faults import slow
from tests.support.bot_process import TOKEN, running_bot

PEOPLE, TAPS_A_SECOND, FLOOD_A_SECOND = 30, 30, 500
SCREENS = ("steps", "faq", "checklist", "menu")


@dataclass
class Crowd:
    """People who tap, and when each tap got its screen."""

    world: World
    messages: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, float] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    tapped: int = 0

    async def gather(self, people: int) -> None:
        for number in range(people):
            person = self.world.add_person(f"Person {number}").id
            self.world.say(person, "/menu")
            await self.world.wait_until(lambda person=person: len(self.world.chat(person)) == 2, 20)  # type: ignore[misc]
            self.messages[person] = self.world.chat(person)[-1]["message_id"]

    def tap(self) -> None:
        """The next person who is not waiting taps the next screen's button."""
        free = [person for person in self.messages if person not in self.waiting]
        if free:
            self.tapped += 1
            person = free[self.tapped % len(free)]
            self.waiting[person] = time.perf_counter()
            self.world.tap(
                person, self.messages[person], encode(Go(SCREENS[self.tapped // PEOPLE % len(SCREENS)]))
            )

    def noticed(self, event: dict[str, Any]) -> None:
        if event["type"] == "call" and event["call"].method == "editMessageText":
            person = int(event["call"].params["chat_id"])
            if began := self.waiting.pop(person, None):
                self.times.append((time.perf_counter() - began) * 1000)


async def watched(crowd: Crowd) -> None:
    events = crowd.world.subscribe()
    while True:
        crowd.noticed(await events.get())


class Flooder:
    """One person who sends messages, or taps one button, as fast as told."""

    def __init__(self, world: World, kind: str) -> None:
        self._world = world
        self._kind = kind
        self._person = world.add_person("Flooder").id
        self._message = 0

    async def begin(self) -> None:
        self._world.say(self._person, "/menu")
        await self._world.wait_until(lambda: len(self._world.chat(self._person)) == 2, 20)
        self._message = self._world.chat(self._person)[-1]["message_id"]

    def act(self) -> None:
        if self._kind == "tap":
            self._world.tap(self._person, self._message, encode(Go("steps")))
        else:
            self._world.say(self._person, "again and again")


async def round_(
    crowd: Crowd, seconds: float, flooder: Flooder | None, a_second: float = TAPS_A_SECOND
) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds, of one round of so many taps ``a_second``."""
    if flooder is not None:
        await flooder.begin()
    crowd.times.clear()
    began, taps, acts = time.perf_counter(), 0, 0
    while (now := time.perf_counter() - began) < seconds:
        while taps < now * a_second:
            crowd.tap()
            taps += 1
        while flooder is not None and acts < now * FLOOD_A_SECOND:
            flooder.act()
            acts += 1
        await asyncio.sleep(0.002)
    await asyncio.sleep(0.5)
    return statistics.median(crowd.times), statistics.quantiles(crowd.times, n=100)[98]


async def with_a_new_bot(kind: str, seconds: float, round_trip: float) -> tuple[float, float]:
    """One round's figures."""
    world = World(TOKEN)
    with tempfile.TemporaryDirectory() as folder:
        async with running_bot(world, Path(folder) / "bot.db", LOG_LEVEL="WARNING"):
            crowd = Crowd(world)
            await crowd.gather(PEOPLE)
            if round_trip:
                world.faults.add("*", slow(round_trip / 1000))
            watcher = asyncio.create_task(watched(crowd))
            await round_(crowd, 2.0, None)  # to warm up
            try:
                return await round_(crowd, seconds, None if kind == "peace" else Flooder(world, kind))
            finally:
                watcher.cancel()


async def measured(rounds: int, seconds: float, round_trip: float) -> dict[str, float]:
    found: dict[str, list[tuple[float, float]]] = {"peace": [], "text": [], "tap": []}
    for _ in range(rounds):
        for kind, times in found.items():
            times.append(await with_a_new_bot(kind, seconds, round_trip))
    figures = {
        f"{kind}_{name}_ms": statistics.median(values)
        for kind, times in found.items()
        for name, values in zip(("p50", "p99"), zip(*times, strict=True), strict=True)
    }
    ratios = {
        f"{kind}_p99_ratio": figures[f"{kind}_p99_ms"] / figures["peace_p99_ms"] for kind in ("text", "tap")
    }
    return figures | ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--round-trip", type=float, default=40.0, metavar="MS")
    options = parser.parse_args()
    print(json.dumps(asyncio.run(measured(options.rounds, options.seconds, options.round_trip)), indent=2))


if __name__ == "__main__":
    main()

"""What is counted of turns and calls, at the edge where they happen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.guide.action import Event
from bot.guide.person import Person, Seen
from bot.guide.ports_meter import Lane, Outcome, Part, Unmetered
from bot.guide.screen import Turn
from bot.playground.standin import World, faults
from bot.playground.standin import serve as serve_world
from bot.telegram_io.connection import build
from bot.telegram_io.service import serve
from tests.telegram_io.chatting import Visitor
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import NOW, MemoryStore, SmallGuide


class Notes(Unmetered):
    """Keeps all that is counted."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def received(self, new: int, known: int) -> None:
        self.counts.update({"new": new, "known": known})

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        assert 0 <= seconds < 60
        self.counts[f"{area} {outcome}"] += 1

    def counted(self, name: str) -> None:
        self.counts[name] += 1

    def called(self, lane: Lane, outcome: str) -> None:
        self.counts[f"{lane} {outcome}"] += 1

    def beat(self, part: Part) -> None:
        self.counts[part] += 1


class Seeing(SmallGuide):
    """Sees everybody in each of their turns."""

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        turn = super().turn(person, event, now)
        return replace(turn, changes=(*turn.changes, Seen("en")), counts=("a question",))


class AtWork:
    """A bot that counts in ``notes``; ``now`` is its time."""

    def __init__(self, url: str) -> None:
        self.notes, self.now = Notes(), NOW
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(
            serve(
                build(TOKEN, url, meter=self.notes),
                lambda username: Seeing(),
                MemoryStore(),
                lambda: self.now,
                stop=self._stop,
                meter=self.notes,
            )
        )

    async def stop(self) -> None:
        self._stop.set()
        await self._task


@pytest.fixture
async def bot(world: World) -> AsyncIterator[AtWork]:
    async with serve_world(world) as server:
        yield AtWork(server.url)


async def test_turns_calls_and_movements_are_counted(world: World, bot: AtWork) -> None:
    ann = Visitor(world, "Ann")
    await ann.says("/start")
    await ann.says("hello")
    world.faults.add("sendMessage", faults.too_many(1), times=1)
    await ann.says("again")
    await bot.stop()
    counts = bot.notes.counts
    assert (counts["new"], counts["welcome shown"], counts["echo shown"]) == (3, 1, 2)
    assert (counts["reply done"], counts["reply halted"]) == (3, 1)
    assert counts["a question"] == 3
    assert counts["intake"] >= 1
    assert counts["worker"] >= 1


async def test_somebody_counts_as_active_once_a_day(world: World, bot: AtWork) -> None:
    ann, ben = Visitor(world, "Ann"), Visitor(world, "Ben")
    for _ in range(3):
        await ann.says("hello")
    await ben.says("hello")
    bot.now += timedelta(days=1)
    await ann.says("hello")
    await bot.stop()
    assert bot.notes.counts["active"] == 3

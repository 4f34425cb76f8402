"""The load generator counts rightly, and what the benchmarks show can be read. How fast anything is, is not tested."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import open_store
from tests.bench.crowd import Crowd
from tests.bench.loads import Load, in_turns
from tests.bench.people import KNOWN, with_people
from tests.bench.subjects import AIOGRAM, CEILING, OURS, PTB, WEBHOOK, Subject, pickled, running
from tests.bench.table import Row, keep, table
from tests.bench.telegram import Telegram
from tests.faults.waiting import until


async def until_true(holds: Callable[[], bool]) -> None:
    async def look() -> bool:
        return holds()

    await until(look)


@pytest.mark.parametrize("subject", [CEILING, PTB, AIOGRAM, OURS, WEBHOOK, Subject("pickled", pickled(10))])
async def test_every_tap_that_counts_was_answered_and_shown_once(subject: Subject) -> None:
    crowd = Crowd(3)
    telegram = Telegram(crowd)
    await telegram.start()
    async with running(subject, telegram):
        crowd.begin(telegram)
        crowd.count()
        await until_true(lambda: len(crowd.times) >= 30)
        counted, answered = crowd.ends, telegram.calls["answerCallbackQuery"]
        shown = telegram.calls["editMessageText"] + telegram.calls["sendMessage"] - 3
        crowd.end()
    telegram.stop()
    assert len(crowd.times) == counted
    # Those of the three who are in the middle of a tap have perhaps half of it.
    assert counted <= answered <= counted + 3
    assert counted <= shown <= counted + 3
    assert crowd.taps == counted + 3


async def test_subjects_are_measured_by_turns() -> None:
    order: list[str] = []

    async def one(subject: Subject) -> Load:
        order.append(subject.name)
        return Load(1, 1, 1, 1, 1, 1)

    loads = await in_turns((PTB, OURS), 3, one)
    assert order == [PTB.name, OURS.name] * 3
    assert {name: len(each) for name, each in loads.items()} == {PTB.name: 3, OURS.name: 3}


async def test_taps_of_an_open_loop_come_though_nothing_is_answered() -> None:
    crowd = Crowd(10, rate=500)
    telegram = Telegram(crowd)
    await telegram.start()
    crowd.begin(telegram)
    for person in crowd.people:
        crowd.shown(person, 5, [])
    await until_true(lambda: crowd.taps == 10)
    crowd.end()
    telegram.stop()
    assert crowd.ends == 0


def test_a_file_of_people_is_as_the_bot_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    assert with_people(path, 50) > 100

    async def ticks(person: int) -> int:
        store = await open_store(f"sqlite:///{path}")
        try:
            return len((await store.person(person)).marks.kinds["task"])
        finally:
            await store.close()

    assert [asyncio.run(ticks(KNOWN + number)) for number in (0, 49)] == [3, 3]


def test_the_table_says_what_was_missed_and_is_kept(tmp_path: Path) -> None:
    rows = [
        Row("turns", 5.0, 4.5, "more", "many"),
        Row("memory", 99.0, 85.0, "less", "much"),
    ]
    turns, memory = table(rows).splitlines()[-2:]
    assert "met" in turns
    assert "MISSED" in memory
    keep(rows, tmp_path / "build" / "bench.json")
    kept = json.loads((tmp_path / "build" / "bench.json").read_text())["rows"]
    assert [row["met"] for row in kept] == [True, False]

"""The load generator counts rightly, and what the benchmarks show can be read. How fast anything is, is not tested."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bot.store import open_store
from tests.bench.__main__ import main
from tests.bench.crowd import FIRST_PERSON, Crowd
from tests.bench.loads import in_turns
from tests.bench.people import KNOWN, scattered, with_people
from tests.bench.subjects import AIOGRAM, NO_BOT, OURS, PTB, WEBHOOK, Subject, pickled, running
from tests.bench.table import Row, keep, table
from tests.bench.telegram import Shown, Telegram
from tests.faults.waiting import until


async def until_true(holds: Callable[[], bool]) -> None:
    async def look() -> bool:
        return holds()

    await until(look)


@pytest.mark.parametrize(
    "subject", [NO_BOT, PTB, AIOGRAM, pickled(10), OURS, WEBHOOK], ids=lambda each: each.name
)
async def test_every_tap_that_counts_was_answered_once_and_shown_once(subject: Subject) -> None:
    crowd = Crowd(3)
    telegram = Telegram(crowd)
    await telegram.start()
    async with running(subject, telegram):
        await crowd.begin(telegram.push)
        crowd.count()
        await until_true(lambda: len(crowd.times) >= 30)
        await crowd.end()
    telegram.stop()
    assert (
        crowd.ends == crowd.taps == telegram.calls["answerCallbackQuery"] == telegram.calls["editMessageText"]
    )
    assert telegram.calls["sendMessage"] == 3
    assert not +crowd.faults


MESSAGE = 7
KEYBOARD = [[{"text": "One", "callback_data": "echo:1"}], [{"text": "Two", "callback_data": "echo:2"}]]


def screen(face: str, *, person: int = FIRST_PERSON, message: int = MESSAGE, edited: bool = True) -> Shown:
    return Shown(person, message, edited, KEYBOARD, face)


def query(update: dict[str, Any]) -> str:
    """The tap that is asked to be answered."""
    return str(update["callback_query"]["id"])


@asynccontextmanager
async def entered(crowd: Crowd, people: int = 1) -> AsyncIterator[list[dict[str, Any]]]:
    """So many who have their first screen; the updates there are, without those with which they began."""
    updates: list[dict[str, Any]] = []
    beginning = asyncio.create_task(crowd.begin(updates.append))
    await until_true(lambda: len(updates) == people)
    updates.clear()
    for number in range(people):
        crowd.shown(screen("first", person=FIRST_PERSON + number, edited=False))
    await beginning
    yield updates


async def test_a_tap_ends_with_both_its_answer_and_its_screen() -> None:
    crowd = Crowd(1)
    async with entered(crowd) as updates:
        (tap,) = updates
        assert tap["callback_query"]["data"] in ("echo:1", "echo:2")
        crowd.answered(query(tap))
        assert (crowd.ends, len(updates)) == (0, 1)
        crowd.shown(screen("second"))
        assert (crowd.ends, len(updates)) == (1, 2)
    assert not +crowd.faults


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (screen("first"), "a screen that is as before"),
        (screen("second", edited=False), "a screen that nobody asked for"),
        (screen("second", message=MESSAGE + 1), "a screen that nobody asked for"),
    ],
)
async def test_a_wrong_screen_is_a_fault(wrong: Shown, fault: str) -> None:
    crowd = Crowd(1)
    async with entered(crowd):
        crowd.shown(wrong)
    assert +crowd.faults == {fault: 1}


async def test_the_end_waits_for_what_was_tapped() -> None:
    crowd = Crowd(1)
    async with entered(crowd) as updates:
        ending = asyncio.create_task(crowd.end())
        await asyncio.sleep(0)
        crowd.answered(query(updates[0]))
        crowd.shown(screen("second"))
        await ending
        assert len(updates) == crowd.taps == crowd.ends == 1
    assert not +crowd.faults


async def test_a_second_screen_and_a_second_answer_are_faults() -> None:
    crowd = Crowd(1)
    async with entered(crowd) as updates:
        crowd.shown(screen("second"))
        crowd.shown(screen("third"))
        crowd.answered(query(updates[0]))
        crowd.answered(query(updates[0]))
    assert +crowd.faults == {
        "a screen that nobody asked for": 1,
        "an answer to no tap, or a second one": 1,
    }


async def test_taps_of_an_open_loop_come_though_nothing_is_answered_and_wait_for_somebody_free() -> None:
    crowd = Crowd(2, rate=500)
    async with entered(crowd, people=2) as updates:
        await until_true(lambda: crowd.overdue > 0)
        assert len(updates) == 2
        ending = asyncio.create_task(crowd.end())
        await asyncio.sleep(0)
        for update in updates:
            crowd.shown(screen("second", person=update["callback_query"]["from"]["id"]))
            crowd.answered(query(update))
        await ending
    assert crowd.ends == 2
    assert not +crowd.faults


async def test_who_stays_for_some_taps_makes_room_for_another() -> None:
    crowd = Crowd(1, stay=1)
    async with entered(crowd) as updates:
        crowd.answered(query(updates[0]))
        crowd.shown(screen("second"))
        assert updates[-1]["message"]["from"]["id"] == FIRST_PERSON + 1
        assert updates[-1]["message"]["text"] == "/start"


async def test_subjects_are_measured_by_turns() -> None:
    order: list[str] = []

    async def one(subject: Subject) -> int:
        order.append(subject.name)
        return len(order)

    assert await in_turns((PTB, OURS), 2, one) == {PTB.name: [1, 3], OURS.name: [2, 4]}
    assert order == [PTB.name, OURS.name] * 2


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


def test_everybody_in_a_file_has_their_turn() -> None:
    assert len(set(islice(scattered(1_000), 1_000))) == 1_000


ROWS = [
    Row("turns", [9.0, 10.0, 20.0], "a peer", [2.0, 2.0, 2.0], goal=4.5),
    Row("memory", [99.0], by="ours", better="less", goal=85.0),
    Row("delay", [20.0], "nobody", [15.0], by="above", better="less", goal=25.0),
    Row("told", [3.0], "a peer", [2.0]),
]


def test_the_table_tells_ratios_goals_and_what_was_missed() -> None:
    lines = [re.split(r"\s{2,}", line) for line in table(ROWS, "a machine").splitlines()[-len(ROWS) :]]
    assert lines == [
        ["turns", "10.00 (9.00 to 20.00)", "a peer: 2.00 (2.00 to 2.00)", "5.00x", ">= 4.5x", "met"],
        ["memory", "99.00 (99.00 to 99.00)", "99.00", "<= 85", "MISSED"],
        ["delay", "20.00 (20.00 to 20.00)", "nobody: 15.00 (15.00 to 15.00)", "5.00", "<= 25", "met"],
        ["told", "3.00 (3.00 to 3.00)", "a peer: 2.00 (2.00 to 2.00)", "1.50x"],
    ]


def test_all_rounds_are_kept(tmp_path: Path) -> None:
    keep(ROWS, "a machine", tmp_path / "build" / "bench.json")
    kept = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert kept["machine"] == "a machine"
    assert kept["rows"][0]["ours"] == [9.0, 10.0, 20.0]
    assert [row["met"] for row in kept["rows"]] == [True, False, True, None]


def test_one_row_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bench.json"
    assert main(["--only", "start", "--rounds", "1", "--file", str(file)]) == 0
    assert "from the start to the first poll" in capsys.readouterr().out
    assert len(json.loads(file.read_text())["rows"]) == 2

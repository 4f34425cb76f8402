"""A clock in a file: what the playground sets, the bot goes by; and what the bot waits for, the playground can jump to."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.file_clock import FileTime
from bot.playground.clock import JUMPS, LATEST, Clock

START = 1_800_000_000.0


class Wall:
    """The computer's own clock, which stands unless told."""

    def __init__(self) -> None:
        self.now = START

    def read(self) -> float:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def clock(tmp_path: Path, wall: Wall) -> Clock:
    return Clock(tmp_path / "playground.clock", wall.read)


def told(path: Path, wall: Wall) -> float:
    return FileTime(path, wall.read).now().timestamp()


def test_at_first_it_shows_the_computer_s_time(clock: Clock, wall: Wall) -> None:
    assert clock.now() == told(clock.path, wall) == START
    assert not clock.ahead


@pytest.mark.parametrize(("jump", "seconds"), [("hour", 3_600), ("day", 86_400), ("week", 604_800)])
def test_a_jump_is_a_jump_for_the_bot_too(clock: Clock, wall: Wall, jump: str, seconds: int) -> None:
    bot = FileTime(clock.path, wall.read)
    clock.jump(jump)
    assert bot.now().timestamp() == clock.now() == START + seconds
    assert clock.ahead


def test_at_another_speed_it_runs_so_much_faster(clock: Clock, wall: Wall) -> None:
    clock.run(60)
    wall.now += 10
    assert clock.now() == told(clock.path, wall) == START + 600
    clock.run(1)
    wall.now += 10
    assert clock.now() == START + 610


def test_after_a_restart_it_goes_on_where_it_was(clock: Clock, wall: Wall) -> None:
    clock.jump("week")
    clock.run(60)
    wall.now += 100
    again = Clock(clock.path, wall.read)
    assert (again.now(), again.speed) == (clock.now(), 60)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"real": 1, "shown": "x", "speed": 1}', '{"real": 0, "shown": 0, "speed": 7}'],
)
def test_a_broken_file_begins_anew(tmp_path: Path, wall: Wall, text: str) -> None:
    path = tmp_path / "playground.clock"
    path.write_text(text)
    assert Clock(path, wall.read).now() == START
    assert told(path, wall) == START


@pytest.mark.parametrize("jump", ["back", "", "next"])
def test_what_is_no_jump_is_refused_with_a_reason(clock: Clock, jump: str) -> None:
    with pytest.raises(ValueError, match="jump: "):
        clock.jump(jump)


@pytest.mark.parametrize("speed", [0, -1, 2, True, "60", None])
def test_what_is_no_speed_is_refused_with_a_reason(clock: Clock, speed: object) -> None:
    with pytest.raises(ValueError, match="speed: use one of 1, 60, 3600"):
        clock.run(speed)


def test_no_jump_leads_out_of_the_calendar(clock: Clock) -> None:
    for _ in range(int((LATEST - START) // JUMPS["week"])):
        clock.jump("week")
    with pytest.raises(ValueError, match="2100"):
        clock.jump("week")


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match=r"playground.clock: cannot be written"):
        Clock(tmp_path / "data" / "playground.clock")


@pytest.mark.parametrize("text", ["", "{}", '{"real": 1, "shown": 2, "speed": 0}'])
def test_the_bot_says_when_it_is_given_no_clock(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clock"
    with pytest.raises(SettingsError, match="cannot be read as a clock"):
        FileTime(path)
    path.write_text(text)
    with pytest.raises(SettingsError, match="is no clock"):
        FileTime(path)


def test_a_file_that_is_taken_away_stops_no_clock(clock: Clock, wall: Wall) -> None:
    bot = FileTime(clock.path, wall.read)
    clock.path.unlink()
    wall.now += 5
    assert bot.now().timestamp() == START + 5


async def test_what_the_bot_waits_for_can_be_jumped_to(clock: Clock, wall: Wall) -> None:
    bot = FileTime(clock.path, wall.read)
    until = datetime.fromtimestamp(START, UTC) + timedelta(hours=7)
    waiting = asyncio.create_task(bot.wait(until, asyncio.Event()))
    while clock.awaited is None:  # noqa: ASYNC110  # a file has no event
        await asyncio.sleep(0)
    clock.jump("next")
    assert clock.now() == until.timestamp()
    await waiting
    assert clock.awaited is None, "what has come is not waited for"


async def test_whoever_waits_can_be_woken_and_waits_no_longer_than_told(clock: Clock, wall: Wall) -> None:
    bot, woken = FileTime(clock.path, wall.read), asyncio.Event()
    woken.set()
    await bot.wait(None, woken)
    await bot.wait(None, asyncio.Event(), at_most=0)
    assert clock.awaited is None


def test_the_file_says_what_it_promises(clock: Clock) -> None:
    assert json.loads(clock.path.read_text()) == {"real": START, "shown": START, "speed": 1}

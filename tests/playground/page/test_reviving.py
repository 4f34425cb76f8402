"""When a bot that stopped over mistakes in its content is started again, and when not."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from bot.playground.process import State
from bot.playground.reviving import Reviver
from bot.playground.subject import Subject


class Stage:
    """A bot, an author who saves, and a page on which the number of mistakes stands."""

    def __init__(self) -> None:
        self.state: State = "stopped"
        self.faults = 1
        self.saved = 0
        self.starts = 0
        self.ahead: list[Any] = []
        subject = Subject(looks=lambda: self.saved)
        self.reviver = Reviver(self, lambda: self.faults, subject, sleep=self._sleep)

    async def start(self) -> None:
        self.starts += 1

    def saves(self) -> None:
        self.saved += 1

    async def _sleep(self, seconds: float) -> None:
        """Between two looks the next thing happens; after the last one it is over."""
        if not self.ahead:
            raise asyncio.CancelledError
        if happens := self.ahead.pop(0):
            happens()

    async def sees(self, *happens: Any) -> int:
        """What happens between the looks, ``None`` for nothing; how often the bot was started."""
        self.ahead = [None, *happens, None]
        with suppress(asyncio.CancelledError):
            await self.reviver.run()
        return self.starts


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_it_is_started_once_for_each_save(stage: Stage) -> None:
    assert await stage.sees(stage.saves, None, None, None) == 1
    assert await stage.sees(stage.saves, None, None, stage.saves, None, None) == 3


async def test_it_is_not_started_while_nothing_is_saved(stage: Stage) -> None:
    assert await stage.sees(None, None, None) == 0


async def test_what_is_still_being_written_is_waited_for(stage: Stage) -> None:
    assert await stage.sees(stage.saves, stage.saves, stage.saves) == 1


async def test_a_bot_that_stopped_without_mistakes_in_its_content_is_left_alone(stage: Stage) -> None:
    stage.faults = 0
    assert await stage.sees(stage.saves, None, None) == 0


async def test_what_a_running_bot_had_before_it_was_stopped_is_no_reason_to_start_it(stage: Stage) -> None:
    def stops() -> None:
        stage.state = "stopped"

    stage.state = "running"
    assert await stage.sees(stage.saves, None, stops, None, None) == 0


async def test_what_was_saved_while_it_was_starting_is_tried_when_it_has_stopped(stage: Stage) -> None:
    def stops() -> None:
        stage.state = "stopped"

    stage.state = "starting"
    assert await stage.sees(stage.saves, None, stops, None, None) == 1

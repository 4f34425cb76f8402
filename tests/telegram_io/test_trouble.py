"""Trouble that lasts: how long to wait before trying again, and how it is told."""

from __future__ import annotations

import logging

import pytest

from bot.errors import StoreError
from bot.trouble import Backoff, Trouble
from tests.telegram_io.fakes import Sleeper


def test_waits_double_up_to_the_cap_and_begin_anew() -> None:
    backoff = Backoff(1.0, 5.0, chance=lambda: 0.0)
    assert [backoff.next() for _ in range(5)] == [1, 2, 4, 5, 5]
    backoff.reset()
    assert backoff.next() == 1


def test_chance_shortens_a_wait_by_up_to_a_half() -> None:
    assert Backoff(4.0, 9.0, chance=lambda: 1.0).next() == 2


def test_trouble_is_told_once_when_it_begins_and_once_when_it_is_over(
    caplog: pytest.LogCaptureFixture, sleeper: Sleeper
) -> None:
    caplog.set_level(logging.INFO)
    trouble = Trouble(logging.getLogger("bot.test"), "works again after %.0f s", sleeper.monotonic)
    for _ in range(2):
        trouble.over()
        for _ in range(3):
            sleeper.time += 30
            trouble.met(StoreError("bot.db: is locked"))
        sleeper.time += 3_600
        trouble.over()
    assert [record.getMessage() for record in caplog.records] == [
        "bot.db: is locked; trying again until it works",
        "works again after 60 s",
    ] * 2


def test_what_works_and_fails_by_turns_is_one_trouble(
    caplog: pytest.LogCaptureFixture, sleeper: Sleeper
) -> None:
    caplog.set_level(logging.INFO)
    trouble = Trouble(logging.getLogger("bot.test"), "works again after %.0f s", sleeper.monotonic)
    for _ in range(30):
        trouble.met(StoreError("bot.db: the disk is full"))
        sleeper.time += 1
        trouble.over()
    assert len(caplog.records) == 1

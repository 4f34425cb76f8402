"""How long to wait: before trying again, and before serving somebody who floods."""

from __future__ import annotations

import logging

import pytest

from bot.errors import StoreError
from bot.telegram_io.pacing import Backoff, Pace, Paces
from bot.telegram_io.trouble import Trouble
from tests.telegram_io.fakes import Sleeper


def test_waits_double_up_to_the_cap_and_begin_anew() -> None:
    backoff = Backoff(1.0, 5.0, chance=lambda: 0.0)
    assert [backoff.next() for _ in range(5)] == [1, 2, 4, 5, 5]
    backoff.reset()
    assert backoff.next() == 1


def test_chance_shortens_a_wait_by_up_to_a_half() -> None:
    assert Backoff(4.0, 9.0, chance=lambda: 1.0).next() == 2


def test_a_burst_is_served_at_once_and_then_so_many_a_second(sleeper: Sleeper) -> None:
    pace = Pace(3, 2.0, sleeper.monotonic)
    assert [pace.wait(1) for _ in range(5)] == [0, 0, 0, 0.5, 1.0]


def test_who_rests_may_hurry_again(sleeper: Sleeper) -> None:
    pace = Pace(3, 2.0, sleeper.monotonic)
    assert pace.wait(3) == 0
    sleeper.time += 1
    assert (pace.wait(2), pace.wait(1)) == (0, 0.5)
    sleeper.time += 3_600
    assert (pace.wait(3), pace.wait(1)) == (0, 0.5), "an hour's rest is worth one burst"


def test_each_person_has_a_pace_of_their_own_and_only_the_last_are_remembered(sleeper: Sleeper) -> None:
    paces = Paces(1, 1.0, sleeper.monotonic, most=2)
    ann = paces.of(1)
    assert (ann.wait(1), paces.of(1).wait(1), paces.of(2).wait(1)) == (0, 1, 0)
    assert paces.of(1) is ann
    paces.of(3)
    assert paces.of(2).wait(1) == 0, "2 was seen least lately"
    assert len(paces) == 2


def test_trouble_is_told_once_when_it_begins_and_once_when_it_is_over(
    caplog: pytest.LogCaptureFixture, sleeper: Sleeper
) -> None:
    caplog.set_level(logging.INFO)
    trouble = Trouble(logging.getLogger("bot.test"), "works again after %.0f s", sleeper.monotonic)
    for _ in range(2):
        trouble.over()
        for _ in range(3):
            trouble.met(StoreError("bot.db: is locked"))
            sleeper.time += 20
        trouble.over()
    assert [record.getMessage() for record in caplog.records] == [
        "bot.db: is locked; trying again until it works",
        "works again after 60 s",
    ] * 2

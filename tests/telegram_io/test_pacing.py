"""How long to wait before serving somebody who floods."""

from __future__ import annotations

from bot.telegram_io.pacing import Pace, Paces
from tests.telegram_io.fakes import Sleeper


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


def test_who_waits_for_each_answer_is_not_slowed_but_has_no_burst_left(sleeper: Sleeper) -> None:
    pace = Pace(3, 2.0, sleeper.monotonic)
    for _ in range(50):
        pace.spend(1)
    assert pace.wait(1) == 0.5, "the fifty are no debt"
    pace.spend(1)
    assert pace.wait(1) == 1.0, "and pay none"


def test_each_person_has_a_pace_of_their_own_and_only_the_last_are_remembered(sleeper: Sleeper) -> None:
    paces = Paces(1, 1.0, sleeper.monotonic, most=2)
    ann = paces.of(1)
    assert (ann.wait(1), paces.of(1).wait(1), paces.of(2).wait(1)) == (0, 1, 0)
    assert paces.of(1) is ann
    paces.of(3)
    assert paces.of(2).wait(1) == 0, "2 was seen least lately"
    assert len(paces) == 2

"""What was done is told when it is over, and now and then while there is no end of it."""

from __future__ import annotations

import logging

import pytest

from bot.outreach.counting import TELL_SECONDS, Counts


def test_work_without_end_is_told_of_every_ten_minutes(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    time = 0.0
    counts = Counts(lambda: time)
    for _ in range(1_500):
        counts.add("tip")
        counts.tell(over=False)
        time += 1
    counts.tell(over=True)
    told = [each.getMessage() for each in caplog.records]
    assert [line.partition(":")[0] for line in told] == [
        f"outreach in {TELL_SECONDS:.1f} s",
        f"outreach in {TELL_SECONDS:.1f} s",
        "outreach in 298.0 s",
    ]
    assert sum(int(line.split("tip ")[1].split(",")[0]) for line in told) == 1_500


def test_what_is_seldom_is_told_only_if_there_was_some(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    counts = Counts(lambda: 0.0)
    counts.tell(over=True)
    for what in ("put off", "tip", "early", "put off"):
        counts.add(what)
    counts.tell(over=True)
    counts.tell(over=True)
    assert [each.getMessage() for each in caplog.records] == [
        "outreach in 0.0 s: tip 1, reminder 0, late 0, gone 0, failed 0, unknown 0, early 1, put off 2"
    ]

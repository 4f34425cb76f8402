"""Too many tips for one hour: the operator is told once an hour, with the numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.outreach.capacity import Capacity
from tests.outreach.fakes import NINE, TipStore

MINUTE = timedelta(minutes=1)


async def looks(store: TipStore, *moments: datetime) -> None:
    capacity = Capacity(store, rate=1)
    for moment in moments:
        await capacity.look(moment)


async def test_too_many_for_an_hour_are_told_of_once_an_hour_with_the_numbers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = TipStore()
    store.add(*[NINE] * 7_500)
    await looks(store, *(NINE + number * MINUTE for number in range(119)))
    line = "7500 tips are due by {} UTC, and BULK_RATE=1 lets 3600 of them out in an hour: they spread over 125 minutes"
    assert [each.getMessage() for each in caplog.records] == [line.format("10:00"), line.format("11:00")]
    assert store.calls["count_due"] == 12


async def test_as_many_as_an_hour_holds_are_no_matter(caplog: pytest.LogCaptureFixture) -> None:
    store = TipStore()
    store.add(*[NINE] * 3_600, *[NINE + 61 * MINUTE] * 3_600)
    await looks(store, NINE)
    assert caplog.records == []


async def test_a_clock_that_is_set_back_silences_nothing(caplog: pytest.LogCaptureFixture) -> None:
    store = TipStore()
    store.add(*[NINE] * 7_500)
    await looks(store, NINE + 150 * MINUTE, NINE)
    assert len(caplog.records) == 2

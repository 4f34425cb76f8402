"""New rules for time zones come with a new version of tzdata: everybody's next tip is planned anew, once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.guide.person import Schedule
from bot.outreach import planning
from tests.outreach.fakes import DAY, NINE, PLAN, VERSION, Office
from tests.support.virtual_time import in_virtual_time, virtual

HOUR = timedelta(hours=1)


async def at_work_for(office: Office, seconds: float) -> None:
    async with office.at_work():
        await asyncio.sleep(seconds)


@virtual
async def test_by_new_rules_all_are_planned_anew_and_the_version_is_noted() -> None:
    office = Office()
    people = office.store.add(*[NINE + HOUR] * (planning.BATCH * 2 + 7))
    office.tzdata = "2026b"
    await at_work_for(office, 1)
    assert {office.store.people[each].next_tip_at for each in people} == {NINE + DAY}
    assert office.store.notes["tzdata"] == "2026b"
    assert office.store.calls["replan"] == 3


@virtual
async def test_by_the_same_rules_nothing_is_touched() -> None:
    office = Office()
    office.store.add(NINE + HOUR)
    await at_work_for(office, 1)
    assert office.store.calls["planned"] == office.store.calls["replan"] == 0


@virtual
async def test_a_tip_that_is_due_already_is_not_skipped_by_it() -> None:
    office = Office()
    (ann,) = office.store.add(NINE - HOUR)
    office.store.notes = {"tzdata": "2025b"}
    await at_work_for(office, 5)
    assert office.post.people == [ann]


@virtual
async def test_stopped_plans_stay_stopped() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + HOUR)
    office.store.people[ann] = replace(
        office.store.people[ann], plan=replace(PLAN, on=False), next_tip_at=None
    )
    office.store.notes.clear()
    await at_work_for(office, 5)
    assert office.store.people[ann].next_tip_at is None
    assert office.store.notes == {"tzdata": VERSION}


@virtual
async def test_who_chooses_an_hour_at_that_moment_keeps_it() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + HOUR)
    office.tzdata = "2026b"
    office.store.seconds = 1.0
    async with office.at_work() as dispatcher:
        await office.until(lambda: office.store.calls["planned"])
        # Read, but not written yet.
        change = Schedule(PLAN, NINE + 2 * HOUR)
        office.store.turn(ann, change)
        dispatcher.changed(ann, [change])
        await office.until(lambda: office.store.notes["tzdata"] == "2026b")
    assert office.store.calls["planned"] == 3, "planned once more from what they chose, and the end"


@virtual
async def test_after_trouble_with_the_database_it_is_begun_anew() -> None:
    office = Office()
    (ann,) = office.store.add(NINE + HOUR)
    office.tzdata = "2026b"
    office.store.error = StoreError("bot.db: is locked")
    async with office.at_work():
        await asyncio.sleep(30)
        office.store.error = None
        await office.until(lambda: office.store.notes["tzdata"] == "2026b")
    at = office.store.people[ann].next_tip_at
    assert at is not None
    assert at > NINE + DAY


def test_it_is_told_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def work() -> None:
        office = Office()
        office.store.add(NINE + HOUR, NINE + HOUR)
        office.tzdata = "2026b"
        await at_work_for(office, 1)

    in_virtual_time(work())
    assert [each.getMessage() for each in caplog.records] == [
        "the next tips of 2 people were planned by tzdata 2026b"
    ]

"""What every store promises to operators: it says how it is, and counts people without a word about any of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta

import pytest

from bot.errors import StoreError
from bot.guide.broadcast import Audience, Broadcast, Post
from bot.guide.person import Erase, Plan, Presence, Remember, Schedule, Seen, Start
from bot.guide.ports import Letter, Store
from bot.guide.ports_statistics import Depths, Figures, Headcount
from bot.store import open_store
from tests.store.knowing import NOON
from tests.support.postgres import run_sql

ANNA, BEN, CLEO = 7_000_000_001, 42, 43
TODAY = NOON.date()


async def figures(store: Store) -> Figures:
    return await store.figures(("step", "vote"), "step", "done", NOON, 30)


async def test_nobody_is_nobody(store: Store) -> None:
    assert await figures(store) == Figures()
    assert await store.depths(NOON) == Depths()
    assert await store.counts(date(2000, 1, 1)) == {}
    await store.check()


async def test_people_are_counted_by_when_they_came_and_were_here(store: Store) -> None:
    for person, days in ((ANNA, 0.5), (BEN, 6), (CLEO, 29)):
        await store.save(person, [Start("ad"), Seen("en")], NOON - timedelta(days=days))
    await store.save(44, [Start(), Seen("es"), Presence(gone=True)], NOON - timedelta(days=90))
    await store.save(CLEO, [Seen("en")], NOON)
    found = await figures(store)
    assert found.people == Headcount(
        known=4, started=4, new_1=1, new_7=2, new_30=3, active_1=2, active_7=3, active_30=3, gone=1
    )
    assert found.sources == {"ad": 3, "": 1}
    assert found.joined == {(NOON - timedelta(days=days)).date(): 1 for days in (0.5, 6, 29)}


async def test_marks_are_counted_by_kind_item_and_value(store: Store) -> None:
    await store.save(ANNA, [Remember("vote", "t1", "up"), Remember("figure", "pay", "1234")], NOON)
    await store.save(BEN, [Remember("vote", "t1", "up"), Remember("vote", "t2", "down")], NOON)
    assert (await figures(store)).marks == {("vote", "t1", "up"): 2, ("vote", "t2", "down"): 1}


async def test_people_are_counted_by_the_steps_that_they_finished_and_how_long_it_took(store: Store) -> None:
    for person in (ANNA, BEN):
        await store.save(person, [Start()], NOON - timedelta(days=3))
        await store.save(person, [Remember("step", "a", "done")], NOON - timedelta(days=2, hours=1))
    await store.save(BEN, [Remember("step", "b", "skipped")], NOON)
    await store.save(CLEO, [Remember("step", "a", "done")], NOON)
    found = await figures(store)
    assert Counter(dict(found.finished)) == {
        frozenset({("a", "done")}): 2,
        frozenset({("a", "done"), ("b", "skipped")}): 1,
    }
    assert found.paces == {"a": {0: 2}}, "nobody knows when Cleo began"


async def test_plans_for_tips_are_counted(store: Store) -> None:
    plan = Plan("Asia/Manila", 420)
    await store.save(ANNA, [Schedule(plan, NOON + timedelta(hours=1))], NOON)
    paused = Plan("Asia/Manila", 420, paused_until=NOON + timedelta(days=1))
    await store.save(BEN, [Schedule(paused, None)], NOON)
    await store.save(CLEO, [Schedule(Plan("Asia/Manila", 420, on=False), None)], NOON)
    people = (await figures(store)).people
    assert (people.tips_on, people.tips_paused, people.tips_stopped) == (2, 1, 1)


async def test_what_waits_is_told(store: Store) -> None:
    await store.claim()
    await store.put([Letter(2, ANNA, "{}")], NOON - timedelta(minutes=5))
    await store.put([Letter(3, BEN, "{}")], NOON)
    await store.save(ANNA, [Seen("en"), Schedule(Plan("UTC", 0), NOON - timedelta(hours=1))], NOON)
    await store.save(BEN, [Seen("en"), Schedule(Plan("UTC", 0), NOON + timedelta(hours=1))], NOON)
    draft = Broadcast(1, CLEO, NOON, "en", post=Post("News"), audience=Audience())
    await store.keep_draft(draft)
    assert (await store.depths(NOON)).broadcast == 0, "a draft sends nothing"
    assert await store.confirm(draft, (), NOON, None)
    assert await store.depths(NOON) == Depths(2, NOON - timedelta(minutes=5), 1, 2)


async def test_counts_add_up_by_date_and_name(store: Store) -> None:
    await store.count(TODAY, {"turns": 2, "active": 1})
    await store.count(TODAY, {"turns": 3})
    await store.count(TODAY - timedelta(days=1), {"turns": 1})
    await store.count(TODAY, {})
    assert await store.counts(TODAY) == {TODAY: {"turns": 5, "active": 1}}
    assert len(await store.counts(TODAY - timedelta(days=1))) == 2


async def test_who_was_erased_is_in_no_figure_but_stays_in_what_was_counted(store: Store) -> None:
    await store.save(ANNA, [Start("ad"), Seen("en"), Remember("step", "a", "done")], NOON)
    await store.count(TODAY, {"active": 1})
    await store.save(ANNA, [Erase()], NOON)
    assert await figures(store) == Figures()
    assert await store.counts(TODAY) == {TODAY: {"active": 1}}


async def test_a_schema_that_another_version_left_is_told(url: str) -> None:
    store = await open_store(url)
    try:
        _tell_of_a_newer_migration(url)
        with pytest.raises(StoreError, match="has schema 998"):
            await store.check()
    finally:
        await store.close()


async def test_a_closed_store_cannot_be_used(database_store: Store) -> None:
    await database_store.close()
    with pytest.raises(StoreError):
        await database_store.check()


def _tell_of_a_newer_migration(url: str) -> None:
    statement = "INSERT INTO migrations (number, name, applied_at) VALUES (998, 'x', 0)"
    if url.startswith("postgresql"):
        run_sql(statement, url)
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute(statement)

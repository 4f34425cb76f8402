"""What is old is forgotten: at the start, then every ten minutes, and after trouble with the database."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.errors import StoreError
from bot.guide.broadcast import Broadcast, Post
from bot.guide.person import Asked
from bot.telegram_io.retention import EVERY_SECONDS, purge_for_ever
from tests.telegram_io.fakes import NOW, MemoryStore


class Hours:
    """Lets so many waits pass, then ends the task."""

    def __init__(self, waits: int) -> None:
        self.left = waits
        self.waited: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        if len(self.waited) == self.left:
            raise asyncio.CancelledError
        await asyncio.sleep(0)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=sum(self.waited))


async def passed(store: MemoryStore, hours: Hours) -> None:
    await asyncio.gather(purge_for_ever(store, hours.now, hours.sleep), return_exceptions=True)


async def test_dead_letters_are_kept_thirty_days_and_ids_three() -> None:
    store, hours = MemoryStore(), Hours(2)
    await passed(store, hours)
    assert store.purges[0] == (NOW - timedelta(days=30), NOW - timedelta(days=3))
    assert store.purges[1][0] - store.purges[0][0] == timedelta(minutes=10)
    assert hours.waited == [EVERY_SECONDS] * 2


async def test_trouble_with_the_database_is_told_of_once_and_waited_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, hours = MemoryStore(), Hours(4)
    store.purge_errors = [StoreError("bot.db: is locked"), StoreError("bot.db: is locked")]
    await passed(store, hours)
    assert len(store.purges) == 2
    assert caplog.text.count("is locked") == 1
    assert hours.waited[:2] == [60.0, 60.0]


async def test_what_an_operator_wrote_and_did_not_confirm_is_kept_for_a_day() -> None:
    store = MemoryStore()
    for admin, hours in ((1, 25), (2, 23)):
        at = NOW - timedelta(hours=hours)
        await store.keep_draft(Broadcast(admin, admin, at, post=Post("Not yet")))
    await passed(store, Hours(1))
    assert list(store.broadcasts) == [2]


async def test_what_was_asked_in_vain_is_kept_for_sixty_days() -> None:
    store = MemoryStore()
    for days in (61, 60):
        await store.save(1, [Asked(f"{days} days ago", "en")], NOW - timedelta(days=days))
    await passed(store, Hours(1))
    assert [each.text for each in await store.unanswered(date.min)] == ["60 days ago"]

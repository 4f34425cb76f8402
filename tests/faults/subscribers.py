"""People who want a tip a day, and who got how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.guide.person import Plan, Schedule, Start
from bot.playground.standin import Call, World
from bot.store import open_store
from tests.faults.databases import Database
from tests.faults.tipping import TEXT
from tests.faults.waiting import LONG_PATIENCE, until

MINUTE = timedelta(minutes=1)


def planned_at(due: datetime, now: datetime) -> Plan:
    """A plan by which a tip is due then, where it is about noon now: no night changes what is sent."""
    ahead = 12 - now.hour
    there = due + timedelta(hours=ahead)
    # The signs of these names are the other way round: https://github.com/eggert/tz/blob/main/etcetera
    return Plan(f"Etc/GMT{-ahead:+d}", there.hour * 60 + there.minute)


async def subscribed(url: str, world: World, number: int, ago: timedelta = MINUTE) -> list[int]:
    """So many people whose tip has been due for so long. No bot may serve the database meanwhile."""
    now = datetime.now(UTC)
    due = now - ago
    plan = planned_at(due, now)
    people = [world.add_person(f"Subscriber {each}") for each in range(number)]
    store = await open_store(url)
    try:
        for person in people:
            person.started = True
            await store.save(person.id, [Start(), Schedule(plan, due)], now)
    finally:
        await store.close()
    return [person.id for person in people]


def tips(calls: Iterable[Call]) -> list[Call]:
    """The calls by which tips were sent, or should have been."""
    return [call for call in calls if call.method == "sendMessage" and call.params["text"].startswith(TEXT)]


def tipped(world: World) -> Counter[int]:
    """How many tips each person got."""
    return Counter(int(call.params["chat_id"]) for call in tips(world.calls) if call.response.get("ok"))


async def until_all_dealt_with(database: Database, people: Collection[int]) -> None:
    """Wait until all these tips are recorded as sent."""

    async def recorded() -> bool:
        rows = await database.rows("SELECT id FROM people WHERE last_tip_on IS NOT NULL")
        return set(people) <= {number for (number,) in rows}

    await until(recorded, LONG_PATIENCE)


async def claimed(database: Database) -> Sequence[int]:
    """Whose due tips nobody else may send at present."""
    now = int(datetime.now(UTC).timestamp())
    rows = await database.rows(f"SELECT id FROM people WHERE tip_claim > {now} AND next_tip_at <= {now}")
    return [number for (number,) in rows]

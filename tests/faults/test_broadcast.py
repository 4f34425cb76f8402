"""A broadcast while the bot is killed, people block it, Telegram asks for pauses and answers get lost: nobody gets two."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from pathlib import Path

from bot.content.library import Library
from bot.guide.broadcast import Tally
from bot.guide.broadcast_words import BroadcastWords
from bot.outreach.dispatcher import most_under_way
from bot.playground.standin import Call, World
from bot.playground.standin.faults import blocked, lose_answer, slow, too_many
from tests.admin.operator import Operator
from tests.faults.databases import Database
from tests.faults.figures import FIGURES
from tests.faults.halts import inside_halts, most_in_a_second
from tests.faults.size import SEED, SIZE
from tests.faults.stage import Stage, stage
from tests.faults.waiting import LONG_PATIENCE, PATIENCE

KILLS = 3
BLOCKED_OF = 10
"""One of so many has blocked the bot."""
REFUSED, LOST = 0.05, 0.01
ROUND_TRIP = 0.1
"""Seconds; so that many messages are under way whenever the bot ends."""
TEXT = "To all of you"


async def known_people(database: Database, world: World, number: int) -> list[int]:
    """So many people whom the bot knows. Its database must be there, and nobody may serve from it."""
    people = [world.add_person(f"Person {each}") for each in range(number)]
    for person in people:
        person.started = True
    first, last = people[0].id, people[-1].id
    await database.run(
        f"WITH RECURSIVE more (id) AS (SELECT {first} UNION ALL SELECT id + 1 FROM more WHERE id < {last})"
        " INSERT INTO people (id, started_at) SELECT id, 1 FROM more"
    )
    return [person.id for person in people]


def sent(world: World) -> list[Call]:
    """All calls by which the message was sent to somebody, or should have been."""
    return [call for call in world.calls if call.params.get("text") == TEXT]


async def result(database: Database) -> Tally:
    ((tally,),) = await database.rows("SELECT tally FROM broadcasts WHERE ended_at IS NOT NULL")
    return Tally(**json.loads(tally))


async def die_while_sending(place: Stage, more: int, moment: float) -> None:
    """Once the bot made so many more calls, nearly all of them to send, and a moment later."""
    wanted = place.calls() + more
    await place.world.wait_until(lambda: place.calls() >= wanted, LONG_PATIENCE)
    # Somewhere between two calls.
    await asyncio.sleep(moment)
    await place.kill()


async def test_a_broadcast_survives_kills_and_trouble_and_nobody_gets_it_twice(
    url: str, tmp_path: Path, content: Library
) -> None:
    draw = random.Random(SEED)
    words = content.pack(None).words(BroadcastWords)
    async with stage(url, tmp_path) as place:
        world, database = place.world, place.database
        operator = Operator(world, words, PATIENCE)
        place.settings |= {"ADMIN_IDS": str(operator.id), "BULK_RATE": str(SIZE.broadcast_rate)}
        # The bot makes its own tables.
        await place.start()
        await place.until_logged("at work")
        await place.stop()
        people = await known_people(database, world, SIZE.broadcast)
        theirs = {str(person) for person in people}
        gone = {str(person) for person in people if person % BLOCKED_OF == 0}

        def ours(call: object) -> bool:
            return isinstance(call, dict) and str(call.get("chat_id")) in theirs

        world.faults.add("sendMessage", blocked(), when=lambda call: str(call.get("chat_id")) in gone)
        refusals = world.faults.add("sendMessage", too_many(1), share=REFUSED, when=ours)
        losses = world.faults.add("sendMessage", lose_answer(), share=LOST, when=ours)
        world.faults.add("sendMessage", slow(ROUND_TRIP), when=ours)
        await place.start()
        await operator.composes(TEXT)
        await operator.confirms(len(people))
        for _ in range(KILLS):
            await die_while_sending(place, draw.randint(10, len(people) // (KILLS + 2)), draw.uniform(0, 0.1))
            await place.start()
        report = await operator.sees_report(patience=LONG_PATIENCE)
        await place.until_logged("a broadcast is over")
        await place.stop()
        tally, complaints = await result(database), await database.complaints()
        gone_rows = await database.rows("SELECT COUNT(*) FROM people WHERE gone_at IS NOT NULL")
        calls = [call for call in sent(world) if ours(dict(call.params))]
    arrived = Counter(str(call.params["chat_id"]) for call in calls if call.response.get("ok"))
    most = most_under_way(SIZE.broadcast_rate)
    progress = {str(call.params["message_id"]) for call in world.calls if call.method == "editMessageText"}
    FIGURES.add(
        "a broadcast, killed three times",
        database.kind,
        people=len(people),
        sent=tally.sent,
        blocked=tally.blocked,
        failed=tally.failed,
        unknown=tally.unknown,
        twice=arrived.total() - len(arrived),
        refused=refusals.struck,
        answers_lost=losses.struck,
        most_under_way=most,
        most_in_a_second=most_in_a_second(calls, "sendMessage"),
    )
    assert set(arrived.values()) == {1}, "nobody twice"
    assert tally.sent + tally.failed + tally.blocked + tally.unknown == len(people) == tally.total
    assert tally.unknown <= most * KILLS + losses.struck
    assert tally.sent <= len(arrived) <= tally.sent + tally.unknown
    assert tally.blocked <= len(gone) <= tally.blocked + tally.unknown
    assert gone_rows == [(tally.blocked,)]
    assert tally.failed == 0
    assert refusals.struck
    assert inside_halts(calls, {}, bulk=True) == []
    assert most_in_a_second(calls, "sendMessage") <= SIZE.broadcast_rate
    assert (
        words.numbers.fill(
            sent=tally.sent,
            failed=0,
            blocked=tally.blocked,
            unknown=tally.unknown,
            left=0,
            total=len(people),
        ).plain
        in report
    )
    assert len(progress) == 1, "one message showed how far it was"
    assert complaints == []
    assert " ERROR " not in place.log

"""429 on many calls: each is waited out as long as Telegram says, and nothing is lost by it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.playground.standin import World, serve
from bot.playground.standin.faults import Rule, too_many
from bot.telegram_io.connection import build
from bot.telegram_io.lanes import BULK
from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES
from tests.faults.halts import inside_halts, most_in_a_second
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import SEED, SIZE
from tests.faults.stage import KEPT_CALLS, stage
from tests.faults.walking import Walker, walking
from tests.support.bot_process import TOKEN

SHARE = 0.3
NEVER_SECONDS = 600.0


async def test_refusals_for_too_many_requests_are_waited_out(
    url: str, tmp_path: Path, reader: Reader
) -> None:
    async with stage(url, tmp_path) as place:
        world = place.world
        rules = refuse(world, "*")
        walkers = [Walker(world, reader, SEED + number, NEVER_SECONDS) for number in range(SIZE.walkers)]
        await place.start()
        async with walking(walkers):
            await world.wait_until(lambda: sum(rule.struck for rule in rules) >= SIZE.refusals, NEVER_SECONDS)
            calls = len(world.calls)
            world.faults.clear()
        for walker in walkers:
            await walker.look_again()
        await until_empty(place.database)
        await place.stop()
        verdict = await audit(world, place.database, walkers)
        inside = inside_halts(
            world.calls, {query: walker.id for walker in walkers for query in walker.tapped}
        )
    FIGURES.add(
        "429 on 30 % of calls",
        place.database.kind,
        calls=calls,
        refused=sum(rule.struck for rule in rules),
        lost=len(verdict.lost),
        sent_again=verdict.again,
        inside_a_halt=len(inside),
    )
    assert verdict.lost == []
    assert verdict.again == 0
    assert inside == []
    assert " ERROR " not in place.log


async def test_bulk_keeps_to_its_rate_and_to_the_halts() -> None:
    world = World(TOKEN, keep_calls=KEPT_CALLS)
    people = [world.add_person(f"Subscriber {number}") for number in range(SIZE.bulk)]
    for person in people:
        person.started = True
    async with serve(world) as telegram, build(TOKEN, telegram.url, SIZE.bulk_rate) as application:

        async def tell(text: str) -> None:
            sends = (application.bot.send_message(person.id, text, rate_limit_args=BULK) for person in people)
            await asyncio.gather(*sends)

        await tell("undisturbed")
        free = most_in_a_second(world.calls, "sendMessage")
        rules = refuse(world, "sendMessage")
        await tell("refused")
    refused = sum(rule.struck for rule in rules)
    most = most_in_a_second(world.calls, "sendMessage")
    inside = inside_halts(world.calls, {}, bulk=True)
    FIGURES.add(
        "bulk lane",
        "none",
        messages=2 * len(people),
        rate=SIZE.bulk_rate,
        most_in_a_second=most,
        refused=refused,
        inside_a_halt=len(inside),
    )
    assert free <= SIZE.bulk_rate
    assert most <= SIZE.bulk_rate
    assert refused
    assert inside == []
    for person in people:
        assert [message["text"] for message in world.chat(person.id)] == ["undisturbed", "refused"]


def refuse(world: World, method: str) -> list[Rule]:
    """Refuse a share of these calls, with every halt there is."""
    # One rule after the other, each of what the others left.
    each = 1 - (1 - SHARE) ** (1 / len(SIZE.halts))
    return [world.faults.add(method, too_many(halt), share=each) for halt in SIZE.halts]

"""Tips that are due while the bot is killed, stopped, refused, late or two: nobody is skipped, and nobody gets two."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.outreach.dispatcher import most_under_way
from bot.playground.standin.faults import blocked, slow
from bot.store import open_store
from bot.telegram_io.lanes import BULK_RATE
from tests.faults.figures import FIGURES, spread
from tests.faults.halts import inside_halts, most_in_a_second
from tests.faults.size import IS_FULL, SEED, SIZE
from tests.faults.stage import Stage, stage, webhook_settings
from tests.faults.subscribers import claimed, subscribed, tipped, tips, until_all_dealt_with
from tests.faults.test_sigterm import LONGEST_SECONDS
from tests.faults.test_too_many_requests import refuse
from tests.store.conftest import BACKENDS

BOT = "tests.faults.tipping"
UNDER_WAY = most_under_way(BULK_RATE)
ROUND_TRIP = 0.2
"""Seconds; so that several messages are under way whenever the bot ends."""


async def until_sent(place: Stage, more: int, moment: float = 0.0) -> None:
    """Wait until so many more tips were sent, or as many as there are, and a moment longer."""
    wanted = min(len(tips(place.world.calls)) + more, SIZE.tips)
    await place.until(lambda: len(tips(place.world.calls)) >= wanted)
    # Somewhere between two calls.
    await asyncio.sleep(moment)


async def test_a_kill_at_any_moment_skips_nobody_and_repeats_at_most_what_was_under_way(
    url: str, tmp_path: Path
) -> None:
    draw = random.Random(SEED)
    async with stage(url, tmp_path) as place:
        people = await subscribed(url, place.world, SIZE.tips)
        place.world.faults.add("sendMessage", slow(ROUND_TRIP))
        # Each kill takes with it what is under way: so there is something left to the last one.
        most = SIZE.tips // SIZE.kills - UNDER_WAY
        for _ in range(SIZE.kills):
            await place.start(BOT)
            await until_sent(place, draw.randint(1, most), draw.uniform(0, 0.04))
            await place.kill()
        # Some of those before may have ended before they said so.
        at_work = place.logged("at work")
        await place.start(BOT)
        await place.until_logged("at work", at_work + 1)
        await until_all_dealt_with(place.database, people)
        await place.stop()
        got, unsound = tipped(place.world), await place.database.complaints()
    again = got.total() - len(got)
    FIGURES.add(
        "kill -9, tips due",
        place.database.kind,
        kills=SIZE.kills,
        tips=len(people),
        skipped=len(set(people) - set(got)),
        sent_again=again,
        most_under_way=UNDER_WAY,
    )
    assert set(got) == set(people)
    assert again <= SIZE.kills * UNDER_WAY
    assert max(got.values()) <= 1 + SIZE.kills
    assert unsound == []
    assert " ERROR " not in place.log


async def test_sigterm_finishes_what_is_under_way_and_nobody_gets_two(url: str, tmp_path: Path) -> None:
    draw, seconds = random.Random(SEED), list[float]()
    async with stage(url, tmp_path) as place:
        people = await subscribed(url, place.world, SIZE.tips)
        place.world.faults.add("sendMessage", slow(ROUND_TRIP))
        for _ in range(SIZE.stops):
            await place.start(BOT)
            await until_sent(place, draw.randint(1, SIZE.tips // SIZE.stops // 4), draw.uniform(0, 0.04))
            seconds.append(await place.stop())
            assert await claimed(place.database) == []
        at_work = place.logged("at work")
        await place.start(BOT)
        await place.until_logged("at work", at_work + 1)
        await until_all_dealt_with(place.database, people)
        await place.stop()
    got, (median, most) = tipped(place.world), spread(seconds)
    FIGURES.add(
        "SIGTERM, tips due",
        place.database.kind,
        stops=SIZE.stops,
        tips=len(people),
        skipped=len(set(people) - set(got)),
        twice=got.total() - len(got),
        exit_median_s=median,
        exit_max_s=most,
    )
    assert got == Counter(people)
    assert " ERROR " not in place.log
    assert not IS_FULL or most <= LONGEST_SECONDS


async def test_of_two_on_one_database_nobody_gets_two(tmp_path: Path) -> None:
    with BACKENDS["postgresql"](tmp_path) as url:
        async with stage(url, tmp_path, "webhook") as place:
            # So slow that tips are left for whoever takes over.
            place.settings["BULK_RATE"] = str(SIZE.bulk_rate)
            other = replace(
                place,
                settings={**place.settings, "WEBHOOK_LISTEN": webhook_settings()["WEBHOOK_LISTEN"]},
                process=None,
            )
            people = await subscribed(url, place.world, SIZE.tips)
            await place.start(BOT)
            await other.start(BOT)
            await place.until_logged("at work", 2)
            # Whoever of them has the duty: it passes to the other, and back.
            for stopped in (place, other):
                await until_sent(place, SIZE.tips // 8)
                await stopped.stop()
                await until_sent(place, SIZE.tips // 8)
                await stopped.start(BOT)
            await place.until_logged("at work", 4)
            await until_all_dealt_with(place.database, people)
            for each in (place, other):
                await each.stop()
            got = tipped(place.world)
    FIGURES.add("two at work, tips due", "postgresql", tips=len(people), twice=got.total() - len(got))
    assert got == Counter(people)
    assert " ERROR " not in place.log


async def test_after_a_long_time_down_nobody_gets_a_burst_and_what_is_too_late_is_left_out(
    url: str, tmp_path: Path
) -> None:
    async with stage(url, tmp_path) as place:
        in_time = await subscribed(url, place.world, 5, timedelta(hours=2, minutes=58))
        late = await subscribed(url, place.world, 5, timedelta(hours=3, minutes=5))
        days = await subscribed(url, place.world, 5, timedelta(days=3, minutes=1))
        await place.start(BOT)
        await place.until_logged(r"tip 5, reminder 0, late 10")
        await place.stop()
        now = int(datetime.now(UTC).timestamp())
        planned = await place.database.rows(f"SELECT COUNT(*) FROM people WHERE next_tip_at > {now}")
    assert tipped(place.world) == Counter(in_time)
    assert planned == [(len(in_time) + len(late) + len(days),)]


async def test_who_blocked_the_bot_costs_one_call(url: str, tmp_path: Path) -> None:
    async with stage(url, tmp_path) as place:
        people = await subscribed(url, place.world, 8)
        gone = set(people[:4])
        place.world.faults.add("sendMessage", blocked(), when=lambda call: int(call["chat_id"]) in gone)
        await place.start(BOT)
        await place.until_logged(r"tip 4, reminder 0, late 0, gone 4")
        await place.stop()
        store = await open_store(url)
        await store.replan(dict.fromkeys(people, datetime.now(UTC) - timedelta(minutes=1)))
        await store.close()
        await place.start(BOT)
        await place.until(lambda: len(tips(place.world.calls)) >= 12)
        await place.stop()
    assert Counter(int(call.params["chat_id"]) for call in tips(place.world.calls)) == {
        **dict.fromkeys(people[:4], 1),
        **dict.fromkeys(people[4:], 2),
    }


async def test_refusals_for_too_many_requests_are_waited_out_by_all_tips(url: str, tmp_path: Path) -> None:
    async with stage(url, tmp_path) as place:
        people = await subscribed(url, place.world, SIZE.bulk)
        rules = refuse(place.world, "sendMessage")
        await place.start(BOT)
        await until_all_dealt_with(place.database, people)
        await place.stop()
        sent, got = tips(place.world.calls), tipped(place.world)
    inside = inside_halts(sent, {}, bulk=True)
    FIGURES.add(
        "429 on 30 % of tips",
        place.database.kind,
        tips=len(people),
        refused=sum(rule.struck for rule in rules),
        most_in_a_second=most_in_a_second(sent, "sendMessage"),
        inside_a_halt=len(inside),
    )
    assert sum(rule.struck for rule in rules)
    assert got == Counter(people)
    assert inside == []
    assert most_in_a_second(sent, "sendMessage") <= BULK_RATE

"""429 on many calls: each is waited out as long as Telegram says, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.playground.standin import Call
from bot.playground.standin.faults import too_many
from tests.faults.databases import until_empty
from tests.faults.figures import FIGURES
from tests.faults.ledger import audit
from tests.faults.reading import Reader
from tests.faults.size import SEED, SIZE
from tests.faults.stage import stage
from tests.faults.walking import Walker, walking

SHARE = 0.3
NEVER_SECONDS = 600.0
UNDER_WAY_SECONDS = 0.02
"""A call that came in so soon after a refusal had left before the refusal was there."""


async def test_refusals_for_too_many_requests_are_waited_out(
    url: str, tmp_path: Path, reader: Reader
) -> None:
    async with stage(url, tmp_path) as place:
        world = place.world
        # One after the other, each of what the others left.
        each = 1 - (1 - SHARE) ** (1 / len(SIZE.halts))
        rules = [world.faults.add("*", too_many(halt), share=each) for halt in SIZE.halts]
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
        inside = list(inside_halts(world.calls))
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


def inside_halts(calls: Iterable[Call]) -> Iterator[str]:
    """Calls to a chat, or for updates, before the halt that Telegram asked for there was over."""
    until: dict[str, tuple[float, float]] = {}
    for call in sorted(calls, key=lambda call: call.monotonic):
        place = str(call.params.get("chat_id") or (call.method if call.method == "getUpdates" else ""))
        if not place:
            continue
        began, ends = until.get(place, (0.0, 0.0))
        if began + UNDER_WAY_SECONDS < call.monotonic < ends:
            yield f"{call.method} to {place} came {ends - call.monotonic:.2f} s too early"
        if wait := call.response.get("parameters", {}).get("retry_after"):
            told = call.monotonic + call.ms / 1000
            until[place] = (told, max(ends, told + wait))

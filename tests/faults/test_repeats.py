"""Whatever comes again, under its own id or a new one, in order or not, leaves what it left the first time."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import count

import pytest

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Library
from bot.guide.areas.checklist import Have
from bot.guide.areas.faq import Rate
from bot.guide.areas.steps import SetStep, Tick
from bot.guide.areas.welcome_questions import Answer
from bot.guide.guide import Guide
from bot.guide.journey import DONE, SKIPPED
from bot.guide.taps import Tap, encode
from tests.faults.databases import Database, Rows
from tests.faults.feeding import batches, fed, tapped
from tests.faults.figures import FIGURES
from tests.faults.size import SEED, SIZE

Walk = Sequence[Tap]
Deliver = Callable[[Sequence[tuple[int, Tap]], "count[int]", random.Random], list[tuple[int, Tap]]]


def one_way(content: Library, draw: random.Random) -> Walk:
    """Taps that each set something else, so that their order does not matter."""
    pack = content.pack(None)
    taps: list[Tap] = []
    for step in pack[StepsFile].steps:
        if draw.random() < 0.5:
            taps += [Tick(step.id, task.id, True) for task in step.tasks if draw.random() < 0.8]
        else:
            taps.append(SetStep(step.id, draw.choice((DONE, SKIPPED))))
    taps += [Have(item.id, True, card=False) for item in pack[EquipmentFile].equipment if draw.random() < 0.5]
    taps += [Rate(each.id, yes=True) for each in pack[FaqFile].faq if draw.random() < 0.2]
    taps += [Answer(each.id, draw.choice(list(each.options)).id, "") for each in pack[WelcomeFile].questions]
    draw.shuffle(taps)
    return taps


def back_and_forth(content: Library, draw: random.Random) -> Walk:
    """Taps that undo each other, so that each must count once, where it stood."""
    pack = content.pack(None)
    steps, items = list(pack[StepsFile].steps)[:2], list(pack[EquipmentFile].equipment)[:2]
    taps: list[Tap] = []
    for _ in range(60):
        step = draw.choice(steps)
        tick = Tick(step.id, draw.choice(list(step.tasks)).id, draw.random() < 0.6)
        mark = SetStep(step.id, draw.choice(("", DONE, SKIPPED)))
        taps.append(
            draw.choice((tick, tick, mark, Have(draw.choice(items).id, draw.random() < 0.5, card=False)))
        )
    return taps


def shuffled(
    letters: Sequence[tuple[int, Tap]], new_ids: count[int], draw: random.Random
) -> list[tuple[int, Tap]]:
    """Each three times, and once more under a new id, in any order."""
    delivered = [*letters, *letters, *letters, *((next(new_ids), tap) for _, tap in letters)]
    draw.shuffle(delivered)
    return delivered


def in_order(
    letters: Sequence[tuple[int, Tap]], new_ids: count[int], draw: random.Random
) -> list[tuple[int, Tap]]:
    """Each in its turn, and at once under a new id, as an app sends a tap again; then twice more, at any later time."""
    placed: list[tuple[float, tuple[int, Tap]]] = []
    for index, letter in enumerate(letters):
        placed += [(index, letter), (index, (letter[0] + 1, letter[1]))]
        placed += [(index + draw.uniform(0.1, 30), letter) for _ in range(2)]
    return [letter for _, letter in sorted(placed, key=lambda each: each[0])]


@pytest.mark.parametrize(("walk", "deliver"), [(one_way, shuffled), (back_and_forth, in_order)])
async def test_updates_that_come_again_change_nothing_more(
    url: str, content: Library, walk: Callable[[Library, random.Random], Walk], deliver: Deliver
) -> None:
    draw, ids, delivered = random.Random(SEED), count(1, 2), 0
    new_ids = count(10_000_001)
    async with fed(url, lambda username: Guide(content, username)) as bots:
        pairs: list[tuple[int, int]] = []
        for _ in range(SIZE.walks):
            once, often = (bots.world.add_person(name) for name in ("Once", "Often"))
            once.started = often.started = True
            taps = walk(content, draw)
            plain = [tapped(next(ids), once.id, encode(tap)) for tap in taps]
            letters = [(next(ids), tap) for tap in taps]
            again = [
                tapped(id_, often.id, encode(tap), 1 + id_ % 3)
                for id_, tap in deliver(letters, new_ids, draw)
            ]
            for batch in batches([*plain, *again], draw):
                bots.feed.give(batch)
            delivered += len(again)
            await bots.drained({update["update_id"] for update in (*plain, *again)})
            pairs.append((once.id, often.id))
        kept = [
            (await marks(bots.database, once), await marks(bots.database, often)) for once, often in pairs
        ]
        dead = await bots.database.rows("SELECT reason FROM dead_letters")
    differing = sum(once != often for once, often in kept)
    FIGURES.add(
        f"all again, {deliver.__name__}",
        bots.database.kind,
        walks=len(pairs),
        deliveries=delivered,
        other_final_states=differing,
    )
    assert dead == []
    assert all(once for once, _ in kept)
    assert differing == 0, kept


async def marks(database: Database, person: int) -> Rows:
    return await database.rows(
        f"SELECT kind, item, value FROM marks WHERE person = {person} ORDER BY kind, item, value"
    )

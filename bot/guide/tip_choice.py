"""Which tip a person gets: one for where they are, that they have not seen, on another topic than the last.

Only marks by id decide, and an order that is each person's own. So nothing is lost or repeated when authors add, remove,
rename or reorder tips.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.content.kinds.tips import STAGES, Stage, Tip, TipsFile
from bot.guide.area import Scene
from bot.guide.journey import Journey
from bot.guide.person import Mark, Remember
from bot.guide.tip_times import local_date

TIP = "tip"
"""Kind of the mark on a tip that was shown; its value is the local date."""


def stage_of(scene: Scene) -> Stage:
    """How far along the person is: none of the steps behind them, fewer than half, or half and more."""
    if not scene.on("steps"):
        return STAGES[-1]
    journey = Journey(scene)
    behind = journey.done + len(journey.skipped)
    if not behind:
        return STAGES[0]
    return STAGES[1] if 2 * behind < len(journey.steps) else STAGES[2]


def shown(scene: Scene, tip: Tip) -> Mark | None:
    """When the person last got this tip."""
    return scene.person.marks.get(TIP, *tip.ids)


def choose(scene: Scene) -> Tip | None:
    """The next tip; ``None`` if there is none at all for where the person is.

    When all of a stage were seen, the one seen longest ago comes again.
    """
    stage = stage_of(scene)
    tips = [tip for tip in scene.pack[TipsFile].tips if tip.stage == stage]
    unseen = [tip for tip in tips if shown(scene, tip) is None]
    pool = _not_on(_last_topic(scene), unseen or tips)
    if not pool:
        return None
    if not unseen:
        return min(pool, key=lambda tip: (_when(scene, tip), _order(scene, tip)))
    # The topic with most to tell goes first, so that in the end there are not only tips on one topic left.
    left = Counter(tip.topic for tip in unseen)
    return min(pool, key=lambda tip: (-left[tip.topic], _order(scene, tip)))


def seen_today(scene: Scene, tip: Tip, zone: str | None) -> Remember:
    """The change that keeps that the tip is shown now."""
    return Remember(TIP, tip.id, local_date(zone, scene.now).isoformat())


def _not_on(topic: str | None, tips: Sequence[Tip]) -> Sequence[Tip]:
    return [tip for tip in tips if tip.topic != topic] or tips


def _last_topic(scene: Scene) -> str | None:
    marked = [(mark.at, tip.topic) for tip in scene.pack[TipsFile].tips if (mark := shown(scene, tip))]
    return max(marked)[1] if marked else None


def _when(scene: Scene, tip: Tip) -> datetime:
    mark = shown(scene, tip)
    assert mark is not None
    return mark.at


def _order(scene: Scene, tip: Tip) -> bytes:
    return hashlib.sha256(f"{scene.person.id}/{tip.id}".encode()).digest()

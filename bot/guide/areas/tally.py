"""A step's look at the tracker: how many entries the person has come far enough with."""

from __future__ import annotations

from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import Step
from bot.content.markup import Rich, rich
from bot.guide.area import Scene
from bot.guide.screen import Button, TapButton
from bot.guide.taps import Go

TRACK = "track"
"""Kind of the mark on a tracked entry; its value is the id of a stage."""


def reached(scene: Scene, stage_id: str) -> int:
    """How many tracked entries are at this stage or a later one, and have not ended."""
    file = scene.pack[PlatformsFile]
    order = {stage_id: at for at, stage in enumerate(file.stages) for stage_id in stage.ids}
    count = 0
    for platform in file.platforms:
        stage = file.stages.get(scene.person.marks.value(TRACK, *platform.ids) or "")
        if platform.paid and stage and not stage.ends and order[stage.id] >= order[stage_id]:
            count += 1
    return count


def buttons(scene: Scene, step: Step) -> list[Button]:
    """The way to the list that is counted, on a step that counts."""
    title = dict(scene.menu).get("platforms")
    return [TapButton(title, Go("platforms"))] if step.tally and title else []


def line(scene: Scene, step: Step) -> Rich:
    """What to say about the count at this step; empty for a step without one, and with nothing to count."""
    if step.tally is None or not scene.on("platforms"):
        return rich()
    count, (low, high) = reached(scene, step.tally.stage), step.tally.goal
    if count == 0:
        return step.tally.none_yet
    words = step.tally.too_few if count < low else step.tally.enough if count <= high else step.tally.too_many
    return words.fill(count=count)

"""What a person may do next where they keep track of how far they are, and a kind line when nothing moved for long.

Nothing is sent for it: the line waits where the person looks anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template
from bot.content.kinds.platforms import Platform, PlatformsFile, Stage
from bot.content.library import AreaSpec, Words
from bot.content.markup import lines, rich
from bot.guide.area import Area, Scene
from bot.guide.areas.tally import TRACK
from bot.guide.locales import day_text
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Row, TapButton
from bot.guide.taps import Open, Tap
from bot.guide.tip_times import local_date

STILL = "still"
"""Kind of the mark of who said that nothing has changed; its value is the stage and the local date."""


class NudgesWords(Words):
    since: Annotated[Template, Slots("date"), AtMost(20)]
    """Follows the stage."""
    advice: Annotated[Template, Slots("text"), AtMost(40)]
    line: Annotated[Template, Slots("text"), AtMost(8)]
    to_card: Annotated[LabelTemplate, Slots("name"), AtMost(16)]
    unchanged: Label
    notice_unchanged: Annotated[LabelTemplate, Slots("name"), AtMost(100)]


@dataclass(frozen=True, slots=True)
class StillThere(Tap):
    """Nothing has changed at this stage: say no more of it for a while."""

    tag: ClassVar[str] = "pn"
    platform: str
    stage: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """A tracked platform where nothing moved for ``days``, which is long for its stage."""

    platform: Platform
    text: Rich
    days: int


def since(scene: Scene, platform: Platform) -> Rich:
    """From when on the person has been at their stage; empty if they track nothing here."""
    start = _start(scene, platform)
    if start is None:
        return rich()
    shown = day_text(scene.pack.language, start, _today(scene))
    return scene.words(NudgesWords).since.fill(date=shown)


def advice(scene: Scene, stage: Stage | None) -> Rich:
    """What to do next; empty where the content has nothing to say."""
    return scene.words(NudgesWords).advice.fill(text=stage.advice) if stage and stage.advice else rich()


def nudge(scene: Scene, platform: Platform, stage: Stage | None) -> Nudge | None:
    """The line for this platform, if it is time for one."""
    start = _start(scene, platform)
    if start is None or stage is None or stage.nudge is None or stage.nudge_after_days is None:
        return None
    said = scene.person.marks.get(STILL, *platform.ids)
    quiet_from = max(start, local_date(scene.person.zone, said.at)) if said else start
    if (_today(scene) - quiet_from).days < stage.nudge_after_days:
        return None
    days = (_today(scene) - start).days
    return Nudge(platform, stage.nudge.fill(name=platform.name, days=days), days)


def nudges(scene: Scene, most: int) -> Sequence[Nudge]:
    """The lines that it is time for, the longest wait first; none where tracking is switched off."""
    if not scene.on("platforms"):
        return ()
    file = scene.pack[PlatformsFile]
    found: list[Nudge] = []
    for platform in file.platforms:
        stage = file.stages.get(scene.person.marks.value(TRACK, *platform.ids) or "")
        if each := nudge(scene, platform, stage):
            found.append(each)
    return sorted(found, key=lambda each: -each.days)[:most]


def nudge_lines(scene: Scene, found: Sequence[Nudge]) -> Rich:
    return lines(*(scene.words(NudgesWords).line.fill(text=each.text) for each in found))


def nudge_rows(scene: Scene, found: Sequence[Nudge]) -> list[Row]:
    """A button to the card of each."""
    to_card = scene.words(NudgesWords).to_card
    return [
        (TapButton(to_card.fill(name=each.platform.name), Open("platforms", each.platform.id)),)
        for each in found
    ]


def unchanged_row(scene: Scene, platform: Platform, stage: Stage) -> Row:
    return (TapButton(scene.words(NudgesWords).unchanged, StillThere(platform.id, stage.id)),)


def quiet(scene: Scene, platform: Platform, stage: Stage) -> tuple[Change, ...]:
    """Say no more of this stage until its days have passed again."""
    value = f"{stage.id} {_today(scene).isoformat()}"
    return (Remember(STILL, platform.id, value), *(Forget(STILL, old) for old in platform.renamed_from))


def _start(scene: Scene, platform: Platform) -> date | None:
    mark = scene.person.marks.get(TRACK, *platform.ids)
    return local_date(scene.person.zone, mark.at) if mark else None


def _today(scene: Scene) -> date:
    return local_date(scene.person.zone, scene.now)


AREA = Area(AreaSpec("nudges", NudgesWords, always=True))

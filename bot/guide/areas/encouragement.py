"""Warm words: the days running, shown with the progress, and a line at each milestone, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from bot.content.fields import AtMost, Rich, Slots, Template
from bot.content.library import AreaSpec, Words
from bot.content.markup import lines, rich
from bot.guide.area import Area, Scene
from bot.guide.journey import Journey
from bot.guide.person import Change, Remember
from bot.guide.streak import streak

MILESTONE = "milestone"
"""Kind of the mark on a milestone that was celebrated; the names are the fields of the words."""


class EncouragementWords(Words):
    days: Annotated[Template, Slots("days"), AtMost(80)]
    one_day: Annotated[Rich, AtMost(80)]
    free_days: Annotated[Template, Slots("free"), AtMost(120)]
    longest: Annotated[Template, Slots("days"), AtMost(80)]
    first_step: Annotated[Rich, AtMost(150)]
    half_way: Annotated[Rich, AtMost(150)]
    all_steps: Annotated[Rich, AtMost(150)]
    week: Annotated[Rich, AtMost(150)]
    month: Annotated[Rich, AtMost(150)]


def streak_lines(scene: Scene) -> Rich:
    """The days running, for the person's own eyes; nothing of days that were missed."""
    words, now = scene.words(EncouragementWords), streak(scene.person, scene.now)
    running = rich() if not now.days else words.one_day if now.days == 1 else words.days.fill(days=now.days)
    free = words.free_days.fill(free=now.free) if now.days > 1 and now.free else rich()
    longest = words.longest.fill(days=now.longest) if now.longest > max(now.days, 1) else rich()
    return lines(running, free, longest)


def celebrated(before: Scene, after: Scene) -> tuple[tuple[Change, ...], Rich | None]:
    """What a turn reached for the first time: the changes that keep it, and the words for the greatest of it."""
    was, kept = set(_reached(before)), after.person.marks
    new = [name for name in _reached(after) if name not in was and kept.get(MILESTONE, name) is None]
    line: Rich | None = getattr(after.words(EncouragementWords), new[-1]) if new else None
    return tuple(Remember(MILESTONE, name, "yes") for name in new), line


def _reached(scene: Scene) -> Sequence[str]:
    return [*_days_reached(scene), *_steps_reached(scene)]


def _days_reached(scene: Scene) -> Iterator[str]:
    days = streak(scene.person, scene.now).days
    if days >= 7:
        yield "week"
    if days >= 30:
        yield "month"


def _steps_reached(scene: Scene) -> Iterator[str]:
    if not scene.on("steps"):
        return
    journey = Journey(scene)
    if journey.done:
        yield "first_step"
    if 2 * journey.done >= len(journey.steps):
        yield "half_way"
    if journey.done == len(journey.steps):
        yield "all_steps"


AREA = Area(AreaSpec("encouragement", EncouragementWords, always=True))

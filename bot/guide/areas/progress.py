"""One picture of everything a person has done so far."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template
from bot.content.library import AreaSpec
from bot.content.markup import bold, joined, lines, paragraphs, rich
from bot.guide.area import Area, Scene, TitledWords
from bot.guide.areas import checklist, figure, platforms, steps
from bot.guide.areas.common import bar, bullets, menu_button, resume_row
from bot.guide.areas.encouragement import streak_lines
from bot.guide.areas.nudges import nudge_lines, nudge_rows, nudges, since
from bot.guide.journey import Journey
from bot.guide.languages import did_something
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.taps import Continue, Go

LISTED = 8
"""How many tracked platforms are named; more are counted."""
NUDGES = 3
"""How many of them are spoken of because nothing moved there."""


class ProgressWords(TitledWords):
    steps: Annotated[Template, Slots("done", "total", "bar"), AtMost(100)]
    step: Annotated[Template, Slots("entry"), AtMost(20)]
    checklist: Annotated[Template, Slots("done", "total", "bar"), AtMost(100)]
    checklist_ready: Annotated[Template, Slots("done", "total", "bar"), AtMost(100)]
    platforms: Annotated[Rich, AtMost(100)]
    platform: Annotated[Template, Slots("name", "stage"), AtMost(40)]
    platforms_more: Annotated[Template, Slots("count"), AtMost(60)]
    no_platforms: Annotated[Rich, AtMost(150)]
    nothing_yet: Annotated[Rich, AtMost(200)]
    all_done: Label
    to_skipped: Annotated[LabelTemplate, Slots("count"), AtMost(40)]
    to_checklist: Annotated[LabelTemplate, Slots("done", "total"), AtMost(40)]
    to_platforms: Label


def home(scene: Scene) -> Turn:
    words = scene.words(ProgressWords)
    fresh = "" if did_something(scene.person) else words.nothing_yet
    text = paragraphs(
        bold(words.title), fresh, _steps(scene), _checklist(scene), _platforms(scene), streak_lines(scene)
    )
    return Turn(Screen(text, (*_rows(scene), (menu_button(scene),))))


def _steps(scene: Scene) -> Rich:
    if not scene.on("steps"):
        return rich()
    words, journey = scene.words(ProgressWords), Journey(scene)
    total = len(journey.steps)
    return lines(
        words.steps.fill(done=journey.done, total=total, bar=bar(scene, journey.done, total)),
        *(words.step.fill(entry=steps.entry_label(scene, step)) for step in journey.steps),
        *(figure.line(scene, step) for step in journey.steps),
    )


def _checklist(scene: Scene) -> Rich:
    if not scene.on("checklist"):
        return rich()
    words = scene.words(ProgressWords)
    done, total = checklist.counts(scene, required=True)
    line = words.checklist_ready if checklist.ready(scene) else words.checklist
    return line.fill(done=done, total=total, bar=bar(scene, done, total))


def _platforms(scene: Scene) -> Rich:
    if not scene.on("platforms"):
        return rich()
    words, mine = scene.words(ProgressWords), platforms.tracked(scene)
    named = tuple(
        joined(" ", (words.platform.fill(name=platform.name, stage=stage.title), since(scene, platform)))
        for platform, stage in mine[:LISTED]
    )
    rest = words.platforms_more.fill(count=len(mine) - LISTED) if len(mine) > LISTED else ""
    list_ = lines(words.platforms, bullets(scene, named) if mine else words.no_platforms, rest)
    return paragraphs(list_, nudge_lines(scene, nudges(scene, NUDGES)))


def _end(scene: Scene) -> str:
    """The button of somebody who went through all steps."""
    words, skipped = scene.words(ProgressWords), Journey(scene).skipped
    return words.to_skipped.fill(count=len(skipped)) if skipped else words.all_done


def _rows(scene: Scene) -> list[Row]:
    words, rows = scene.words(ProgressWords), []
    if scene.on("steps"):
        journey = Journey(scene)
        step = journey.current
        rows.append(
            resume_row(journey.number(step), step.title, scene)
            if step
            else (TapButton(_end(scene), Continue(), "primary"),)
        )
    if scene.on("checklist"):
        done, total = checklist.counts(scene, required=True)
        rows.append((TapButton(words.to_checklist.fill(done=done, total=total), Go("checklist")),))
    rows.extend(nudge_rows(scene, nudges(scene, NUDGES)))
    if scene.on("platforms"):
        rows.append((TapButton(words.to_platforms, Go("platforms")),))
    return rows


AREA = Area(AreaSpec("progress", ProgressWords), home=home)

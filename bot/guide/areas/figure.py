"""A number that a person notes at a step, by button or by typing it, and an honest answer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template
from bot.content.kinds.steps import Figure, Step, StepsFile
from bot.content.library import AreaSpec, Words
from bot.content.markup import bold, paragraphs, rich
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import back_button
from bot.guide.journey import ticked
from bot.guide.pending import asked, asking, settled
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Button, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Open, Tap

FIGURE = "figure"
"""Kind of the mark that keeps a number; its item is the figure's id."""

_NUMBER = re.compile(r"(?<![\w.,])-?\d{1,9}(?:[.,]\d{1,3})?(?![.,]?\w)")
_ANSWER_WORDS = 3
"""A text with more words than this says something of its own."""


class FigureWords(Words):
    noted: Annotated[Template, Slots("title", "value"), AtMost(40)]
    choice: Annotated[LabelTemplate, Slots("value"), AtMost(12)]
    type_it: Annotated[Rich, AtMost(200)]
    forget: Label
    out_of_range: Annotated[Template, Slots("least", "most"), AtMost(200)]
    no_number: Annotated[Template, Slots("least", "most"), AtMost(200)]


@dataclass(frozen=True, slots=True)
class AskFigure(Tap):
    """Ask for the number of a step."""

    tag: ClassVar[str] = "fa"
    step: str


@dataclass(frozen=True, slots=True)
class NoteFigure(Tap):
    """Note this whole number at a step."""

    tag: ClassVar[str] = "fn"
    step: str
    value: int


@dataclass(frozen=True, slots=True)
class ForgetFigure(Tap):
    """Take the number of a step away."""

    tag: ClassVar[str] = "ff"
    step: str


def value(scene: Scene, figure: Figure) -> Decimal | None:
    """The number noted, if there is one."""
    kept = scene.person.marks.value(FIGURE, figure.id)
    return Decimal(kept) if kept else None


def line(scene: Scene, step: Step) -> Rich:
    """The number noted at this step; empty without one."""
    number = value(scene, step.figure) if step.figure else None
    if step.figure is None or number is None:
        return rich()
    return _shown(scene, step.figure, number)


def _shown(scene: Scene, figure: Figure, number: Decimal) -> Rich:
    return scene.words(FigureWords).noted.fill(title=figure.title, value=f"{number}{figure.unit}")


def buttons(scene: Scene, step: Step) -> list[Button]:
    """The button that asks for the number, on a step that has one."""
    return [TapButton(step.figure.button, AskFigure(step.id))] if step.figure else []


def _find(scene: Scene, step_id: str) -> tuple[Step, Figure] | None:
    if not scene.on("steps"):
        return None
    step = scene.pack[StepsFile].steps.get(step_id)
    return (step, step.figure) if step and step.figure else None


def ask(scene: Scene, tap: AskFigure) -> Turn | None:
    found = _find(scene, tap.step)
    return Turn(_question(scene, *found), asking(FIGURE, found[0].id)) if found else None


def _question(scene: Scene, step: Step, figure: Figure, first: Rich | None = None) -> Screen:
    words = scene.words(FigureWords)
    choices = (
        TapButton(words.choice.fill(value=f"{number}{figure.unit}"), NoteFigure(step.id, number))
        for number in figure.examples
    )
    rows = [*in_rows(choices, 4)]
    if value(scene, figure) is not None:
        rows.append((TapButton(words.forget, ForgetFigure(step.id)),))
    rows.append((back_button(scene, step.title, Open("steps", step.id)),))
    return Screen(paragraphs(first or "", figure.ask, words.type_it), tuple(rows))


def note(scene: Scene, tap: NoteFigure) -> Turn | None:
    found = _find(scene, tap.step)
    return _noted(scene, *found, Decimal(tap.value)) if found else None


def forget(scene: Scene, tap: ForgetFigure) -> Turn | None:
    found = _find(scene, tap.step)
    if found is None:
        return None
    change = Forget(FIGURE, found[1].id)
    return Turn(_question(scene.after(change), *found), (change, *asking(FIGURE, found[0].id)))


def _noted(scene: Scene, step: Step, figure: Figure, number: Decimal) -> Turn:
    if not figure.least <= number <= figure.most:
        words = scene.words(FigureWords).out_of_range.fill(
            least=figure.least, most=f"{figure.most}{figure.unit}"
        )
        return Turn(_question(scene, step, figure, words), asking(FIGURE, step.id))
    changes: tuple[Change, ...] = (Remember(FIGURE, figure.id, str(number)), *settled())
    if figure.task and (task := step.tasks.get(figure.task)):
        changes += ticked(scene, step, task)
    low, high = figure.goal
    reply = figure.below if number < low else figure.near if number <= high else figure.reached
    heading = bold(_shown(scene, figure, number))
    up = back_button(scene, step.title, Open("steps", step.id))
    return Turn(Screen(paragraphs(heading, reply), ((up,),)), changes)


def hears(scene: Scene, text: str) -> Turn | None:
    """Take a typed number if one was asked for; what says more than a number is left to others."""
    step_id = asked(scene.person, FIGURE, scene.now)
    found = _find(scene, step_id) if step_id else None
    numbers = _NUMBER.findall(text)
    if found is None or not numbers or len(text.split()) > _ANSWER_WORDS:
        return None
    if len(numbers) == 1:
        return _noted(scene, *found, Decimal(numbers[0].replace(",", ".")))
    step, figure = found
    words = scene.words(FigureWords).no_number.fill(least=figure.least, most=f"{figure.most}{figure.unit}")
    return Turn(_question(scene, step, figure, words))


AREA = Area(
    AreaSpec("figure", FigureWords, always=True),
    taps=(on(AskFigure, ask), on(NoteFigure, note), on(ForgetFigure, forget)),
    hears=hears,
)

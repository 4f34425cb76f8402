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
from bot.guide.pending import asked, asking, settled
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Button, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Open, Tap

FIGURE = "figure"
"""Kind of the mark that keeps a number; its item is the figure's id."""

_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,3})?")
_ANSWER_WORDS, _WORDS_WITHOUT_NUMBER, _WORDS_BEFORE_MARK = 10, 6, 3
"""Above so many words, without a number or before a question mark, a text is taken as a question of its own."""
_QUESTION_MARKS = ("?", "？", "؟")


class FigureWords(Words):
    noted: Annotated[Template, Slots("value"), AtMost(80)]
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
    return scene.words(FigureWords).noted.fill(value=f"{number}{step.figure.unit}")


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
    return Turn(_question(scene.after(change), *found), (change, *settled()))


def _noted(scene: Scene, step: Step, figure: Figure, number: Decimal) -> Turn:
    if not figure.least <= number <= figure.most:
        words = scene.words(FigureWords).out_of_range.fill(
            least=figure.least, most=f"{figure.most}{figure.unit}"
        )
        return Turn(_question(scene, step, figure, words), asking(FIGURE, step.id))
    changes: tuple[Change, ...] = (Remember(FIGURE, figure.id, str(number)), *settled())
    low, high = figure.goal
    reply = figure.below if number < low else figure.near if number <= high else figure.reached
    heading = bold(scene.words(FigureWords).noted.fill(value=f"{number}{figure.unit}"))
    up = back_button(scene, step.title, Open("steps", step.id))
    return Turn(Screen(paragraphs(heading, reply), ((up,),)), changes)


def hears(scene: Scene, text: str) -> Turn | None:
    """Take a typed number if one was asked for; what reads like a question is left to others."""
    step_id = asked(scene.person, FIGURE)
    found = _find(scene, step_id) if step_id else None
    if found is None:
        return None
    number = _NUMBER.search(text)
    if _reads_like_a_question(text, bool(number)):
        return None
    if number:
        return _noted(scene, *found, Decimal(number[0].replace(",", ".")))
    step, figure = found
    words = scene.words(FigureWords).no_number.fill(least=figure.least, most=f"{figure.most}{figure.unit}")
    return Turn(_question(scene, step, figure, words))


def _reads_like_a_question(text: str, has_number: bool) -> bool:
    words = len(text.split())
    if text.rstrip().endswith(_QUESTION_MARKS) and words > _WORDS_BEFORE_MARK:
        return True
    return words > (_ANSWER_WORDS if has_number else _WORDS_WITHOUT_NUMBER)


AREA = Area(
    AreaSpec("figure", FigureWords, always=True),
    taps=(on(AskFigure, ask), on(NoteFigure, note), on(ForgetFigure, forget)),
    hears=hears,
)

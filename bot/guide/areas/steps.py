"""The getting-started steps: the list, a step, its ticks, its figure, and the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.kinds.steps import Step, StepsFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, more, paragraphs, rich
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas import figure, tally
from bot.guide.areas.common import back_button, bar, bullets, link_buttons, menu_button, resume_row
from bot.guide.areas.nudges import nudge_lines, nudge_rows, nudges
from bot.guide.areas.tips import offer_rows
from bot.guide.journey import DONE, SKIPPED, Journey, mark_step, ticked, unticked
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Continue, Go, Open, Tap

NUMBERED = ("number", "title")
Notice = Annotated[LabelTemplate, Slots(*NUMBERED), AtMost(160)]


class StepsWords(TitledWords):
    list_intro: Annotated[Template, Slots("done", "total", "bar"), AtMost(300)]
    done_entry: Annotated[LabelTemplate, Slots(*NUMBERED), AtMost(20)]
    current_entry: Annotated[LabelTemplate, Slots(*NUMBERED), AtMost(20)]
    open_entry: Annotated[LabelTemplate, Slots(*NUMBERED), AtMost(20)]
    skipped_entry: Annotated[LabelTemplate, Slots(*NUMBERED), AtMost(20)]
    heading: Annotated[Template, Slots("number", "total", "done", "bar"), AtMost(60)]
    heading_done: Annotated[Template, Slots("number", "total", "done", "bar"), AtMost(60)]
    what_to_do: Annotated[Rich, AtMost(60)]
    mistake: Annotated[Template, Slots("text"), AtMost(60)]
    done_line: Annotated[Template, Slots("text"), AtMost(60)]
    ticked: Annotated[LabelTemplate, Slots("task"), AtMost(12)]
    unticked: Annotated[LabelTemplate, Slots("task"), AtMost(12)]
    mark_done: Label
    undo: Label
    skip: Label
    helpful: Annotated[LabelTemplate, Slots("count"), AtMost(40)]
    helpful_intro: Annotated[Template, Slots("title"), AtMost(200)]
    notice_ticked: Annotated[Wording, AtMost(100)]
    notice_unticked: Annotated[Wording, AtMost(100)]
    notice_reopened: Notice
    notice_all_ticked: Notice
    notice_done: Notice
    notice_undone: Notice
    notice_skipped: Notice
    finish_skipped: Annotated[Rich, AtMost(300)]
    finish_next: Annotated[Rich, AtMost(100)]


@dataclass(frozen=True, slots=True)
class Tick(Tap):
    """Make a task of a step ticked or not."""

    tag: ClassVar[str] = "st"
    step: str
    task: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class SetStep(Tap):
    """Make a step ``done``, ``skipped`` or (empty) open again."""

    tag: ClassVar[str] = "ss"
    step: str
    state: str


@dataclass(frozen=True, slots=True)
class Helpful(Tap):
    """Show what is linked from a step."""

    tag: ClassVar[str] = "sh"
    step: str


def home(scene: Scene) -> Turn:
    """All steps with how far the person is."""
    words, journey = scene.words(StepsWords), Journey(scene)
    total = len(journey.steps)
    intro = words.list_intro.fill(done=journey.done, total=total, bar=bar(scene, journey.done, total))
    rows: list[Row] = [
        (TapButton(entry_label(scene, step), Open("steps", step.id)),) for step in journey.steps
    ]
    return Turn(Screen(paragraphs(bold(words.title), intro), (*rows, (menu_button(scene),))))


def entry_label(scene: Scene, step: Step) -> str:
    """A step as a line of the list: with its state, number and title."""
    words, journey = scene.words(StepsWords), Journey(scene)
    match journey.state(step):
        case "done":
            label = words.done_entry
        case "skipped":
            label = words.skipped_entry
        case _:
            label = words.current_entry if step is journey.current else words.open_entry
    return label.fill(number=journey.number(step), title=step.title)


def resume(scene: Scene, _: Tap | None = None) -> Turn:
    """The step the person is at, or the end."""
    step = Journey(scene).current
    screen = step_screen(scene, step) if step else finish_screen(scene)
    found = nudges(scene, most=1)
    text = paragraphs(screen.text, nudge_lines(scene, found))
    return Turn(Screen(text, (*screen.rows[:-1], *nudge_rows(scene, found), *screen.rows[-1:])))


def open_step(scene: Scene, id_: str, _: str) -> Turn | None:
    step = scene.pack[StepsFile].steps.get(id_)
    return Turn(step_screen(scene, step)) if step else None


def step_screen(scene: Scene, step: Step) -> Screen:
    words, journey = scene.words(StepsWords), Journey(scene)
    done = journey.state(step) == DONE
    heading = words.heading_done if done else words.heading
    total = len(journey.steps)
    text = paragraphs(
        lines(
            heading.fill(
                number=journey.number(step),
                total=total,
                done=journey.done,
                bar=bar(scene, journey.done, total),
            ),
            bold(step.title),
        ),
        words.done_line.fill(text=step.done) if done else step.why,
        lines(words.what_to_do, bullets(scene, step.do)),
        lines(tally.line(scene, step), figure.line(scene, step)),
        more(words.mistake.fill(text=step.mistake)),
    )
    return Screen(text, (*_task_rows(scene, step), *_way_on(scene, step, done), *_ways_aside(scene, step)))


def _task_rows(scene: Scene, step: Step) -> list[Row]:
    words, journey = scene.words(StepsWords), Journey(scene)
    rows: list[Row] = []
    for task in step.tasks:
        ticked = journey.ticked(step, task)
        label = (words.ticked if ticked else words.unticked).fill(task=task.text)
        rows.append((TapButton(label, Tick(step.id, task.id, not ticked)),))
    return rows


def _way_on(scene: Scene, step: Step, done: bool) -> list[Row]:
    words, journey = scene.words(StepsWords), Journey(scene)
    undo = TapButton(words.undo, SetStep(step.id, ""))
    offer = offer_rows(scene) if done and step is journey.steps[0] else ()
    if not done:
        mark = TapButton(words.mark_done, SetStep(step.id, DONE), "good")
        skipped = journey.state(step) == SKIPPED
        return [(mark, undo if skipped else TapButton(words.skip, SetStep(step.id, SKIPPED)))]
    after = journey.following(step)
    if after is None:
        return [(TapButton(scene.pack[StepsFile].finish.title, Continue(), "primary"),), *offer, (undo,)]
    return [_to_step(scene, after), *offer, (undo,)]


def _to_step(scene: Scene, step: Step) -> Row:
    number = Journey(scene).number(step)
    (button,) = resume_row(number, step.title, scene)
    assert isinstance(button, TapButton)
    return (TapButton(button.label, Open("steps", step.id), "primary"),)


def _ways_aside(scene: Scene, step: Step) -> list[Row]:
    words = scene.words(StepsWords)
    aside: list[Button] = [*tally.buttons(scene, step), *figure.buttons(scene, step)]
    if count := len(link_buttons(scene, step.links)):
        aside.append(TapButton(words.helpful.fill(count=count), Helpful(step.id)))
    return [*in_rows(aside, 2), (back_button(scene, words.title, Go("steps")), menu_button(scene))]


def tick(scene: Scene, tap: Tick) -> Turn | None:
    """Tick or untick; the last tick makes the step done, taking one away opens it again."""
    step = scene.pack[StepsFile].steps.get(tap.step)
    task = step.tasks.get(tap.task) if step else None
    if step is None or task is None:
        return None
    words, before = scene.words(StepsWords), Journey(scene)
    changes = (ticked if tap.ticked else unticked)(scene, step, task)
    after = scene.after(*changes)
    notice = words.notice_ticked if tap.ticked else words.notice_unticked
    if (was := before.state(step)) != (now := Journey(after).state(step)) and DONE in (was, now):
        changed = words.notice_all_ticked if now == DONE else words.notice_reopened
        notice = changed.fill(number=before.number(step), title=step.title)
    return Turn(step_screen(after, step), changes, notice)


def set_step(scene: Scene, tap: SetStep) -> Turn | None:
    """Mark done, skip, or open again. A skip goes on to the next step."""
    step = scene.pack[StepsFile].steps.get(tap.step)
    if step is None or tap.state not in ("", DONE, SKIPPED):
        return None
    words = scene.words(StepsWords)
    if tap.state == SKIPPED and Journey(scene).state(step) == DONE:
        # An old "skip" under a step that was done since: what was shown as done stays done.
        return Turn(step_screen(scene, step))
    changes = mark_step(step, tap.state or None)
    after = scene.after(*changes)
    notice = {"": words.notice_undone, DONE: words.notice_done, SKIPPED: words.notice_skipped}[tap.state]
    line = notice.fill(number=Journey(scene).number(step), title=step.title)
    if tap.state == SKIPPED:
        following = Journey(after).following(step)
        return Turn(step_screen(after, following) if following else finish_screen(after), changes, line)
    return Turn(step_screen(after, step), changes, line)


def helpful(scene: Scene, tap: Helpful) -> Turn | None:
    """Everything linked from a step, each a button that leads back to it."""
    step = scene.pack[StepsFile].steps.get(tap.step)
    if step is None:
        return None
    links = in_rows(link_buttons(scene, step.links, back=step.id), 1)
    up = back_button(scene, step.title, Open("steps", step.id))
    return Turn(Screen(scene.words(StepsWords).helpful_intro.fill(title=step.title), (*links, (up,))))


def finish_screen(scene: Scene) -> Screen:
    """The end: what was achieved and what comes next; skipped steps are offered again."""
    words, journey, finish = scene.words(StepsWords), Journey(scene), scene.pack[StepsFile].finish
    achieved = tuple(step.done for step in journey.steps if journey.state(step) == DONE)
    text = paragraphs(
        bold(words.title if journey.skipped else finish.title),
        bar(scene, journey.done, len(journey.steps)),
        finish.achieved if not journey.skipped else rich(words.finish_skipped),
        lines(words.finish_next, bullets(scene, finish.next)),
        more(bullets(scene, achieved)),
    )
    skipped: list[Row] = [
        (TapButton(entry_label(scene, step), Open("steps", step.id)),) for step in journey.skipped
    ]
    rows = (*skipped, *in_rows(link_buttons(scene, finish.links), 1))
    return Screen(text, (*rows, (back_button(scene, words.title, Go("steps")), menu_button(scene))))


AREA = Area(
    AreaSpec("steps", StepsWords, (StepsFile,)),
    home=home,
    taps=(on(Tick, tick), on(SetStep, set_step), on(Helpful, helpful), on(Continue, resume)),
    opens={"steps": open_step},
    links={"step": "steps"},
)

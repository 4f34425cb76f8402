"""Ways through the steps that many conversations take."""

from __future__ import annotations

from bot.content.kinds.steps import Step, StepsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.steps import StepsWords
from tests.support.chat import Chats, Chatter


def open_step(person: Chatter, at: int) -> Step:
    """Open a step by its place, counted from 0."""
    step = person.chats.pack[StepsFile].steps[at]
    person.says(f"/start step_{step.id}")
    return step


def label_of(person: Chatter, step: Step, task: int, *, ticked: bool) -> str:
    """The label of a task as it reads when ticked or not."""
    words = person.chats.words(StepsWords)
    return (words.ticked if ticked else words.unticked).fill(task=step.tasks[task].text)


def bar_of(chats: Chats, done: int, total: int) -> str:
    """A bar as it is drawn for at most ten things."""
    words = chats.words(CommonWords)
    return words.bar_full * done + words.bar_empty * (total - done)


def finish(person: Chatter) -> None:
    """Mark every step done."""
    for at in range(len(person.chats.pack[StepsFile].steps)):
        open_step(person, at)
        person.taps(person.chats.words(StepsWords).mark_done)

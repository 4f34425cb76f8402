"""The steps that lead a beginner from nothing to the first result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from bot.content.fields import (
    AtMost,
    Concern,
    Entry,
    KindFile,
    Label,
    Links,
    Ref,
    Rich,
    Shelf,
    Slots,
    Strict,
    SubId,
    Template,
    Wording,
    entries,
)
from bot.content.kinds.platforms import doubtful_links

if TYPE_CHECKING:
    from bot.content.library import Pack


class Task(Entry):
    """A part of a step that a person can tick."""

    id: SubId
    text: Label


class Tally(Strict):
    """A step that looks at the tracker: how many entries have come as far as ``stage``."""

    stage: Annotated[SubId, Ref("platforms.stages")]
    goal: tuple[int, int]
    """From the first number on it is enough; above the second it is more than advised."""
    none_yet: Annotated[Rich, AtMost(160)]
    """For the count 0; the other three may name it as ``{count}``."""
    too_few: Annotated[Template, Slots("count"), AtMost(160)]
    enough: Annotated[Template, Slots("count"), AtMost(160)]
    too_many: Annotated[Template, Slots("count"), AtMost(160)]

    @model_validator(mode="after")
    def _goal_rises(self) -> Self:
        if not 1 <= self.goal[0] <= self.goal[1]:
            raise ValueError("goal: write the smaller number first, both at least 1")
        return self


class Figure(Strict):
    """A number that a person may note at a step, and what to say to it."""

    id: SubId
    title: Label
    """What the number is: shown before it."""
    task: SubId | None = None
    """The task of the step that is ticked when the number is noted."""
    least: int = 0
    most: int = 100
    goal: tuple[int, int]
    """Below the first number, from the first to the second, and above it are three answers."""
    unit: Annotated[str, Field(max_length=8)] = ""
    button: Label
    ask: Annotated[Rich, AtMost(400)]
    below: Annotated[Rich, AtMost(400)]
    near: Annotated[Rich, AtMost(400)]
    reached: Annotated[Rich, AtMost(400)]
    examples: Annotated[tuple[int, ...], Field(min_length=2, max_length=8)]
    """Numbers offered as buttons."""

    @model_validator(mode="after")
    def _numbers_fit(self) -> Self:
        low, high = self.goal
        if not self.least <= low <= high <= self.most:
            raise ValueError("goal: both numbers lie between least and most, the smaller first")
        for number in self.examples:
            if not self.least <= number <= self.most:
                raise ValueError(f"examples: {number} is not between least and most")
        return self


class Step(Entry):
    title: Label
    why: Annotated[Rich, AtMost(200)]
    """Why it matters."""
    do: Annotated[tuple[Annotated[Rich, AtMost(110)], ...], Field(min_length=3, max_length=6)]
    """What to do, a short line each."""
    tasks: Annotated[Shelf[Task], entries(2, 5)]
    mistake: Annotated[Rich, AtMost(400)]
    """A common mistake, and what to do instead."""
    done: Annotated[Rich, AtMost(160)]
    """What a person has achieved when the step is done, in one line."""
    tally: Tally | None = None
    figure: Figure | None = None
    links: Links = Links()

    @property
    def caption(self) -> str:
        return self.title


class Finish(Strict):
    """The screen after the last step."""

    title: Annotated[Wording, AtMost(60)]
    achieved: Annotated[Rich, AtMost(400)]
    next: Annotated[tuple[Annotated[Rich, AtMost(140)], ...], Field(min_length=1, max_length=6)]
    links: Links = Links()


class StepsFile(KindFile):
    steps: Annotated[Shelf[Step], entries()]
    finish: Finish

    def cross_check(self, pack: Pack) -> Iterable[Concern]:
        """A figure is of one step, its task exists, and no link recommends what may not be recommended."""
        seen: set[str] = set()
        for at, step in enumerate(self.steps):
            yield from doubtful_links(pack, step.links, ("steps", at))
            if step.figure is None:
                continue
            if step.figure.id in seen:
                yield (
                    ("steps", at, "figure", "id"),
                    f"{step.figure.id!r} is the figure of an earlier step, too; give it an id of its own",
                )
            seen.add(step.figure.id)
            if step.figure.task and step.tasks.get(step.figure.task) is None:
                known = ", ".join(task.id for task in step.tasks)
                yield (
                    ("steps", at, "figure", "task"),
                    f"there is no {step.figure.task!r} in the tasks of this step; known: {known}",
                )
        yield from doubtful_links(pack, self.finish.links, ("finish",))


__all__ = ["Figure", "Finish", "Step", "StepsFile", "Tally", "Task"]

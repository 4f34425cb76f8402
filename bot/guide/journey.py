"""Where a person stands in the steps: derived from their marks and the content as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.kinds.steps import Step, StepsFile, Task
from bot.guide.area import Scene
from bot.guide.person import Change, Forget, Remember

STEP = "step"
"""Kind of the mark on a step; its value is ``done`` or ``skipped``."""
TASK = "task"
"""Kind of the mark on a ticked task; its item is ``<step>/<task>``."""
DONE = "done"
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps of one person."""

    scene: Scene

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self.scene.pack[StepsFile].steps)

    def state(self, step: Step) -> str | None:
        """``done``, ``skipped`` or ``None``."""
        return self.scene.person.marks.value(STEP, *step.ids)

    def number(self, step: Step) -> int:
        """Counted from 1, in the author's present order."""
        return self.steps.index(step) + 1

    @property
    def done(self) -> int:
        return sum(self.state(step) == DONE for step in self.steps)

    @property
    def skipped(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if self.state(step) == SKIPPED)

    @property
    def current(self) -> Step | None:
        """The first step neither done nor skipped; ``None`` when there is none left."""
        return next((step for step in self.steps if self.state(step) is None), None)

    def following(self, step: Step) -> Step | None:
        """The next open step after ``step``, else the first open one."""
        steps = self.steps
        later = steps[steps.index(step) + 1 :]
        return next((other for other in later if self.state(other) is None), self.current)

    def ticked(self, step: Step, task: Task) -> bool:
        return self.scene.person.marks.get(TASK, *task_items(step, task)) is not None

    def all_ticked(self, step: Step) -> bool:
        return all(self.ticked(step, task) for task in step.tasks)


def task_items(step: Step, task: Task) -> tuple[str, ...]:
    """The items under which a tick may stand: present ids first, then each former one."""
    return tuple(f"{step_id}/{task_id}" for step_id in step.ids for task_id in task.ids)


def mark_step(step: Step, value: str | None) -> tuple[Change, ...]:
    """Set or take away the mark of a step, under all the ids it ever had."""
    if value:
        return (Remember(STEP, step.id, value), *(Forget(STEP, old) for old in step.renamed_from))
    return tuple(Forget(STEP, id_) for id_ in step.ids)


def ticked(scene: Scene, step: Step, task: Task) -> tuple[Change, ...]:
    """Tick a task. If that was the last one missing, the step is done, too."""
    before = Journey(scene)
    changes = mark_task(step, task, done=True)
    newly = not before.ticked(step, task) and before.state(step) != DONE
    if newly and Journey(scene.after(*changes)).all_ticked(step):
        changes += mark_step(step, DONE)
    return changes


def unticked(scene: Scene, step: Step, task: Task) -> tuple[Change, ...]:
    """Take a tick away. A step that was done by its ticks is open again; one marked done by hand stays so."""
    before = Journey(scene)
    changes = mark_task(step, task, done=False)
    if before.state(step) == DONE and before.all_ticked(step):
        changes += mark_step(step, None)
    return changes


def mark_task(step: Step, task: Task, done: bool) -> tuple[Change, ...]:
    """Tick or untick a task, under all the ids it ever had."""
    present, *former = task_items(step, task)
    if done:
        return (Remember(TASK, present, DONE), *(Forget(TASK, old) for old in former))
    return tuple(Forget(TASK, item) for item in (present, *former))

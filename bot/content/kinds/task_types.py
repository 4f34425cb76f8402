"""The kinds of work there are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import AtMost, Entry, Id, KindFile, Label, Links, Ref, Rich, Shelf, entries

Point = Annotated[Rich, AtMost(140)]


class TaskType(Entry):
    title: Label
    what: Annotated[Rich, AtMost(400)]
    """What one does."""
    examples: Annotated[tuple[Point, ...], Field(min_length=2, max_length=6)]
    skills: Annotated[tuple[Point, ...], Field(min_length=1, max_length=6)]
    equipment: tuple[Annotated[Id, Ref("equipment")], ...] = ()
    level: Annotated[Id, Ref("pay.levels")]
    level_note: Annotated[Rich, AtMost(240)] | None = None
    links: Links = Links()

    @property
    def caption(self) -> str:
        return self.title


class TaskTypesFile(KindFile):
    task_types: Annotated[Shelf[TaskType], entries(1, 20)]

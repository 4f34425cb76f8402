"""The kinds of work there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from bot.content.fields import AtMost, Concern, Entry, Id, KindFile, Label, Links, Ref, Rich, Shelf, entries
from bot.content.kinds.platforms import doubtful_links

if TYPE_CHECKING:
    from bot.content.library import Pack

LISTS = ("all", "beginner", "mine")
"""Lists that go across kinds of work; where a list is named, they stand beside the ids of kinds."""

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

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """Ids do not clash with the lists that are not of one kind of work; nothing doubtful is suggested."""
        for position, kind in enumerate(self.task_types):
            yield from doubtful_links(pack, kind.links, ("task_types", position))
            if kind.id in LISTS:
                yield (
                    ("task_types", position, "id"),
                    f"{kind.id!r} names a list of all kinds already; choose another id",
                )

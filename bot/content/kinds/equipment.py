"""What a person needs before they begin: the checklist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from bot.content.fields import (
    AtMost,
    Concern,
    Entry,
    Id,
    KindFile,
    Label,
    Links,
    Ref,
    Rich,
    Shelf,
    Strict,
    SubId,
    entries,
)
from bot.content.kinds.platforms import doubtful_links
from bot.content.kinds.welcome import WelcomeFile

if TYPE_CHECKING:
    from bot.content.library import Pack


class Item(Entry):
    title: Label
    required: bool
    why: Annotated[Rich, AtMost(300)]
    check: Annotated[Rich, AtMost(400)]
    """How to find out whether it is good enough."""
    without: Annotated[Rich, AtMost(400)]
    """What to do when one does not have it."""
    links: Links = Links()

    @property
    def caption(self) -> str:
        return self.title


class Answered(Strict):
    """An answer to one of the welcome questions."""

    question: Annotated[SubId, Ref("welcome.questions")]
    option: SubId


class Path(Entry):
    """Another way for people who lack something basic, such as a computer."""

    title: Label
    text: Annotated[Rich, AtMost(700)]
    more: Annotated[Rich, AtMost(1200)] | None = None
    shown_first_if: Answered | None = None
    needs: tuple[Annotated[Id, Ref("equipment")], ...] = ()
    """All that this way takes. The checklist of those to whom it is shown first names nothing else."""
    links: Links = Links()


class EquipmentFile(KindFile):
    equipment: Annotated[Shelf[Item], entries(1, 20)]
    paths: Annotated[Shelf[Path], Field(default_factory=Shelf)]

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """A path may be shown first only after an answer that can be given, and suggests nothing doubtful."""
        for position, path in enumerate(self.paths):
            yield from doubtful_links(pack, path.links, ("paths", position))
        if not pack.has(WelcomeFile):
            return
        for position, path in enumerate(self.paths):
            if not (wanted := path.shown_first_if):
                continue
            question = pack[WelcomeFile].questions.get(wanted.question)
            if question and not question.options.get(wanted.option):
                known = ", ".join(option.id for option in question.options)
                message = f"the question {question.id!r} has no option {wanted.option!r}; known: {known}"
                yield ("paths", position, "shown_first_if", "option"), message


__all__ = ["Answered", "EquipmentFile", "Item", "Path"]

"""The words of the trade, explained."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import AtMost, Entry, Id, KindFile, Label, Phrase, Ref, Rich, Shelf, entries


class Group(Entry):
    title: Label


class Term(Entry):
    group: Annotated[Id, Ref("glossary.groups")]
    term: Label
    meaning: Annotated[Rich, AtMost(400)]
    example: Annotated[Rich, AtMost(300)] | None = None
    also: Annotated[tuple[Phrase, ...], Field(max_length=6)] = ()
    """Other words for the same."""
    related: tuple[Annotated[Id, Ref("glossary")], ...] = ()

    @property
    def caption(self) -> str:
        return self.term


class GlossaryFile(KindFile):
    groups: Annotated[Shelf[Group], entries(1, 20)]
    glossary: Annotated[Shelf[Term], entries(1, 2_000)]

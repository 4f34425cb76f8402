"""The first minute: who this is for, what the bot never does, and a few questions that may be skipped."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import AtMost, Entry, Id, KindFile, Label, Phrase, Ref, Rich, Shelf, SubId, entries


class Option(Entry):
    id: SubId
    label: Label
    also_typed: tuple[Phrase, ...] = ()
    """What people type for it, besides its label."""
    reply: Annotated[Rich, AtMost(200)] | None = None
    """One kind line back to this answer."""
    task_types: tuple[Annotated[Id, Ref("task_types")], ...] = ()
    """Kinds of work to show first to a person who chose this."""


class Question(Entry):
    id: SubId
    question: Annotated[Rich, AtMost(300)]
    short: Label
    """The question in a word or two, for the settings."""
    options: Annotated[Shelf[Option], entries(2, 8)]


class WelcomeFile(KindFile):
    intro: Annotated[Rich, AtMost(500)]
    never: Annotated[tuple[Annotated[Rich, AtMost(140)], ...], Field(min_length=1, max_length=6)]
    """What the bot never does."""
    questions: Annotated[Shelf[Question], Field(default_factory=Shelf)]

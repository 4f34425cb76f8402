"""Questions that beginners ask, and their answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import (
    AtMost,
    Entry,
    Id,
    KindFile,
    Label,
    Links,
    Phrase,
    Ref,
    Rich,
    Shelf,
    Source,
    Wording,
    entries,
)


class Category(Entry):
    title: Label


class Question(Entry):
    category: Annotated[Id, Ref("faq.categories")]
    question: Annotated[Wording, AtMost(90)]
    short: Label
    """The question in a few words, for buttons."""
    ask: Annotated[tuple[Phrase, ...], Field(min_length=3, max_length=30)]
    """Other ways to ask it, as beginners type them."""
    answer: Annotated[Rich, AtMost(600)]
    more: Annotated[Rich, AtMost(1600)] | None = None
    """A longer answer, folded until it is tapped."""
    related: tuple[Annotated[Id, Ref("faq")], ...] = ()
    links: Links = Links()
    sources: tuple[Source, ...] = ()

    @property
    def caption(self) -> str:
        return self.short


class FaqFile(KindFile):
    categories: Annotated[Shelf[Category], entries(1, 20)]
    faq: Annotated[Shelf[Question], entries(1, 10_000)]

"""Questions that beginners ask, and their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from bot.content.fields import (
    AtMost,
    Concern,
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
from bot.content.phrases import fold


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

    def own_check(self) -> Iterator[Concern]:
        """A way to ask leads to one entry: with two that share it, chance would choose."""
        owners: dict[str, str] = {}
        for number, entry in enumerate(self.faq):
            for key, text in _ways(entry):
                owner = owners.setdefault(_plain(text), entry.id)
                if owner != entry.id:
                    message = (
                        f"{owner!r} and {entry.id!r} are both asked by {text!r}; take it out of one of them"
                    )
                    yield ("faq", number, *key), message


def _ways(entry: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("question",), entry.question
    yield from ((("ask", number), text) for number, text in enumerate(entry.ask))


def _plain(text: str) -> str:
    """Case, accents and signs make no other way of it; a text of signs alone is what it is."""
    return " ".join(re.findall(r"\w+", fold(text))) or text

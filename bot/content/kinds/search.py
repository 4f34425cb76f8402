"""How people word what they ask: synonyms, keywords, and what to say to that which is no question for the FAQ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from bot.content.fields import AtMost, Concern, Entry, Id, KindFile, Links, Phrase, Rich, Shelf
from bot.content.kinds.faq import FaqFile
from bot.content.suggest import did_you_mean

if TYPE_CHECKING:
    from bot.content.library import Pack

Synonyms = Annotated[tuple[Phrase, ...], Field(min_length=2, max_length=60)]
Keywords = Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=60)]


class Reply(Entry):
    """What is said to something that the FAQ is not for: a greeting, an insult, another subject."""

    examples: Annotated[tuple[Phrase, ...], Field(min_length=3, max_length=60)]
    """How people say it."""
    reply: Annotated[Rich, AtMost(400)]
    links: Links = Links()


class SearchFile(KindFile):
    synonyms: Annotated[tuple[Synonyms, ...], Field(max_length=300)] = ()
    """Words, or words side by side, that mean the same in this subject."""
    keywords: Mapping[Id, Keywords] = Field(default_factory=dict)
    """More words that lead to an entry of the FAQ, by its id."""
    replies: Shelf[Reply] = Field(default_factory=Shelf, max_length=60)

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """The keywords are those of entries that there are."""
        if pack.has(FaqFile):
            faq = pack[FaqFile].faq
            for id_ in self.keywords:
                if faq.get(id_) is None:
                    known = [entry.id for entry in faq]
                    yield ("keywords", id_), f"the FAQ has no {id_!r}; {did_you_mean(id_, known)}"

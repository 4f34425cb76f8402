"""How people word what they ask: spellings, synonyms, keywords, and what to say to that which is no question for the FAQ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from bot.content.fields import AtMost, Concern, Entry, Id, KindFile, Links, Phrase, Rich, Shelf
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.offers import Ways, WordSet, one_word, unknown_sets
from bot.content.phrases import CLASSES, bare
from bot.content.suggest import did_you_mean

if TYPE_CHECKING:
    from bot.content.library import Pack

Synonyms = Annotated[tuple[Phrase, ...], Field(min_length=2, max_length=60)]
Spellings = Annotated[tuple[Phrase, ...], Field(min_length=2, max_length=60)]
Keywords = Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=60)]
Place = Literal[
    "steps", "checklist", "platforms", "match", "offers", "jobs", "pay", "worked", "glossary", "tips",
    "progress", "settings", "language", "delete", "reports",
]  # fmt: skip
"""A part of the chat by its name in ``bot.yaml``; ``settings``, ``language``, where one deletes what is kept, and where
offers are reported."""


_WORD = re.compile(r"[^\W_]+")


class Reply(Entry):
    """What is said to something that the FAQ is not for: a greeting, an insult, another subject."""

    examples: Annotated[tuple[Phrase, ...], Field(min_length=3, max_length=60)]
    """How people say it."""
    ways: Annotated[Ways, Field(max_length=100)] = ()
    """Patterns, as in ``offers.yaml``. Whatever says one of them gets this reply; with them, what is
    only like an example does not.
    """
    unless: Annotated[Ways, Field(max_length=100)] = ()
    """Patterns that take the meaning of ``ways`` away."""
    no_offer: bool = False
    """Whether somebody who says one of the ways tells of themselves, so that their text is not looked at as an offer."""
    alone: bool = False
    """Whether nothing is offered beside it but what it names itself, and nobody is asked to go on with their steps."""
    reply: Annotated[Rich, AtMost(600)]
    links: Links = Links()
    opens: tuple[Place, ...] = ()
    """Parts of the chat that a button leads to."""


class SearchFile(KindFile):
    spellings: Annotated[tuple[Spellings, ...], Field(max_length=300)] = ()
    """What people write in haste: first the word, or words, that they mean, then single words that stand for it."""
    synonyms: Annotated[tuple[Synonyms, ...], Field(max_length=300)] = ()
    """Words, or words side by side, that mean the same in this subject."""
    keywords: Mapping[Id, Keywords] = Field(default_factory=dict)
    """More words that lead to an entry of the FAQ, by its id."""
    sets: Shelf[WordSet] = Field(default_factory=Shelf, max_length=60)
    """Words that patterns use as one."""
    replies: Shelf[Reply] = Field(default_factory=Shelf, max_length=60)
    """Of several replies whose ways a text says, it gets the first."""

    def own_check(self) -> Iterator[Concern]:
        """Spellings can be found and mean one thing each, the sets are those that are defined, and replies say by ways what
        only counts with them.
        """
        yield from self._spelling_faults()
        known_sets = CLASSES | {each.id for each in self.sets}
        for place, each in enumerate(self.sets):
            yield from one_word(("sets", place, "words"), each.words)
        for place, reply in enumerate(self.replies):
            yield from unknown_sets(("replies", place, "ways"), reply.ways, known_sets)
            yield from unknown_sets(("replies", place, "unless"), reply.unless, known_sets)
            if not reply.ways:
                for key in ("unless", "no_offer"):
                    if getattr(reply, key):
                        yield (
                            ("replies", place, key),
                            "this only counts with 'ways'; add them, or take it out",
                        )

    def _spelling_faults(self) -> Iterator[Concern]:
        meant_by: dict[str, str] = {}
        for place, (meant, *written) in enumerate(self.spellings):
            for at, hasty in enumerate(written, start=1):
                words = _flat_words(hasty)
                if len(words) != 1:
                    yield (
                        ("spellings", place, at),
                        f"{hasty!r} is not one word; only the first of a line may be several",
                    )
                elif (other := meant_by.setdefault(words[0], meant)) != meant:
                    yield ("spellings", place, at), f"{hasty!r} stands for {other!r} already; choose one"

    def cross_check(self, pack: Pack) -> Iterator[Concern]:
        """The keywords are those of entries that there are."""
        if pack.has(FaqFile):
            faq = pack[FaqFile].faq
            for id_ in self.keywords:
                if faq.get(id_) is None:
                    known = [entry.id for entry in faq]
                    yield ("keywords", id_), f"the FAQ has no {id_!r}; {did_you_mean(id_, known)}"


def _flat_words(text: str) -> list[str]:
    """Its words as those of a question are compared: lower case, without accents, parted by all other signs."""
    return _WORD.findall(bare(text))

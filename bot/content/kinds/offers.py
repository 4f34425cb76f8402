"""Warning signs in offers of work: what each is, how a text shows it, what to do, and where to report it.

How things are said is in the languages' files, as concepts; which concepts together are a sign is the same in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.content.fields import (
    AtMost,
    Concern,
    Domain,
    Entry,
    Id,
    KindFile,
    Label,
    Links,
    Ref,
    Rich,
    Shelf,
    Source,
    Strict,
    SubId,
    Url,
    WordsMark,
    entries,
)
from bot.content.kinds.regions import CountryCode
from bot.content.phrases import CLASSES, Pattern

Severity = Literal["high", "medium", "low"]
Ways = tuple[Annotated[Pattern, WordsMark()], ...]
"""Ways to say something; a translation has its own."""
ConceptId = Annotated[Id, Ref("offers.concepts")]


class WordSet(Entry):
    """Words that patterns use as one, ``<id>``."""

    words: Annotated[Ways, Field(min_length=1, max_length=20)]
    """Each line is one word with its alternatives."""


class Concept(Entry):
    """One thing that a text may say, in all its wordings."""

    ways: Annotated[Ways, Field(min_length=1, max_length=300)]


class Rule(Strict):
    """Concepts that are a sign when a text says all of them."""

    all: Annotated[tuple[ConceptId, ...], Field(max_length=5)] = ()
    within: Literal["sentence", "near", "message"] = "near"
    """Where they must stand: in one sentence, in it or the next to it, or anywhere."""
    unless: tuple[ConceptId, ...] = ()
    """What takes the meaning away if it stands there, too."""
    though_reported: bool = False
    """Whether it counts in a text that only tells of such offers."""
    weaker_signs: Annotated[int, Field(ge=2, le=9)] | None = None
    """Instead of concepts: so many other signs of less than high severity."""

    @model_validator(mode="after")
    def _has_one_kind(self) -> Rule:
        if bool(self.all) == (self.weaker_signs is not None):
            raise ValueError("a rule has either 'all', with concepts, or 'weaker_signs', with a number")
        return self


class Flag(Entry):
    """A warning sign. Signs stand in the order of their weight."""

    id: SubId
    severity: Severity
    raised_by: Annotated[tuple[Rule, ...], Field(max_length=40)] = ()
    sources: tuple[Source, ...] = ()
    title: Label
    looks_like: Annotated[Rich, AtMost(300)]
    why: Annotated[Rich, AtMost(400)]
    what_to_do: Annotated[Rich, AtMost(400)]

    @property
    def caption(self) -> str:
        return self.title


class ReportPlace(Entry):
    """Where people report it; without countries: everywhere."""

    countries: tuple[CountryCode, ...] = ()
    url: Url | None = None
    sources: tuple[Source, ...] = ()
    text: Annotated[Rich, AtMost(200)]


class Reading(Strict):
    """How a language says that something is not so, or that somebody else says it."""

    common: Annotated[Ways, Field(min_length=1)]
    """Words so common that they tell the language of a text."""
    currencies: Ways
    """Words that make an amount of the number before them."""
    far_negation: Ways
    """Negates what follows up to the end of the sentence, as "never" does."""
    near_negation: Ways
    """Negates the next few words, as "no" does."""
    negation_ends: Ways
    """What a negation does not reach beyond, as "but" and "only"."""
    no_negation: Ways
    """What only looks like one: "do not hesitate to"."""
    reported: Ways
    """In a sentence with one of these somebody tells of an offer, or warns."""
    all_reported: Ways
    """With one of these the whole text does, unless it makes an offer itself."""
    hooks: Ways
    """How somebody who makes an offer speaks to the reader."""


class Worded(Strict):
    """What the points of a text (:mod:`bot.content.kinds.offer_words`) decide."""

    scam_from: Annotated[int, Field(ge=-1000, le=1000)]
    """From so many on the wording alone is a sign."""
    honest_below: Annotated[int, Field(ge=-1000, le=1000)]
    """Below so many a sign of high severity counts as medium."""
    sign: Annotated[SubId, Ref("offers.flags")]
    """The sign that wording alone raises."""


class OffersFile(KindFile):
    flags: Annotated[Shelf[Flag], entries(1, 60)]
    concepts: Annotated[Shelf[Concept], entries(1, 200)]
    sets: Annotated[Shelf[WordSet], entries(0, 60)]
    reading: Reading
    reports: Annotated[Shelf[ReportPlace], entries(0, 30)]
    worded: Worded | None = None
    offer_concepts: Annotated[tuple[ConceptId, ...], Field(min_length=1)]
    """Two of these make a typed text one that is checked without being asked to."""
    links: Links = Links()
    """What is worth reading afterwards."""
    host_words: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,15}$")], ...] = ()
    """What imitators add to a name in an address."""
    chat_hosts: tuple[Domain, ...] = ()
    short_hosts: tuple[Domain, ...] = ()
    free_mail_hosts: tuple[Domain, ...] = ()

    def own_check(self) -> Iterator[Concern]:
        """The sets are those that are defined."""
        known = CLASSES | {each.id for each in self.sets}
        for at, each in enumerate(self.sets):
            yield from one_word(("sets", at, "words"), each.words)
        for at, concept in enumerate(self.concepts):
            yield from unknown_sets(("concepts", at, "ways"), concept.ways, known)
        for name in Reading.model_fields:
            yield from unknown_sets(("reading", name), getattr(self.reading, name), known)


def one_word(way: tuple[str | int, ...], ways: Ways) -> Iterator[Concern]:
    """What in a set is more than a word with its alternatives."""
    for at, pattern in enumerate(ways):
        if len(pattern.steps) > 1 or pattern.names:
            yield (*way, at), "a set holds single words, with | between them"


def unknown_sets(way: tuple[str | int, ...], ways: Ways, known: frozenset[str]) -> Iterator[Concern]:
    """Sets that patterns speak of and nobody defines."""
    for at, pattern in enumerate(ways):
        for name in sorted(pattern.names - known):
            yield (*way, at), f"there is no set <{name}>; define it under 'sets', or use a word"


__all__ = [
    "Concept", "Flag", "OffersFile", "Reading", "ReportPlace", "Rule", "Severity", "Ways", "WordSet", "Worded",
    "one_word", "unknown_sets",
]  # fmt: skip

"""How each entry takes each possible answer: nothing in it is about anybody, so it is worked out once for a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.content.fields import Entry
from bot.content.kinds.matching import MatchingFile, Option, Question
from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.kinds.takes import Take
from bot.content.library import Pack
from bot.content.per_pack import per_pack

Level = Literal["best", "good", "partly", "unknown", "unfit"]
LEVELS: tuple[Level, ...] = ("best", "good", "partly", "unknown", "unfit")
"""How an answer suits an entry, best first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer to a question, wherever its words are from."""

    id: str
    ids: tuple[str, ...]
    label: str
    phrase: str
    """The answer within a sentence."""
    counts_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """How an entry takes each answer to a question, and which it takes at least in part."""

    levels: Mapping[str, Level]
    wanted: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What the answers of nobody in particular come to, worked out once."""

    choices: Mapping[str, tuple[Choice, ...]]
    """By question."""
    taken: Mapping[tuple[str, str], Taken]
    """By entry and question."""


def choices(pack: Pack, question: Question) -> tuple[Choice, ...]:
    """The possible answers, in the author's order."""
    return table(pack).choices[question.id]


def _choices(pack: Pack, question: Question) -> tuple[Choice, ...]:
    entries: Iterable[Entry] = question.options
    if question.options_from:
        entries = pack.shelf(question.options_from) or ()
    return tuple(_choice(entry) for entry in entries)


def _choice(entry: Entry) -> Choice:
    if isinstance(entry, Option):
        return Choice(entry.id, entry.ids, entry.label, entry.phrase, entry.counts_as)
    return Choice(entry.id, entry.ids, entry.caption, entry.caption)


def chosen(pack: Pack, question: Question, ids: Iterable[str]) -> tuple[Choice, ...]:
    """The options with these present or former ids, in the author's order; what is no option is left out."""
    wanted = frozenset(ids)
    return tuple(choice for choice in choices(pack, question) if wanted.intersection(choice.ids))


@per_pack
def table(pack: Pack) -> Table:
    """The table of a pack, which has questions and entries."""
    every = {question.id: _choices(pack, question) for question in pack[MatchingFile].questions}
    taken = {
        (platform.id, question.id): _taken(platform, question, every[question.id])
        for platform in pack[PlatformsFile].platforms
        for question in pack[MatchingFile].questions
    }
    return Table(every, taken)


def _taken(platform: Platform, question: Question, every: tuple[Choice, ...]) -> Taken:
    take = _stated(platform, question)
    if take is None:
        return Taken({choice.id: "unknown" for choice in every})
    wanted = frozenset((*take.best, *take.good, *take.partly))
    levels = {choice.id: _level(take, choice, every) for choice in every}
    return Taken(levels, tuple(choice for choice in every if wanted.intersection(choice.ids)))


def _stated(platform: Platform, question: Question) -> Take | None:
    """What an entry says to a question; to the kinds of work, if nothing else, that it has these and no others."""
    stated = next((take for take in platform.takes if take.question in question.ids), None)
    if stated is None and question.options_from == "task_types":
        return Take(question=question.id, good=platform.task_types, rest="unfit")
    return stated


def _level(take: Take, choice: Choice, every: tuple[Choice, ...]) -> Level:
    """The best of what the answer, and all that it counts as, come to."""
    others = (each for each in every if set(choice.counts_as).intersection(each.ids))
    named = {option: fit for fit, _, option in take.named()}
    found: list[Level] = [
        next((named[id_] for id_ in each.ids if id_ in named), take.rest) for each in (choice, *others)
    ]
    return min(found, key=LEVELS.index)

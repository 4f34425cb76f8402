"""Which entries suit somebody's answers, best first, and why. Rules and weights are content (``matching.yaml``).

What is closed, doubtful or unpaid is never among those that fit. What is unknown counts nothing, for or against. Of
equal ones the author's order decides, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from bot.content.fields import Entry
from bot.content.kinds.matching import MatchingFile, Option, Question
from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.kinds.takes import Take
from bot.content.library import Pack

TOP = 3
"""So many are suggested."""

Level = Literal["best", "good", "partly", "unknown", "unfit"]
LEVELS: tuple[Level, ...] = ("best", "good", "partly", "unknown", "unfit")
"""How an answer suits an entry, best first."""

Answers = Mapping[str, tuple[str, ...]]
"""The ids of the options chosen, by the id of the question. What is not answered is not in it, or empty."""


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
class Verdict:
    """How these answers to a question suit an entry; ``wanted`` is what it takes, as far as it is known."""

    question: Question
    level: Level
    given: tuple[Choice, ...]
    wanted: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, what it counts for this person, and why."""

    platform: Platform
    points: Fraction
    verdicts: tuple[Verdict, ...]
    fits: bool
    """Whether nothing that is asked for rules it out."""

    def at(self, *levels: Level) -> tuple[Verdict, ...]:
        """The verdicts of these levels, in the order of the questions."""
        return tuple(verdict for verdict in self.verdicts if verdict.level in levels)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All entries, each in one of three places."""

    fitting: tuple[Match, ...] = ()
    """Best first."""
    unfit: tuple[Match, ...] = ()
    """Open, but not for this person; in the author's order, as the next."""
    aside: tuple[Platform, ...] = ()
    """Closed, doubtful or unpaid: suggested to nobody."""

    @property
    def top(self) -> tuple[Match, ...]:
        return self.fitting[:TOP]


@dataclass(frozen=True, slots=True)
class Way:
    """Another answer to a question, and how many entries would fit with it."""

    question: Question
    choice: Choice
    count: int


def rank(pack: Pack, answers: Answers) -> Ranking:
    """All entries for these answers. Answers that are no options (any more) do not count."""
    matches: list[Match] = []
    aside: list[Platform] = []
    for platform in pack[PlatformsFile].platforms:
        if platform.recommended and platform.paid:
            matches.append(_match(pack, platform, answers))
        else:
            aside.append(platform)
    # sorted() is stable, so that equal ones stay in the author's order.
    fitting = sorted((match for match in matches if match.fits), key=lambda match: -match.points)
    return Ranking(tuple(fitting), tuple(match for match in matches if not match.fits), tuple(aside))


def choices(pack: Pack, question: Question) -> tuple[Choice, ...]:
    """The possible answers, in the author's order."""
    return _table(pack).choices[question.id]


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


def risen(before: Ranking, after: Ranking) -> tuple[Platform, ...]:
    """Those on top that stand higher than before, or are there for the first time."""
    places = {match.platform.id: place for place, match in enumerate(before.fitting)}
    last = len(before.fitting)
    return tuple(
        match.platform
        for place, match in enumerate(after.top)
        if place < places.get(match.platform.id, last + TOP)
    )


def ways(pack: Pack, answers: Answers, most: int = 4) -> tuple[Way, ...]:
    """The single answers which, given instead (or as well), would let most entries fit; those that would let any."""
    found = [way for question in pack[MatchingFile].questions for way in _ways(pack, question, answers)]
    return tuple(sorted(found, key=lambda way: -way.count)[:most])


def _ways(pack: Pack, question: Question, answers: Answers) -> Iterator[Way]:
    given = answers.get(question.id, ())
    if not chosen(pack, question, given):
        return
    for choice in choices(pack, question):
        other = (*given, choice.id) if question.several else (choice.id,)
        count = len(rank(pack, {**answers, question.id: other}).fitting)
        if count:
            yield Way(question, choice, count)


def _match(pack: Pack, platform: Platform, answers: Answers) -> Match:
    file, taken = pack[MatchingFile], _table(pack).taken
    points, fits, verdicts = Fraction(_own_points(file, platform)), True, list[Verdict]()
    for question in file.questions:
        given = chosen(pack, question, answers.get(question.id, ()))
        if not given:
            continue
        judged = tuple(_judged(taken[platform.id, question.id], question, given))
        points += _points(question, judged)
        fits = fits and not (question.excludes and all(verdict.level == "unfit" for verdict in judged))
        verdicts += judged
    return Match(platform, points, tuple(verdicts), fits)


def _own_points(file: MatchingFile, platform: Platform) -> int:
    """What an entry counts whoever asks."""
    points: int = getattr(file.ease, platform.beginners) + getattr(file.sureness, platform.confidence)
    if platform.entry_effort:
        points += getattr(file.effort, platform.entry_effort)
    days = platform.first_money_days
    if days and days.most is not None and days.most <= file.soon.within_days:
        points += file.soon.points
    return points


def _judged(taken: _Taken, question: Question, given: tuple[Choice, ...]) -> Iterator[Verdict]:
    """What all the answers to one question come to; where the best of them counts, only that."""
    for level in LEVELS:
        alike = tuple(choice for choice in given if taken.levels[choice.id] == level)
        if alike:
            yield Verdict(question, level, alike, taken.wanted)
            if question.several != "mean":
                return


def _points(question: Question, judged: tuple[Verdict, ...]) -> Fraction:
    points = question.points
    worth: Mapping[Level, int] = {
        "best": points.best,
        "good": points.good,
        "partly": points.partly,
        "unknown": 0,
        "unfit": points.unfit,
    }
    total = sum(worth[verdict.level] * len(verdict.given) for verdict in judged)
    return Fraction(total, sum(len(verdict.given) for verdict in judged))


@dataclass(frozen=True, slots=True)
class _Taken:
    """How an entry takes each answer to a question, and which it takes at least in part."""

    levels: Mapping[str, Level]
    wanted: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """What the answers of nobody in particular come to, worked out once."""

    choices: Mapping[str, tuple[Choice, ...]]
    """By question."""
    taken: Mapping[tuple[str, str], _Taken]
    """By entry and question."""


@lru_cache(maxsize=16)
def _table(pack: Pack) -> _Table:
    every = {question.id: _choices(pack, question) for question in pack[MatchingFile].questions}
    taken = {
        (platform.id, question.id): _taken(platform, question, every[question.id])
        for platform in pack[PlatformsFile].platforms
        for question in pack[MatchingFile].questions
    }
    return _Table(every, taken)


def _taken(platform: Platform, question: Question, every: tuple[Choice, ...]) -> _Taken:
    take = _stated(platform, question)
    if take is None:
        return _Taken({choice.id: "unknown" for choice in every})
    wanted = frozenset((*take.best, *take.good, *take.partly))
    levels = {choice.id: _level(take, choice, every) for choice in every}
    return _Taken(levels, tuple(choice for choice in every if wanted.intersection(choice.ids)))


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

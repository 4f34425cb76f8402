"""Which entries suit somebody's answers, best first, and why. Rules and weights are content (``matching.yaml``).

What is closed, doubtful or unpaid is never among those that fit. What is unknown counts nothing, for or against. Of
equal ones the author's order decides, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.content.kinds.matching import MatchingFile, Question
from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.library import Pack
from bot.guide.matching_table import LEVELS, Choice, Level, Taken, choices, chosen, table

TOP = 3
"""So many are suggested."""

Answers = Mapping[str, tuple[str, ...]]
"""The ids of the options chosen, by the id of the question. What is not answered is not in it, or empty."""


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
    own_points: int
    """Those of its points that it counts whoever asks."""
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
        if _sound(platform):
            matches.append(_match(pack, platform, answers))
        else:
            aside.append(platform)
    # sorted() is stable, so that equal ones stay in the author's order.
    fitting = sorted((match for match in matches if match.fits), key=lambda match: -match.points)
    return Ranking(tuple(fitting), tuple(match for match in matches if not match.fits), tuple(aside))


def risen(before: Ranking, after: Ranking) -> tuple[Platform, ...]:
    """Those on top that stand higher than before, or are there for the first time."""
    places = {match.platform.id: place for place, match in enumerate(before.fitting)}
    return tuple(
        match.platform for place, match in enumerate(after.top) if place < places.get(match.platform.id, TOP)
    )


def ways(pack: Pack, answers: Answers, most: int = 4) -> tuple[Way, ...]:
    """The single answers which, given instead (or as well), would let most entries fit; only such as rule any out."""
    found = [way for question in pack[MatchingFile].questions for way in _ways(pack, question, answers)]
    return tuple(sorted(found, key=lambda way: -way.count)[:most])


def _ways(pack: Pack, question: Question, answers: Answers) -> Iterator[Way]:
    given = answers.get(question.id, ())
    if not question.excludes or not chosen(pack, question, given):
        return
    for choice in choices(pack, question):
        other = (*given, choice.id) if question.several else (choice.id,)
        count = _count(pack, {**answers, question.id: other})
        if count:
            yield Way(question, choice, count)


def _count(pack: Pack, answers: Answers) -> int:
    """How many fit."""
    given = {
        question.id: chosen(pack, question, answers.get(question.id, ()))
        for question in pack[MatchingFile].questions
        if question.excludes
    }
    taken = table(pack).taken
    return sum(
        not any(_rules_out(taken[platform.id, id_], chosen) for id_, chosen in given.items())
        for platform in pack[PlatformsFile].platforms
        if _sound(platform)
    )


def _sound(platform: Platform) -> bool:
    return platform.recommended and platform.paid


def _rules_out(taken: Taken, given: tuple[Choice, ...]) -> bool:
    """Whether an entry takes none of these answers, if any was given."""
    return bool(given) and all(taken.levels[choice.id] == "unfit" for choice in given)


def _match(pack: Pack, platform: Platform, answers: Answers) -> Match:
    file, taken = pack[MatchingFile], table(pack).taken
    own = _own_points(file, platform)
    points, fits, verdicts = Fraction(own), True, list[Verdict]()
    for question in file.questions:
        given = chosen(pack, question, answers.get(question.id, ()))
        if not given:
            continue
        takes = taken[platform.id, question.id]
        judged = tuple(_judged(takes, question, given))
        points += _points(question, judged)
        fits = fits and not (question.excludes and _rules_out(takes, given))
        verdicts += judged
    return Match(platform, points, own, tuple(verdicts), fits)


def _own_points(file: MatchingFile, platform: Platform) -> int:
    """What an entry counts whoever asks."""
    points: int = getattr(file.ease, platform.beginners) + getattr(file.sureness, platform.confidence)
    if platform.entry_effort:
        points += getattr(file.effort, platform.entry_effort)
    days = platform.first_money_days
    if days and days.most is not None and days.most <= file.soon.within_days:
        points += file.soon.points
    return points


def _judged(taken: Taken, question: Question, given: tuple[Choice, ...]) -> Iterator[Verdict]:
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

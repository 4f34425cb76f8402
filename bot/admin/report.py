"""What many people do, in figures: of people only counts, and of few people only that they are few."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Library, Pack
from bot.guide.areas.checklist import HAVE
from bot.guide.areas.faq import ANSWERED, ASKED, HELPFUL, UNANSWERED
from bot.guide.areas.tally import TRACK
from bot.guide.areas.tip_card import DOWN, UP, VOTE
from bot.guide.journey import DONE, SKIPPED, STEP
from bot.guide.ports_statistics import Figures, Headcount, Statistics

FEW = 5
"""Fewer people than this are told as few, so that nobody is singled out."""

DAYS = 30
"""For so many dates (UTC) it is told what happened."""

MOST_SOURCES = 20

_KINDS = (HAVE, TRACK, VOTE, HELPFUL)


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How many people came to a step, and what they did there. ``days`` is the median from the start to done."""

    id: str
    title: str
    reached: int
    done: int
    skipped: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people something is true of."""

    id: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a date (UTC)."""

    day: date
    active: int
    new: int
    turns: int
    asked: int
    tips: int


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, as of ``at`` (aware, UTC). ``days`` are the last ones, the oldest first, without a gap.

    ``tips_sent``, ``asked``, ``answered`` and ``unanswered`` are of these days; ratings are all there are.
    """

    at: datetime
    people: Headcount
    steps: Sequence[StepFigures]
    checklist: Sequence[Counted]
    platforms: Sequence[Counted]
    sources: Sequence[Counted]
    days: Sequence[Day]
    tips_sent: int
    tips_liked: int
    tips_disliked: int
    asked: int
    answered: int
    unanswered: int
    helpful: int
    not_helpful: int


async def made(store: Statistics, library: Library, language: str | None, now: datetime) -> Report:
    """The report as of ``now`` (aware), with titles in this language."""
    figures = await store.figures(_KINDS, STEP, DONE, now, DAYS)
    first = now.date() - timedelta(days=DAYS - 1)
    return reported(library, language, figures, await store.counts(first), now)


def reported(
    library: Library,
    language: str | None,
    figures: Figures,
    counts: Mapping[date, Mapping[str, int]],
    now: datetime,
) -> Report:
    pack = library.pack(language)
    days = tuple(_days(figures, counts, now))

    def marked(kind: str, value: str) -> int:
        return sum(people for (its, _, said), people in figures.marks.items() if (its, said) == (kind, value))

    def happened(name: str) -> int:
        return sum(each.get(name, 0) for each in counts.values())

    return Report(
        now,
        figures.people,
        tuple(_steps(pack, figures)),
        tuple(_checklist(pack, figures)),
        tuple(_platforms(pack, figures)),
        _sources(figures),
        days,
        tips_sent=sum(day.tips for day in days),
        tips_liked=marked(VOTE, UP),
        tips_disliked=marked(VOTE, DOWN),
        asked=happened(ASKED),
        answered=happened(ANSWERED),
        unanswered=happened(UNANSWERED),
        helpful=marked(HELPFUL, "yes"),
        not_helpful=marked(HELPFUL, "no"),
    )


def few(count: int) -> str:
    """A number of people as it may be told."""
    return f"<{FEW}" if 0 < count < FEW else str(count)


def _days(figures: Figures, counts: Mapping[date, Mapping[str, int]], now: datetime) -> Iterable[Day]:
    for ago in range(DAYS - 1, -1, -1):
        day = now.date() - timedelta(days=ago)
        of = counts.get(day, {})
        yield Day(
            day,
            of.get("active", 0),
            figures.joined.get(day, 0),
            of.get("turns", 0),
            of.get(ASKED, 0),
            of.get("tips tip", 0),
        )


def _steps(pack: Pack, figures: Figures) -> Iterable[StepFigures]:
    if not pack.has(StepsFile):
        return
    steps = tuple(pack[StepsFile].steps)
    walks = [([_state(step.ids, marks) for step in steps], people) for marks, people in figures.finished]
    # Whoever began, and has not finished a step yet, is at the first.
    beginners = max(0, figures.people.started - sum(people for _, people in walks))
    walks.append(([""] * len(steps), beginners))
    for number, step in enumerate(steps):
        yield StepFigures(
            step.id,
            step.title,
            reached=sum(people for states, people in walks if states[number] or all(states[:number])),
            done=sum(people for states, people in walks if states[number] == DONE),
            skipped=sum(people for states, people in walks if states[number] == SKIPPED),
            days=_median(figures.paces.get(id_, {}) for id_ in step.ids),
        )


def _state(ids: Collection[str], marks: Collection[tuple[str, str]]) -> str:
    return next((value for item, value in marks if item in ids), "")


def _median(paces: Iterable[Mapping[int, int]]) -> int | None:
    days = sorted((after, people) for each in paces for after, people in each.items())
    passed, half = 0, sum(people for _, people in days) / 2
    for after, people in days:
        passed += people
        if passed >= half:
            return after
    return None


def _checklist(pack: Pack, figures: Figures) -> Iterable[Counted]:
    if pack.has(EquipmentFile):
        for item in pack[EquipmentFile].equipment:
            yield Counted(item.id, item.title, _of(figures, HAVE, item.ids))


def _platforms(pack: Pack, figures: Figures) -> Iterable[Counted]:
    if not pack.has(PlatformsFile):
        return
    tracked = (
        Counted(each.id, each.name, _of(figures, TRACK, each.ids)) for each in pack[PlatformsFile].platforms
    )
    yield from sorted(tracked, key=lambda each: -each.people)


def _of(figures: Figures, kind: str, ids: Collection[str]) -> int:
    return sum(people for (its, item, _), people in figures.marks.items() if its == kind and item in ids)


def _sources(figures: Figures) -> tuple[Counted, ...]:
    ordered = sorted(figures.sources.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Counted(word, word, people) for word, people in ordered if word)[:MOST_SOURCES]

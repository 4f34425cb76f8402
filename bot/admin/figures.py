"""The operators' command ``/stats``: a short text, and the same in a picture."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from bot.admin.report import DAYS, FEW, Counted, Day, Report, StepFigures, few, made
from bot.content.library import Library
from bot.content.markup import Rich, lines, paragraphs, rich
from bot.guide.action import Event
from bot.guide.operator_words import StatisticsWords
from bot.guide.overview import DayBar, FunnelRow, Overview
from bot.guide.ports_statistics import Statistics
from bot.guide.screen import Document, Screen, Turn

MOST_LISTED = 8
"""Of platforms and sources: the rest is in the report that ``python -m bot stats`` writes."""

MOST_STEPS = 12
"""Of steps and things to have, so that all of it fits into a message and a picture."""

FILE = "figures.png"

_LABEL_EVERY = 7
"""Days between two dates below the picture."""


Draw = Callable[[Overview], Awaitable[bytes]]
"""Makes a PNG."""


class FiguresCommand:
    """Answers ``/stats``. ``library`` gives the one in use, ``draw`` makes a picture."""

    name = "stats"

    def __init__(
        self,
        library: Callable[[], Library],
        store: Statistics,
        draw: Draw,
    ) -> None:
        self._library = library
        self._store = store
        self._draw = draw

    def described(self, language: str | None) -> str:
        return self._library().pack(language).words(StatisticsWords).command

    async def answer(self, event: Event, argument: str, now: datetime) -> Turn:
        library = self._library()
        words = library.pack(event.language).words(StatisticsWords)
        report = await made(self._store, library, event.language, now)
        picture = await self._draw(overview_of(words, report))
        document = Document(FILE, picture, rich(words.picture), photo=True)
        return Turn(Screen(paragraphs(*told(words, report))), document=document)


def told(words: StatisticsWords, report: Report) -> Iterable[Rich]:
    """The report as paragraphs of one message."""
    people = report.people
    yield words.title.fill(date=report.at.date().isoformat())
    yield lines(
        words.people.fill(
            started=few(people.started),
            new_day=few(people.new_1),
            new_week=few(people.new_7),
            new_month=few(people.new_30),
        ),
        words.active.fill(
            active_day=few(people.active_1),
            active_week=few(people.active_7),
            active_month=few(people.active_30),
            gone=few(people.gone),
        ),
    )
    if report.steps:
        steps = enumerate(report.steps[:MOST_STEPS], 1)
        yield lines(words.steps_title, *(_step(words, *each) for each in steps))
    if report.checklist:
        yield lines(words.checklist_title, *_listed(words, report.checklist, MOST_STEPS))
    for title, counted in ((words.platforms_title, report.platforms), (words.sources_title, report.sources)):
        if anybody := [each for each in counted if each.people]:
            yield lines(title, *_listed(words, anybody, MOST_LISTED))
    yield words.tips.fill(
        on=few(people.tips_on),
        paused=few(people.tips_paused),
        stopped=few(people.tips_stopped),
        sent=report.tips_sent,
        liked=few(report.tips_liked),
        disliked=few(report.tips_disliked),
        days=DAYS,
    )
    yield words.questions.fill(
        asked=report.asked,
        answered=report.answered,
        unanswered=report.unanswered,
        helpful=few(report.helpful),
        not_helpful=few(report.not_helpful),
        days=DAYS,
    )
    if max(len(report.steps), len(report.checklist)) > MOST_STEPS:
        yield words.rest
    yield words.few.fill(few=f"<{FEW}")


def _step(words: StatisticsWords, number: int, step: StepFigures) -> Rich:
    given: dict[str, str | int | Rich] = {
        "number": number,
        "title": step.title,
        "reached": few(step.reached),
        "done": few(step.done),
    }
    # How long a few people took would say something about each of them.
    if step.days is None or step.done < FEW:
        return words.step.fill(**given)
    return words.step_in_days.fill(**given, days=step.days)


def _listed(words: StatisticsWords, counted: Sequence[Counted], most: int) -> Iterable[Rich]:
    return (words.counted.fill(title=each.title, people=few(each.people)) for each in counted[:most])


def overview_of(words: StatisticsWords, report: Report) -> Overview:
    """What the picture shows of a report."""
    return Overview(
        words.chart_steps,
        words.chart_reached,
        words.chart_done,
        [
            FunnelRow(
                f"{number}. {step.title}",
                _some(step.reached),
                _some(step.done),
                f"{few(step.reached)} · {few(step.done)}",
            )
            for number, step in enumerate(report.steps[:MOST_STEPS], 1)
        ],
        words.chart_days.fill(days=len(report.days)),
        words.chart_active,
        words.chart_new,
        [_bar(number, day) for number, day in enumerate(report.days)],
    )


def _bar(number: int, day: Day) -> DayBar:
    label = f"{day.day:%m-%d}" if number % _LABEL_EVERY == 0 else ""
    return DayBar(_some(day.active), _some(day.new), label)


def _some(people: int) -> int:
    """As many as are drawn: a few are drawn as many as a few can be."""
    return FEW - 1 if 0 < people < FEW else people

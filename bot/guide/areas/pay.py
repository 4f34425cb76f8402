"""Is it worth my time? What a month may bring, as a range with its assumptions; each answer can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.content.fields import Rich
from bot.content.kinds.forecast import LONGEST_WEEK, ForecastFile, Rate
from bot.content.kinds.pay import PayFile
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, more, paragraphs, rich
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.pay_pieces import amounts_text, assumptions, sources
from bot.guide.areas.pay_words import PayWords
from bot.guide.areas.typed_answers import named, weekly_hours
from bot.guide.areas.welcome_questions import chosen_task_types
from bot.guide.forecast import CHOICE, HOURS, KIND, LEVEL, choice, fit_hours, rates_of, reckoned
from bot.guide.pending import answered, asked, asking
from bot.guide.person import Remember
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Tap


@dataclass(frozen=True, slots=True)
class AskForecast(Tap):
    """Ask for ``hours``, ``kind`` or ``level`` again."""

    tag: ClassVar[str] = "pyq"
    question: str


@dataclass(frozen=True, slots=True)
class SetForecast(Tap):
    """Make one answer this one; the others stay as they are."""

    tag: ClassVar[str] = "pys"
    question: str
    value: str


PAY = "pay"
"""Topic of the question that waits; its item is :data:`HOURS`, :data:`KIND` or :data:`LEVEL`."""


def home(scene: Scene) -> Turn:
    """The forecast; or the first question that it still needs an answer to."""
    said = choice(scene)
    if said.hours is None:
        return _asked(HOURS, _hours(scene))
    if said.kind is None:
        return _asked(KIND, _kinds(scene))
    return (
        Turn(_result(scene, said.hours, said.rate)) if said.rate else _asked(LEVEL, _levels(scene, said.kind))
    )


def _asked(question: str, screen: Screen) -> Turn:
    """The question, whose answer may be tapped or typed."""
    return Turn(screen, asking(PAY, question))


def ask(scene: Scene, tap: AskForecast) -> Turn | None:
    kind = choice(scene).kind
    if tap.question == LEVEL and kind:
        return _asked(LEVEL, _levels(scene, kind))
    questions: dict[str, tuple[str, Callable[[Scene], Screen]]] = {
        HOURS: (HOURS, _hours),
        KIND: (KIND, _kinds),
        LEVEL: (KIND, _kinds),
    }
    if tap.question not in questions:
        return None
    question, screen = questions[tap.question]
    return _asked(question, screen(scene))


def answer(scene: Scene, tap: SetForecast) -> Turn | None:
    known = {
        HOURS: lambda: fit_hours(tap.value) is not None,
        KIND: lambda: bool(rates_of(scene.pack[ForecastFile], tap.value)),
        LEVEL: lambda: scene.pack[PayFile].levels.get(tap.value) is not None,
    }
    if tap.question not in known or not known[tap.question]():
        return None
    change = Remember(CHOICE, tap.question, tap.value)
    following = home(scene.after(change))
    return replace(following, changes=(change, *following.changes))


def hears(scene: Scene, text: str) -> Turn | None:
    """An answer that was typed, where one was asked for; what says anything else is left to others."""
    question = asked(scene.person, PAY, scene.now)
    if question is None:
        return None
    if question == HOURS:
        hours = weekly_hours(scene, text)
        if hours is not None and fit_hours(str(hours)) is None:
            wrong = scene.words(PayWords).hours_range.fill(most=LONGEST_WEEK)
            return _asked(HOURS, _hours(scene, wrong))
        value = None if hours is None else str(hours)
    else:
        value = named(scene, text, _names(scene, question))
    turn = answer(scene, SetForecast(question, value)) if value else None
    return answered(turn) if turn else None


def _names(scene: Scene, question: str) -> dict[str, tuple[str]]:
    """What may be answered, by id."""
    file, kind = scene.pack[ForecastFile], choice(scene).kind
    if question == KIND:
        kinds = scene.pack[TaskTypesFile].task_types
        return {each.id: (each.title,) for each in kinds if rates_of(file, each.id)}
    offered = {rate.level for rate in rates_of(file, kind or "")}
    return {each.id: (each.title,) for each in scene.pack[PayFile].levels if each.id in offered}


def _hours(scene: Scene, first: Rich | None = None) -> Screen:
    words, said = scene.words(PayWords), choice(scene)
    buttons = [
        _option(scene, words.hours.fill(hours=hours), SetForecast(HOURS, str(hours)), hours == said.hours)
        for hours in scene.pack[ForecastFile].hours
    ]
    return _question(scene, paragraphs(first or "", words.ask_hours), in_rows(buttons, 1))


def _kinds(scene: Scene) -> Screen:
    words, said, file = scene.words(PayWords), choice(scene), scene.pack[ForecastFile]
    liked = chosen_task_types(scene) if scene.pack.has(WelcomeFile) else ()
    kinds = sorted(scene.pack[TaskTypesFile].task_types, key=lambda kind: kind.id not in liked)
    buttons = [
        _option(scene, kind.title, SetForecast(KIND, kind.id), kind.id == said.kind)
        for kind in kinds
        if rates_of(file, kind.id)
    ]
    return _question(scene, words.ask_kind, in_rows(buttons, 1))


def _levels(scene: Scene, kind: str) -> Screen:
    words, rate = scene.words(PayWords), choice(scene).rate
    offered = {each.level for each in rates_of(scene.pack[ForecastFile], kind)}
    levels = [level for level in scene.pack[PayFile].levels if level.id in offered]
    buttons = [
        _option(scene, level.title, SetForecast(LEVEL, level.id), rate is not None and level.id == rate.level)
        for level in levels
    ]
    explained = lines(*(words.level_line.fill(level=level.title, what=level.range) for level in levels))
    return _question(scene, paragraphs(words.ask_level, explained), in_rows(buttons, 1))


def _option(scene: Scene, label: str, tap: Tap, chosen: bool) -> Button:
    words = scene.words(PayWords)
    return TapButton((words.chosen if chosen else words.open).fill(choice=label), tap)


def _question(scene: Scene, text: Rich, rows: tuple[Row, ...]) -> Screen:
    words, said = scene.words(PayWords), choice(scene)
    complete = said.hours is not None and said.rate is not None
    up = (back_button(scene, words.title, Go("pay")),) if complete else ()
    intro = words.intro if said.hours is None else rich()
    return Screen(paragraphs(bold(words.title), intro, text), (*rows, (*up, menu_button(scene))))


def _result(scene: Scene, hours: int, rate: Rate) -> Screen:
    words, file = scene.words(PayWords), scene.pack[ForecastFile]
    kind = scene.pack[TaskTypesFile].task_types.get(rate.task_type)
    level = scene.pack[PayFile].levels.get(rate.level)
    assert kind
    assert level
    found, hours_text = reckoned(file, rate, hours), words.hours.fill(hours=hours)
    text = paragraphs(
        bold(words.title),
        words.for_.fill(hours=hours_text, kind=kind.title, level=level.title),
        amounts_text(scene, words.month, found.month.rounded()),
        amounts_text(scene, words.first_month, found.first_month.rounded()),
        amounts_text(scene, words.hour, found.hour.rounded(1), whole=False),
        file.note or rich(),
        words.honest,
        more(paragraphs(assumptions(scene, rate), sources(scene, rate))),
    )
    rows: tuple[Row, ...] = (
        (TapButton(words.change_hours.fill(choice=hours_text), AskForecast(HOURS)),),
        (TapButton(words.change_kind.fill(choice=kind.title), AskForecast(KIND)),),
        (TapButton(words.change_level.fill(choice=level.title), AskForecast(LEVEL)),),
    )
    return Screen(text, (*rows, *_worked_row(scene), (menu_button(scene),)))


def _worked_row(scene: Scene) -> tuple[Row, ...]:
    title = dict(scene.menu).get("worked")
    return ((TapButton(title, Go("worked")),),) if title else ()


AREA = Area(
    AreaSpec("pay", PayWords, (ForecastFile, PayFile, TaskTypesFile)),
    home=home,
    taps=(on(AskForecast, ask), on(SetForecast, answer)),
    hears=hears,
)

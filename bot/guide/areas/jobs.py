"""The kinds of work, what they pay, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Links, Rich, Slots, Source, Template
from bot.content.kinds.good_and_bad import GoodAndBadFile
from bot.content.kinds.pay import Level, PayFile, Point
from bot.content.kinds.task_types import TaskType, TaskTypesFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, more, paragraphs
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas.common import (
    back_button,
    bullets,
    folded,
    link_buttons,
    menu_button,
    sources_line,
    up_row,
)
from bot.guide.areas.platforms import Browse
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Open, Tap


class JobsWords(TitledWords):
    intro: Annotated[Rich, AtMost(400)]
    kind: Annotated[LabelTemplate, Slots("title"), AtMost(8)]
    examples: Annotated[Rich, AtMost(60)]
    skills: Annotated[Rich, AtMost(60)]
    level: Annotated[Template, Slots("level", "range"), AtMost(60)]
    equipment: Annotated[Template, Slots("items"), AtMost(60)]
    find_it: Label
    pay: Label
    factors: Label
    expectations: Label
    good: Label
    bad: Label
    good_intro: Annotated[Rich, AtMost(100)]
    bad_intro: Annotated[Rich, AtMost(100)]


@dataclass(frozen=True, slots=True)
class ShowPage(Tap):
    """One of ``pay``, ``factors``, ``expectations``, ``good``, ``bad``."""

    tag: ClassVar[str] = "jp"
    page: str


def home(scene: Scene) -> Turn:
    words = scene.words(JobsWords)
    rows: list[Row] = [
        (TapButton(words.kind.fill(title=kind.title), Open("task_types", kind.id)),)
        for kind in scene.pack[TaskTypesFile].task_types
    ]
    rows.append(
        (TapButton(words.pay, ShowPage("pay")), TapButton(words.expectations, ShowPage("expectations")))
    )
    rows.append((TapButton(words.good, ShowPage("good")), TapButton(words.bad, ShowPage("bad"))))
    return Turn(Screen(paragraphs(bold(words.title), words.intro), (*rows, (menu_button(scene),))))


def open_kind(scene: Scene, id_: str, back: str) -> Turn | None:
    kind = scene.pack[TaskTypesFile].task_types.get(id_)
    return Turn(_card(scene, kind, back)) if kind else None


def _card(scene: Scene, kind: TaskType, back: str) -> Screen:
    words = scene.words(JobsWords)
    level = scene.pack[PayFile].levels.get(kind.level)
    assert level is not None
    items = [entry.caption for id_ in kind.equipment if (entry := scene.pack.find("equipment", id_))]
    text = paragraphs(
        bold(kind.title),
        kind.what,
        lines(words.examples, bullets(scene, kind.examples)),
        lines(words.level.fill(level=level.title, range=level.range), kind.level_note or ""),
        more(
            paragraphs(
                lines(words.skills, bullets(scene, kind.skills)),
                words.equipment.fill(items=", ".join(items)) if items else "",
            )
        ),
    )
    rows: list[Row] = []
    if scene.on("platforms"):
        rows.append((TapButton(words.find_it, Browse(kind.id)),))
    rows.extend(in_rows(link_buttons(scene, kind.links, back), 1))
    parent = back_button(scene, words.title, Go("jobs"))
    return Screen(text, (*rows, up_row(scene, back, parent)))


def show_page(scene: Scene, tap: ShowPage) -> Turn | None:
    words, pay, sides = scene.words(JobsWords), scene.pack[PayFile], scene.pack[GoodAndBadFile]
    match tap.page:
        case "pay":
            ways: tuple[Row, ...] = (
                (TapButton(words.factors, ShowPage("factors")),),
                (TapButton(words.expectations, ShowPage("expectations")),),
                *_forecast_row(scene),
            )
            text = paragraphs(bold(words.pay), pay.intro, _levels(pay), _sources(scene, pay.levels))
            return Turn(_page(scene, text, ways, pay.links))
        case "factors":
            text = paragraphs(bold(words.factors), _points(pay.factors), _sources(scene, pay.factors))
            return Turn(_page(scene, text, ((TapButton(words.pay, ShowPage("pay")),),)))
        case "expectations":
            text = paragraphs(
                bold(words.expectations), _points(pay.expectations), _sources(scene, pay.expectations)
            )
            return Turn(_page(scene, text, ((TapButton(words.pay, ShowPage("pay")),),)))
        case "good":
            text = paragraphs(
                bold(words.good), words.good_intro, _points(sides.good), _sources(scene, sides.good)
            )
            return Turn(_page(scene, text, ((TapButton(words.bad, ShowPage("bad")),),)))
        case "bad":
            text = paragraphs(
                bold(words.bad), words.bad_intro, _points(sides.bad), _sources(scene, sides.bad)
            )
            return Turn(_page(scene, text, ((TapButton(words.good, ShowPage("good")),),), sides.links))
    return None


def _page(scene: Scene, text: Rich, ways: tuple[Row, ...], links: Links | None = None) -> Screen:
    more_ways = in_rows(link_buttons(scene, links), 1) if links else ()
    up = back_button(scene, scene.words(JobsWords).title, Go("jobs"))
    return Screen(text, (*ways, *more_ways, (up, menu_button(scene))))


def _forecast_row(scene: Scene) -> tuple[Row, ...]:
    title = dict(scene.menu).get("pay")
    return ((TapButton(title, Go("pay")),),) if title else ()


def _levels(pay: PayFile) -> Rich:
    levels = [lines(bold(level.title), level.range, level.what) for level in pay.levels]
    return folded(levels, room=600 - len(pay.intro.plain))


def _points(points: Iterable[Point]) -> Rich:
    return folded([lines(bold(point.title), point.text) for point in points])


def _sources(scene: Scene, points: Iterable[Point | Level]) -> Rich:
    found: dict[str, Source] = {source.url: source for point in points for source in point.sources}
    return more(sources_line(scene, tuple(found.values())))


AREA = Area(
    AreaSpec("jobs", JobsWords, (TaskTypesFile, PayFile, GoodAndBadFile)),
    home=home,
    taps=(on(ShowPage, show_page),),
    opens={"task_types": open_kind},
    links={"job": "task_types"},
)

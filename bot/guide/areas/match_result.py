"""What the answers lead to: the first three, why not the others, and what would change it if nothing fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.platforms import Platform, PlatformsFile, Stage
from bot.content.markup import Rich, bold, lines, more, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import back_button, menu_button, page_row
from bot.guide.areas.match_answers import answers, given
from bot.guide.areas.match_reasons import (
    details,
    open_unknown,
    why_aside,
    why_it_fits,
    why_lower,
    why_ruled_out,
)
from bot.guide.areas.match_words import MatchWords
from bot.guide.areas.tally import TRACK
from bot.guide.matching import TOP, Ranking, Way, rank, risen, ways
from bot.guide.screen import Button, Row, Screen, TapButton, UrlButton, in_rows
from bot.guide.taps import Go, Open, Tap

ROOM = 3900
"""UTF-16 units of a result; details that do not fit are on the entry's card."""
PAGE = 6
"""Entries on one page of those that are not among the first."""


@dataclass(frozen=True, slots=True)
class AskAgain(Tap):
    """Show a question; ``alone`` to change its answer, else as one of all."""

    tag: ClassVar[str] = "mq"
    question: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ShowResult(Tap):
    """Show what the answers lead to."""

    tag: ClassVar[str] = "mr"


@dataclass(frozen=True, slots=True)
class ShowAnswers(Tap):
    """Show all answers, to change one."""

    tag: ClassVar[str] = "ml"


@dataclass(frozen=True, slots=True)
class ShowOthers(Tap):
    """Show why the others are not among the first; ``page`` counts from 0."""

    tag: ClassVar[str] = "mo"
    page: int


@dataclass(frozen=True, slots=True)
class SignUp(Tap):
    """Note that the person signed up with an entry."""

    tag: ClassVar[str] = "ms"
    platform: str


def ranking(scene: Scene) -> Ranking:
    return rank(scene.pack, answers(scene))


def result(scene: Scene, news: Rich | None = None) -> Screen:
    """The first three, or an honest word that there is none. ``news`` is what a change moved."""
    words, found = scene.words(MatchWords), ranking(scene)
    if not found.fitting:
        return _nothing(scene, news)
    opening = paragraphs(bold(words.title), news or words.result_intro, _no_country(scene))
    whys = [why_it_fits(scene, match) for match in found.top]
    heads = [
        lines(
            bold(words.place.fill(number=number, name=match.platform.name)), why, open_unknown(scene, match)
        )
        for number, (match, (why, _)) in enumerate(zip(found.top, whys, strict=True), 1)
    ]
    room = ROOM - _units(paragraphs(opening, *heads))
    parts: list[Rich] = []
    for head, match, (_, reasons_left) in zip(heads, found.top, whys, strict=True):
        rest = details(scene, match, reasons_left)
        room -= _units(rest) + 1
        parts.append(lines(head, rest) if room >= 0 else head)
    rows = [_entry_row(scene, number, match.platform) for number, match in enumerate(found.top, 1)]
    return Screen(paragraphs(opening, *parts), (*rows, *_ways_on(scene)))


def _no_country(scene: Scene) -> Rich:
    """That the order does not know where the person lives, if it asks for that."""
    questions = (each for each in scene.pack[MatchingFile].questions if each.options_from == "regions")
    unsaid = any(not given(scene, question) for question in questions)
    return scene.words(MatchWords).no_country if unsaid else rich()


def what_moved(scene: Scene, before: Ranking, after: Ranking) -> Rich:
    """What a change of the answers did to the first three."""
    words = scene.words(MatchWords)
    if up := risen(before, after):
        return words.moved_up.fill(names=", ".join(platform.name for platform in up))
    return words.nothing_moved


def now_on_top(scene: Scene, found: Ranking) -> Rich:
    """The names of the first three, for those who are still answering."""
    words = scene.words(MatchWords)
    names = ", ".join(match.platform.name for match in found.top)
    return words.now_on_top.fill(names=names) if names else words.none_on_top


def others(scene: Scene, page: int) -> Screen:
    """One page of all that are not among the first; a page that is no more shows the last one."""
    words = scene.words(MatchWords)
    listed = tuple(_others(scene, ranking(scene)))
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = listed[page * PAGE : (page + 1) * PAGE]
    parts: list[Rich] = []
    for at, (why, platform, line) in enumerate(here):
        heading = bold(why) if at == 0 or here[at - 1][0] is not why else rich()
        parts.append(lines(heading, words.rest_line.fill(name=platform.name, why=line)))
    shown = 2
    text = paragraphs(
        bold(words.why_not), words.why_not_intro, *parts[:shown], more(paragraphs(*parts[shown:]))
    )
    cards = [_card(platform.name, platform) for _, platform, _ in here if "platforms" in scene.openable]
    rows = (*in_rows(cards, 2), *page_row(scene, page, pages, ShowOthers))
    return Screen(text, (*rows, (back_button(scene, words.title, ShowResult()), menu_button(scene))))


def first_stage(scene: Scene, platform: Platform) -> Stage | None:
    """The stage of whoever signed up just now; ``None`` for those who are at some stage already."""
    stages = scene.pack[PlatformsFile].stages
    return None if _stage(scene, platform) else stages[0]


def _others(scene: Scene, found: Ranking) -> list[tuple[Rich, Platform, Rich]]:
    """Heading, entry and reason."""
    words = scene.words(MatchWords)
    lower = [(match, why_lower(scene, match, found.top[-1])) for match in found.fitting[TOP:]]
    return [
        *((words.less_well, match.platform, why) for match, why in lower if not match.at("unfit")),
        *((words.missing, match.platform, why) for match, why in lower if match.at("unfit")),
        *((words.do_not_fit, match.platform, why_ruled_out(match)) for match in found.unfit),
        *((words.left_out, platform, why_aside(scene, platform)) for platform in found.aside),
    ]


def _entry_row(scene: Scene, number: int, platform: Platform) -> Row:
    words, stage = scene.words(MatchWords), _stage(scene, platform)
    place = words.place.fill(number=number, name=platform.name)
    buttons: list[Button] = []
    if "platforms" in scene.openable:
        buttons.append(_card(place, platform))
    elif platform.domain:
        buttons.append(UrlButton(place, f"https://{platform.domain}"))
    if stage is None:
        buttons.append(TapButton(words.signed_up.fill(number=number), SignUp(platform.id)))
    elif "platforms" in scene.openable:
        buttons.append(_card(words.tracked.fill(number=number, stage=stage.title), platform))
    return tuple(buttons)


def _card(label: str, platform: Platform) -> Button:
    return TapButton(label, Open("platforms", platform.id))


def _stage(scene: Scene, platform: Platform) -> Stage | None:
    marked = scene.person.marks.value(TRACK, *platform.ids) or ""
    return scene.pack[PlatformsFile].stages.get(marked)


def _nothing(scene: Scene, news: Rich | None) -> Screen:
    """Nothing fits: say so, and what would change it."""
    words = scene.words(MatchWords)
    found = ways(scene.pack, answers(scene))
    text = paragraphs(
        bold(words.title), news or rich(), words.nothing, words.would_change if found else words.nothing_would
    )
    return Screen(text, (*in_rows((_way(scene, way) for way in found), 1), *_ways_on(scene)))


def _way(scene: Scene, way: Way) -> Button:
    label = scene.words(MatchWords).way.fill(answer=way.choice.label, count=way.count)
    return TapButton(label, AskAgain(way.question.id, alone=True))


def _ways_on(scene: Scene) -> tuple[Row, ...]:
    words = scene.words(MatchWords)
    change, why = TapButton(words.change, ShowAnswers()), TapButton(words.why_not, ShowOthers(0))
    title = dict(scene.menu).get("platforms")
    up = (back_button(scene, title, Go("platforms")),) if title else ()
    return ((change,), (why,), (*up, menu_button(scene)))


def _units(text: Rich) -> int:
    return len(text.plain.encode("utf-16-le")) // 2

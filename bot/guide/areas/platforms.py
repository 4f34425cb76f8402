"""Places where the work is found: browse them, read a card, track how far one has come with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.content.fields import LabelTemplate, Rich
from bot.content.kinds.platforms import Platform, PlatformsFile, Stage
from bot.content.kinds.task_types import LISTS, TaskTypesFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, joined, lines, more, paragraphs, rich
from bot.guide.area import Area, Scene, on
from bot.guide.areas import nudges
from bot.guide.areas.common import back_button, menu_button, page_row, up_row
from bot.guide.areas.platform_card import card_text
from bot.guide.areas.platform_names import platform_named
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.welcome_questions import chosen_task_types
from bot.guide.journey import Journey
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, UrlButton, in_rows
from bot.guide.taps import Go, Open, Tap

PAGE = 8
"""Entries on one page of a list."""
_ALL, _BEGINNER, _MINE = LISTS


@dataclass(frozen=True, slots=True)
class Browse(Tap):
    """A list: ``all``, ``beginner``, ``mine`` or the id of a kind of work; ``page`` counts from 0."""

    tag: ClassVar[str] = "pb"
    by: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Track(Tap):
    """Set how far the person is with a platform; an empty stage takes it off their list."""

    tag: ClassVar[str] = "pt"
    platform: str
    stage: str


def stage_of(scene: Scene, platform: Platform) -> Stage | None:
    """The stage the person set, if it still exists."""
    return scene.pack[PlatformsFile].stages.get(scene.person.marks.value(TRACK, *platform.ids) or "")


def tracked(scene: Scene) -> list[tuple[Platform, Stage]]:
    """The person's own platforms with their stages, in the content's order."""
    pairs = ((platform, stage_of(scene, platform)) for platform in scene.pack[PlatformsFile].platforms)
    return [(platform, stage) for platform, stage in pairs if stage]


def standing(platform: Platform) -> Literal["good", "unpaid", "doubtful", "closed"]:
    """How a platform is shown in lists; only ``good`` ones may be recommended."""
    if platform.status == "closed":
        return "closed"
    if not platform.recommended:
        return "doubtful"
    return "good" if platform.paid else "unpaid"


def home(scene: Scene) -> Turn:
    words = scene.words(PlatformsWords)
    rows: list[Row] = []
    if mine := len(tracked(scene)):
        rows.append((TapButton(words.mine_list.fill(count=mine), Browse(_MINE)),))
    if title := dict(scene.menu).get("match"):
        rows.append((TapButton(title, Go("match")),))
    rows.append((TapButton(words.beginner_list, Browse(_BEGINNER), "primary"),))
    if scene.pack.has(TaskTypesFile):
        chosen = chosen_task_types(scene) if scene.pack.has(WelcomeFile) else ()
        kinds = sorted(scene.pack[TaskTypesFile].task_types, key=lambda kind: kind.id not in chosen)
        for kind in kinds:
            label = words.kind_list_chosen if kind.id in chosen else words.kind_list
            rows.append((TapButton(label.fill(title=kind.title), Browse(kind.id)),))
    rows.append((TapButton(words.all_list, Browse(_ALL)),))
    step = _counting_step(scene)
    last = up_row(scene, step, menu_button(scene)) if step else (menu_button(scene),)
    return Turn(Screen(paragraphs(bold(words.title), words.intro), (*rows, last)))


def browse(scene: Scene, tap: Browse) -> Turn | None:
    """One page of a list; a page that is no more shows the last one."""
    words = scene.words(PlatformsWords)
    found = _listed(scene, tap.by)
    if found is None:
        return None
    title, intro, platforms = found
    pages = max(1, -(-len(platforms) // PAGE))
    page = min(max(tap.page, 0), pages - 1)
    rows: list[Row] = [
        (TapButton(entry_label(scene, platform), Open("platforms", platform.id)),)
        for platform in platforms[page * PAGE : (page + 1) * PAGE]
    ]
    rows.extend(page_row(scene, page, pages, lambda number: Browse(tap.by, number)))
    rows.append((back_button(scene, words.title, Go("platforms")), menu_button(scene)))
    return Turn(Screen(paragraphs(bold(title), intro if platforms else words.nothing_here), tuple(rows)))


def _listed(scene: Scene, by: str) -> tuple[str, Rich, list[Platform]] | None:
    words, everything = scene.words(PlatformsWords), scene.pack[PlatformsFile].platforms
    if by == _ALL:
        return words.all_list, words.all_intro, sorted(everything, key=_best_first)
    if by == _MINE:
        mine = [platform for platform, _ in tracked(scene)]
        return words.mine_title, words.mine_intro if mine else words.mine_empty, mine
    if by == _BEGINNER:
        easy = [each for each in everything if standing(each) == "good" and each.beginners == "friendly"]
        return words.beginner_list, words.beginner_intro, easy
    kind = scene.pack[TaskTypesFile].task_types.get(by) if scene.pack.has(TaskTypesFile) else None
    if kind is None:
        return None
    offering = [each for each in everything if kind.id in each.task_types and each.status != "closed"]
    return kind.title, words.kind_intro, sorted(offering, key=_best_first)


def _best_first(platform: Platform) -> tuple[int, int]:
    order = {"good": 0, "unpaid": 1, "doubtful": 2, "closed": 3}
    ease = {"friendly": 0, "mixed": 1, "hard": 2}
    return order[standing(platform)], ease[platform.beginners]


def entry_label(scene: Scene, platform: Platform) -> str:
    """A platform as a line of a list: its standing, its name, and the person's own stage."""
    words, stage = scene.words(PlatformsWords), stage_of(scene, platform)
    icon: LabelTemplate = getattr(words.icons, standing(platform))
    label = icon.fill(name=platform.name)
    return words.tracked_entry.fill(name=label, stage=stage.title) if stage else label


def open_platform(scene: Scene, id_: str, back: str) -> Turn | None:
    platform = scene.pack[PlatformsFile].platforms.get(id_)
    return Turn(_card(scene, platform, back)) if platform else None


def _card(scene: Scene, platform: Platform, back: str = "") -> Screen:
    words, stage = scene.words(PlatformsWords), stage_of(scene, platform)
    label: LabelTemplate = getattr(words.icons, standing(platform))
    closed = platform.status == "closed"
    trackable = platform.paid and not closed
    text = paragraphs(
        bold(label.fill(name=platform.name)),
        card_text(scene, platform),
        _mine(scene, platform, stage) if stage or trackable else rich(),
    )
    rows: list[Row] = []
    if platform.domain and not closed:
        site = words.site.fill(domain=platform.domain)
        rows.append((UrlButton(site, f"https://{platform.domain}"),))
    if stage or trackable:
        rows.extend(_stage_rows(scene, platform, stage))
    parent = back_button(scene, words.title, Go("platforms"))
    return Screen(text, (*rows, up_row(scene, back, parent)))


def _mine(scene: Scene, platform: Platform, stage: Stage | None) -> Rich:
    """How far the person is, since when, and what to do next."""
    words = scene.words(PlatformsWords)
    if stage is None:
        return words.track_it
    where = joined(" ", (words.your_stage.fill(stage=stage.title), nudges.since(scene, platform)))
    due = nudges.nudge(scene, platform, stage)
    return lines(where, more(lines(due.text if due else rich(), nudges.advice(scene, stage))))


def _stage_rows(scene: Scene, platform: Platform, now: Stage | None) -> tuple[Row, ...]:
    words = scene.words(PlatformsWords)
    buttons: list[Button] = []
    for stage in scene.pack[PlatformsFile].stages:
        label = words.stage_chosen if stage is now else words.stage
        buttons.append(TapButton(label.fill(stage=stage.title), Track(platform.id, stage.id)))
    if now:
        buttons.append(TapButton(words.stage_none, Track(platform.id, "")))
    due = now and nudges.nudge(scene, platform, now)
    return (*((nudges.unchanged_row(scene, platform, now),) if now and due else ()), *in_rows(buttons, 2))


def _counting_step(scene: Scene) -> str:
    """The id of the person's current step if it looks at the tracker, else empty: the way back to it."""
    step = Journey(scene).current if scene.on("steps") else None
    return step.id if step and step.tally else ""


def track(scene: Scene, tap: Track) -> Turn | None:
    platform = scene.pack[PlatformsFile].platforms.get(tap.platform)
    stage = scene.pack[PlatformsFile].stages.get(tap.stage)
    if platform is None or (tap.stage and stage is None):
        return None
    words = scene.words(PlatformsWords)
    if stage is None:
        notice = words.notice_stage_none.fill(name=platform.name)
        changes: tuple[Change, ...] = tuple(
            Forget(kind, id_) for kind in (TRACK, nudges.STILL) for id_ in platform.ids
        )
    else:
        notice = words.notice_stage.fill(name=platform.name, stage=stage.title)
        # Said again it is no news: since when they are there stays as it was.
        changes = () if stage is stage_of(scene, platform) else _moved(platform, stage)
    return Turn(_card(scene.after(*changes), platform, _counting_step(scene)), changes, notice)


def _moved(platform: Platform, stage: Stage) -> tuple[Change, ...]:
    former = tuple(Forget(TRACK, old) for old in platform.renamed_from)
    return (Remember(TRACK, platform.id, stage.id), *former)


def still_there(scene: Scene, tap: nudges.StillThere) -> Turn | None:
    """Nothing has changed: the nudge is quiet for a while. If something has, the card says so."""
    platform = scene.pack[PlatformsFile].platforms.get(tap.platform)
    stage = scene.pack[PlatformsFile].stages.get(tap.stage)
    if platform is None or stage is None:
        return None
    if stage is not stage_of(scene, platform):
        return Turn(_card(scene, platform))
    changes = nudges.quiet(scene, platform, stage)
    notice = scene.words(nudges.NudgesWords).notice_unchanged.fill(name=platform.name)
    return Turn(_card(scene.after(*changes), platform, _counting_step(scene)), changes, notice)


def hears(scene: Scene, text: str) -> Turn | None:
    """The card of a platform that is named, perhaps with a doubt, and nothing else."""
    found = platform_named(scene, text)
    return Turn(_card(scene, found)) if found else None


AREA = Area(
    AreaSpec("platforms", PlatformsWords, (PlatformsFile,)),
    home=home,
    taps=(on(Browse, browse), on(Track, track), on(nudges.StillThere, still_there)),
    opens={"platforms": open_platform},
    links={"platform": "platforms"},
    hears=hears,
)

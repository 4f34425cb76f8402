"""The equipment checklist: tick, see how far, read how to check an item and what to do without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.kinds.equipment import EquipmentFile, Item, Path
from bot.content.kinds.task_types import TaskTypesFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, italic, lines, more, paragraphs, rich
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas.common import back_button, bar, link_buttons, menu_button, up_row
from bot.guide.areas.welcome_questions import answered
from bot.guide.person import Forget, Remember
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Open, Tap

HAVE = "have"
"""Kind of the mark on an item of equipment that the person has."""


class ChecklistWords(TitledWords):
    intro: Annotated[Rich, AtMost(200)]
    required_line: Annotated[Template, Slots("done", "total", "bar"), AtMost(100)]
    optional_line: Annotated[Template, Slots("done", "total"), AtMost(100)]
    ready: Annotated[Rich, AtMost(300)]
    not_ready: Annotated[Template, Slots("missing"), AtMost(100)]
    other_way: Annotated[Template, Slots("way"), AtMost(120)]
    """In place of ``not_ready``, for whom a path is that does not say what it needs."""
    list_for_way: Annotated[Template, Slots("way"), AtMost(120)]
    """Above ``not_ready``, for whom a path is: what it does not need is not on the list."""
    have: Annotated[LabelTemplate, Slots("title"), AtMost(12)]
    have_not: Annotated[LabelTemplate, Slots("title"), AtMost(12)]
    about: Label
    required: Annotated[Rich, AtMost(60)]
    optional: Annotated[Rich, AtMost(60)]
    why: Annotated[Template, Slots("text"), AtMost(60)]
    check: Annotated[Template, Slots("text"), AtMost(60)]
    without: Annotated[Template, Slots("text"), AtMost(60)]
    needed_for: Annotated[Template, Slots("kinds"), AtMost(60)]
    i_have_it: Label
    i_have_it_not: Label
    notice_have: Annotated[LabelTemplate, Slots("title"), AtMost(100)]
    notice_have_not: Annotated[LabelTemplate, Slots("title"), AtMost(100)]
    notice_ready: Annotated[Wording, AtMost(150)]


@dataclass(frozen=True, slots=True)
class Have(Tap):
    """Make an item one that the person has or has not. ``card`` shows the item's screen, not the list."""

    tag: ClassVar[str] = "eh"
    item: str
    has: bool
    card: bool
    back: str = ""


@dataclass(frozen=True, slots=True)
class ShowPath(Tap):
    """Show another way for people who lack something basic."""

    tag: ClassVar[str] = "ep"
    path: str


def has(scene: Scene, item: Item) -> bool:
    return scene.person.marks.get(HAVE, *item.ids) is not None


def counts(scene: Scene, required: bool) -> tuple[int, int]:
    """How many of the required (or the optional) items the person has, and how many there are."""
    items = [item for item in _needed(scene, _way(scene)) if item.required is required]
    return sum(has(scene, item) for item in items), len(items)


def _way(scene: Scene) -> Path | None:
    """The path that the person's own answer asks for."""
    return next((path for path in scene.pack[EquipmentFile].paths if _fits(scene, path)), None)


def _needed(scene: Scene, way: Path | None) -> list[Item]:
    """The items that are of use to the person: those of their path, if it names any, else all."""
    items = scene.pack[EquipmentFile].equipment
    return [item for item in items if not (way and way.needs) or set(item.ids).intersection(way.needs)]


def ready(scene: Scene) -> bool:
    done, total = counts(scene, required=True)
    return done == total


def home(scene: Scene) -> Turn:
    words, file = scene.words(ChecklistWords), scene.pack[EquipmentFile]
    done, total = counts(scene, required=True)
    extra, extras = counts(scene, required=False)
    way = _way(scene)
    text = paragraphs(
        bold(words.title),
        words.intro,
        lines(
            words.required_line.fill(done=done, total=total, bar=bar(scene, done, total)),
            words.optional_line.fill(done=extra, total=extras) if extras else "",
        ),
        words.ready if ready(scene) else _lacking(scene, way),
    )
    needed = _needed(scene, way)
    rows = [_item_row(scene, item) for item in file.equipment if item in needed or has(scene, item)]
    paths: list[Row] = [(TapButton(path.title, ShowPath(path.id)),) for path in file.paths]
    ordered = [*paths, *rows] if way else [*rows, *paths]
    return Turn(Screen(text, (*ordered, (menu_button(scene),))))


def _lacking(scene: Scene, way: Path | None) -> Rich:
    words = scene.words(ChecklistWords)
    if way and not way.needs:
        return words.other_way.fill(way=way.title)
    missing = [item.title for item in _needed(scene, way) if item.required and not has(scene, item)]
    shown_for = words.list_for_way.fill(way=way.title) if way else rich()
    return lines(shown_for, words.not_ready.fill(missing=", ".join(missing)))


def _fits(scene: Scene, path: Path) -> bool:
    """Whether this person's own answer asks for this path."""
    wanted = path.shown_first_if
    question = scene.pack[WelcomeFile].questions.get(wanted.question) if wanted else None
    option = answered(scene, question) if question else None
    return wanted is not None and option is not None and wanted.option in option.ids


def _item_row(scene: Scene, item: Item) -> Row:
    words, ticked = scene.words(ChecklistWords), has(scene, item)
    label = (words.have if ticked else words.have_not).fill(title=item.title)
    tick = TapButton(label, Have(item.id, not ticked, card=False))
    return (tick, TapButton(words.about, Open("equipment", item.id)))


def open_item(scene: Scene, id_: str, back: str) -> Turn | None:
    item = scene.pack[EquipmentFile].equipment.get(id_)
    return Turn(_card(scene, item, back)) if item else None


def _card(scene: Scene, item: Item, back: str) -> Screen:
    words, ticked = scene.words(ChecklistWords), has(scene, item)
    kinds = [
        kind.title
        for kind in (scene.pack[TaskTypesFile].task_types if scene.pack.has(TaskTypesFile) else ())
        if item.id in kind.equipment
    ]
    text = paragraphs(
        lines(
            bold((words.have if ticked else words.have_not).fill(title=item.title)),
            italic(words.required if item.required else words.optional),
        ),
        words.why.fill(text=item.why),
        words.check.fill(text=item.check),
        more(words.without.fill(text=item.without)),
        words.needed_for.fill(kinds=", ".join(kinds)) if kinds else rich(),
    )
    label = words.i_have_it_not if ticked else words.i_have_it
    tick = TapButton(label, Have(item.id, not ticked, card=True, back=back), "plain" if ticked else "good")
    parent = back_button(scene, words.title, Go("checklist"))
    return Screen(text, ((tick,), *in_rows(link_buttons(scene, item.links), 1), up_row(scene, back, parent)))


def have(scene: Scene, tap: Have) -> Turn | None:
    item = scene.pack[EquipmentFile].equipment.get(tap.item)
    if item is None:
        return None
    words, was_ready = scene.words(ChecklistWords), ready(scene)
    changes: tuple[Remember | Forget, ...] = tuple(Forget(HAVE, id_) for id_ in item.ids)
    if tap.has:
        changes = (Remember(HAVE, item.id, "yes"), *(Forget(HAVE, old) for old in item.renamed_from))
    after = scene.after(*changes)
    notice = (words.notice_have if tap.has else words.notice_have_not).fill(title=item.title)
    if ready(after) and not was_ready:
        notice = words.notice_ready
    screen = _card(after, item, tap.back) if tap.card else home(after).screen
    return Turn(screen, changes, notice)


def show_path(scene: Scene, tap: ShowPath) -> Turn | None:
    path = scene.pack[EquipmentFile].paths.get(tap.path)
    if path is None:
        return None
    text = paragraphs(bold(path.title), path.text, more(path.more) if path.more else "")
    parent = back_button(scene, scene.words(ChecklistWords).title, Go("checklist"))
    rows = (*in_rows(link_buttons(scene, path.links), 1), (parent, menu_button(scene)))
    return Turn(Screen(text, rows))


AREA = Area(
    AreaSpec("checklist", ChecklistWords, (EquipmentFile,)),
    home=home,
    taps=(on(Have, have), on(ShowPath, show_path)),
    opens={"equipment": open_item},
    links={"equipment": "equipment"},
)

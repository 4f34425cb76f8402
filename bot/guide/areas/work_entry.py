"""Writing work down: by typing it, or part by part with buttons; correcting, deleting, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.content.markup import Rich, paragraphs
from bot.guide.area import Scene
from bot.guide.areas.common import menu_button
from bot.guide.areas.work_home import home
from bot.guide.areas.work_pieces import home_row
from bot.guide.areas.work_screens import draft_screen, noted, question
from bot.guide.areas.work_taps import (
    AskWork,
    DeleteWork,
    DraftWork,
    DropWork,
    EditWork,
    NewWork,
    PlaceWork,
    SaveWork,
    SetWork,
    UndoWork,
)
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.pending import asked, asking, settled
from bot.guide.person import Change, Forget
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.work_draft import (
    FIELDS,
    Draft,
    blank,
    draft_of,
    new_draft,
    no_draft,
    saved,
    undone,
    with_field,
)
from bot.guide.work_rules import problem, told
from bot.guide.worklog import WORK, new_item, read_log, recorded

TOPIC: Final = "worked"
"""Of the question that waits; its item is that of the draft, a slash, and ``entry`` or the part that was asked for."""
ENTRY = "entry"
LAST = "last"
"""An entry that lacks its currency alone is waited for: with that, it is kept."""


def new(scene: Scene, _: NewWork) -> Turn:
    return drafted(scene, new_draft(scene) or fresh(scene))


def edit(scene: Scene, tap: EditWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    if work is None:
        return None
    return drafted(scene, draft_of(scene, tap.work) or Draft(tap.work, work, known=True))


def show_draft(scene: Scene, tap: DraftWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    return drafted(scene, draft) if draft else None


def ask(scene: Scene, tap: AskWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    if draft is None or tap.field not in FIELDS:
        return None
    return Turn(question(scene, draft, tap.field), awaiting(draft, tap.field))


def set_field(scene: Scene, tap: SetWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    work = with_field(scene, draft.work, tap.field, tap.value) if draft else None
    if draft is None or work is None:
        return None
    last = tap.field == "currency" and waiting(scene) == (draft, LAST)
    return kept(scene, draft.with_work(work)) if last else drafted(scene, draft.with_work(work))


def save(scene: Scene, tap: SaveWork) -> Turn | None:
    draft, work = draft_of(scene, tap.work), read_log(scene.person).entries.get(tap.work)
    # One that became part of a total meanwhile must not count a second time.
    if draft and (work or not draft.known):
        return kept(scene, draft)
    return Turn(noted(scene, tap.work, work)) if work else None


def drop(scene: Scene, tap: DropWork) -> Turn | None:
    gone = no_draft(scene, tap.work)
    changes = (*gone, *settled()) if gone else ()
    notice = scene.words(WorkedWords).notice_dropped if gone else None
    return replace(home(scene.after(*changes)), changes=changes, notice=notice)


def place(scene: Scene, tap: PlaceWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    placed = with_field(scene, work, "platform", tap.platform) if work else None
    return kept(scene, Draft(tap.work, placed, known=True)) if placed else None


def delete(scene: Scene, tap: DeleteWork) -> Turn | None:
    words, work = scene.words(WorkedWords), read_log(scene.person).get(tap.work)
    if work is None:
        return None
    rows: tuple[Row, ...] = (
        (TapButton(words.undo, UndoWork(tap.work)),),
        home_row(scene),
        (menu_button(scene),),
    )
    changes = (Forget(WORK, tap.work), *saved(scene, tap.work, work), *no_draft(scene, tap.work))
    return Turn(Screen(words.deleted, rows), changes, words.notice_deleted)


def undo(scene: Scene, tap: UndoWork) -> Turn:
    words, changes = scene.words(WorkedWords), undone(scene, tap.work)
    if changes is None:
        return replace(home(scene), notice=words.notice_nothing_to_undo)
    return replace(home(scene.after(*changes)), changes=changes, notice=words.notice_undone)


def waiting(scene: Scene) -> tuple[Draft | None, str]:
    """The draft for which something typed is waited for, and which part of it."""
    item, _, field = (asked(scene.person, TOPIC, scene.now) or "").partition("/")
    return draft_of(scene, item), field


def kept(scene: Scene, draft: Draft) -> Turn:
    """The entry, kept; or why it cannot be."""
    log = read_log(scene.person)
    if wrong := problem(log, draft.item, draft.work):
        return again(scene, draft, told(scene, log, draft.work, wrong))
    changes = (
        *recorded(log, draft.item, draft.work),
        *saved(scene, draft.item, log.get(draft.item)),
        *no_draft(scene, draft.item),
        *settled(),
    )
    notice = scene.words(WorkedWords).notice_saved
    return Turn(noted(scene.after(*changes), draft.item, draft.work), changes, notice)


def again(scene: Scene, draft: Draft, wrong: Rich, field: str = ENTRY) -> Turn:
    """What is wrong, and the draft with its buttons; another try at typing is waited for."""
    text = paragraphs(wrong, scene.words(WorkedWords).how_to_type)
    return Turn(Screen(text, draft_screen(scene, draft).rows), (*draft.kept(), *awaiting(draft, field)))


def fresh(scene: Scene) -> Draft:
    log = read_log(scene.person)
    return Draft(new_item(log, scene.now), blank(scene, log))


def drafted(scene: Scene, draft: Draft) -> Turn:
    return Turn(draft_screen(scene, draft), (*draft.kept(), *awaiting(draft, ENTRY)))


def awaiting(draft: Draft, field: str) -> tuple[Change, ...]:
    return asking(TOPIC, f"{draft.item}/{field}")

"""Writing work down: by typing it, or part by part with buttons; correcting, deleting, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.content.markup import Rich, paragraphs
from bot.guide.area import Scene
from bot.guide.areas.common import menu_button
from bot.guide.areas.work_home import home
from bot.guide.areas.work_pieces import (
    home_row,
    vocabulary,
)
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
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.work_draft import (
    FIELDS,
    Draft,
    blank,
    draft_of,
    no_draft,
    saved,
    undone,
    with_field,
    with_said,
)
from bot.guide.work_rules import problem, telling
from bot.guide.work_text import LONGEST, Said, read_work
from bot.guide.worklog import WORK, Work, new_item, read_log, recorded

TOPIC: Final = "worked"
"""Of the question that waits; its item is ``entry``, or the part that was asked for."""
_ENTRY = "entry"


def new(scene: Scene, _: NewWork) -> Turn:
    draft = draft_of(scene)
    known = draft is not None and read_log(scene.person).get(draft.item) is not None
    return _drafted(scene, _fresh(scene) if draft is None or known else draft)


def edit(scene: Scene, tap: EditWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    return _drafted(scene, Draft(tap.work, work)) if work else None


def show_draft(scene: Scene, tap: DraftWork) -> Turn | None:
    draft = draft_of(scene)
    return _drafted(scene, draft) if draft and draft.item == tap.work else None


def ask(scene: Scene, tap: AskWork) -> Turn | None:
    draft = draft_of(scene)
    if draft is None or draft.item != tap.work or tap.field not in FIELDS:
        return None
    return Turn(question(scene, draft, tap.field), asking(TOPIC, tap.field))


def set_field(scene: Scene, tap: SetWork) -> Turn | None:
    draft = draft_of(scene)
    if draft is None or draft.item != tap.work:
        return None
    work = with_field(scene, draft.work, tap.field, tap.value)
    return _drafted(scene, Draft(draft.item, work)) if work else None


def save(scene: Scene, tap: SaveWork) -> Turn | None:
    draft, log = draft_of(scene), read_log(scene.person)
    if draft is not None and draft.item == tap.work:
        return _kept(scene, draft)
    work = log.entries.get(tap.work)
    return Turn(noted(scene, tap.work, work)) if work else None


def drop(scene: Scene, tap: DropWork) -> Turn | None:
    draft = draft_of(scene)
    gone = (*no_draft(), *settled()) if draft and draft.item == tap.work else ()
    notice = scene.words(WorkedWords).notice_dropped if gone else None
    return replace(home(scene.after(*gone)), changes=gone, notice=notice)


def place(scene: Scene, tap: PlaceWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    placed = with_field(scene, work, "platform", tap.platform) if work else None
    return _kept(scene, Draft(tap.work, placed)) if placed else None


def delete(scene: Scene, tap: DeleteWork) -> Turn | None:
    words, work, draft = scene.words(WorkedWords), read_log(scene.person).get(tap.work), draft_of(scene)
    undo = ((TapButton(words.undo, UndoWork(tap.work)),), home_row(scene), (menu_button(scene),))
    if work is None:
        return None
    of_draft = no_draft() if draft and draft.item == tap.work else ()
    changes: tuple[Change, ...] = (Forget(WORK, tap.work), *saved(scene, tap.work, work), *of_draft)
    return Turn(Screen(words.deleted, undo), changes, words.notice_deleted)


def undo(scene: Scene, tap: UndoWork) -> Turn:
    words, changes = scene.words(WorkedWords), undone(scene, tap.work)
    if changes is None:
        return replace(home(scene), notice=words.notice_nothing_to_undo)
    return replace(home(scene.after(*changes)), changes=changes, notice=words.notice_undone)


def typed(scene: Scene, text: str) -> Turn:
    """Keep an entry as it was typed; or say kindly what could not be read, and wait for another try."""
    waiting = asked(scene.person, TOPIC, scene.now) is not None
    draft = (draft_of(scene) if waiting else None) or _fresh(scene)
    said = read_work(text, vocabulary(scene), scene.pack.language)
    if len(text) > LONGEST:
        said.faults.insert(0, ("unclear", ""))
    if said.faults:
        name, words = said.faults[0]
        return _again(scene, draft, telling(scene, name, words))
    return _kept(scene, Draft(draft.item, with_said(scene, draft.work, said)))


def hears(scene: Scene, text: str) -> Turn | None:
    """What was asked for; or unasked, a text that is surely an entry and nothing else."""
    field = asked(scene.person, TOPIC, scene.now)
    draft = draft_of(scene)
    if field in FIELDS and draft:
        return _part_typed(scene, draft, field, text)
    said = read_work(text, vocabulary(scene), scene.pack.language)
    # Time that was paid or not, and at most one word that we do not know: an entry, though perhaps not a whole one.
    sure = said.roles and len(said.faults) <= 1 and "?" not in text and len(text) <= LONGEST
    # A question may come while an entry is waited for: without any number it is none.
    if sure or (field == _ENTRY and any(sign.isdigit() for sign in text)):
        return typed(scene, text)
    return None


def _part_typed(scene: Scene, draft: Draft, field: str, text: str) -> Turn | None:
    said = read_work(text, vocabulary(scene), scene.pack.language)
    work = _with_part(scene, draft.work, field, said, text)
    if work is None:
        if not any(sign.isdigit() for sign in text) and len(text.split()) > 2:
            return None
        name = "unknown_currency" if field == "currency" else "unclear"
        return Turn(question(scene, draft, field, telling(scene, name, text)))
    return _drafted(scene, Draft(draft.item, work))


def _with_part(scene: Scene, work: Work, field: str, said: Said, text: str) -> Work | None:
    """The work with one part as it was typed; ``None`` if that cannot be read."""
    if said.roles and not said.faults:
        return with_said(scene, work, said)
    if field == "currency":
        return with_field(scene, work, field, said.currency or text.strip().lower())
    if said.faults:
        return None
    if field in ("paid", "unpaid"):
        # A number alone means minutes, for minutes are what was asked for.
        minutes = said.paid if said.paid is not None else said.money
        return _with_minutes(work, field, int(minutes)) if minutes is not None else None
    if field in ("money", "fees"):
        number = said.money if said.money is not None else said.fees
        if number is None:
            return None
        work = replace(work, currency=said.currency or work.currency)
        return replace(work, money=number) if field == "money" else replace(work, fees=number)
    if field == "platform" and said.platform:
        return replace(work, platform=said.platform)
    return with_said(scene, work, said) if field == "day" and said.yesterday else None


def _with_minutes(work: Work, field: str, minutes: int) -> Work:
    return replace(work, paid=minutes) if field == "paid" else replace(work, unpaid=minutes)


def _kept(scene: Scene, draft: Draft) -> Turn:
    """The entry, kept; or why it cannot be."""
    log = read_log(scene.person)
    wrong = problem(scene, log, draft.item, draft.work)
    if wrong:
        return _again(scene, draft, wrong)
    changes = (
        *recorded(log, draft.item, draft.work),
        *saved(scene, draft.item, log.get(draft.item)),
        *no_draft(),
        *settled(),
    )
    notice = scene.words(WorkedWords).notice_saved
    return Turn(noted(scene.after(*changes), draft.item, draft.work), changes, notice)


def _again(scene: Scene, draft: Draft, wrong: Rich) -> Turn:
    """What is wrong, and the draft with its buttons; another try at typing is waited for."""
    text = paragraphs(wrong, scene.words(WorkedWords).how_to_type)
    return Turn(Screen(text, draft_screen(scene, draft).rows), (*draft.changes(), *asking(TOPIC, _ENTRY)))


def _fresh(scene: Scene) -> Draft:
    log = read_log(scene.person)
    return Draft(new_item(log, scene.now), blank(scene, log))


def _drafted(scene: Scene, draft: Draft) -> Turn:
    return Turn(draft_screen(scene, draft), (*draft.changes(), *asking(TOPIC, _ENTRY)))

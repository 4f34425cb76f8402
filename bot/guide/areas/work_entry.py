"""Writing work down: by typing it, or part by part with buttons; correcting, deleting, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.content.kinds.faq import FaqFile
from bot.content.markup import Rich, paragraphs
from bot.guide.area import Scene
from bot.guide.areas.common import menu_button
from bot.guide.areas.work_home import home
from bot.guide.areas.work_pieces import home_row, vocabulary
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
    TIMES,
    Draft,
    blank,
    draft_of,
    new_draft,
    no_draft,
    saved,
    undone,
    with_field,
    with_said,
)
from bot.guide.work_rules import NO_CURRENCY, WHICH_CURRENCY, problem, telling, told
from bot.guide.work_text import LONGEST, Said, read_work
from bot.guide.worklog import WORK, Work, new_item, read_log, recorded

TOPIC: Final = "worked"
"""Of the question that waits; its item is that of the draft, a slash, and ``entry`` or the part that was asked for."""
_ENTRY = "entry"
_LAST = "last"
"""An entry that lacks its currency alone is waited for: with that, it is kept."""
_STRANGE: Final = 2
"""So many words that we do not know are hardly all names: it may be no entry."""


def new(scene: Scene, _: NewWork) -> Turn:
    return _drafted(scene, new_draft(scene) or _fresh(scene))


def edit(scene: Scene, tap: EditWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    if work is None:
        return None
    return _drafted(scene, draft_of(scene, tap.work) or Draft(tap.work, work, known=True))


def show_draft(scene: Scene, tap: DraftWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    return _drafted(scene, draft) if draft else None


def ask(scene: Scene, tap: AskWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    if draft is None or tap.field not in FIELDS:
        return None
    return Turn(question(scene, draft, tap.field), _awaiting(draft, tap.field))


def set_field(scene: Scene, tap: SetWork) -> Turn | None:
    draft = draft_of(scene, tap.work)
    work = with_field(scene, draft.work, tap.field, tap.value) if draft else None
    if draft is None or work is None:
        return None
    last = tap.field == "currency" and _waiting(scene) == (draft, _LAST)
    return _kept(scene, draft.with_work(work)) if last else _drafted(scene, draft.with_work(work))


def save(scene: Scene, tap: SaveWork) -> Turn | None:
    draft, work = draft_of(scene, tap.work), read_log(scene.person).entries.get(tap.work)
    # One that became part of a total meanwhile must not count a second time.
    if draft and (work or not draft.known):
        return _kept(scene, draft)
    return Turn(noted(scene, tap.work, work)) if work else None


def drop(scene: Scene, tap: DropWork) -> Turn | None:
    gone = no_draft(scene, tap.work)
    changes = (*gone, *settled()) if gone else ()
    notice = scene.words(WorkedWords).notice_dropped if gone else None
    return replace(home(scene.after(*changes)), changes=changes, notice=notice)


def place(scene: Scene, tap: PlaceWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.work)
    placed = with_field(scene, work, "platform", tap.platform) if work else None
    return _kept(scene, Draft(tap.work, placed, known=True)) if placed else None


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


def typed(scene: Scene, text: str) -> Turn:
    """Keep an entry as it was typed; or say kindly what could not be read, and wait for another try."""
    draft, _ = _waiting(scene)
    draft = draft or _fresh(scene)
    said = read_work(text, vocabulary(scene), scene.pack.language)
    if len(text) > LONGEST:
        said.faults.insert(0, ("unclear", ""))
    log, work = read_log(scene.person), with_said(scene, draft.work, said)
    wrong = problem(log, draft.item, work)
    if said.faults:
        name, words = said.faults[0]
        # A word that we do not know is no reason to forget the rest.
        strange = all(name == "unknown_word" for name, _ in said.faults) and wrong in (None, NO_CURRENCY)
        return _again(scene, draft.with_work(work) if strange else draft, telling(scene, name, words))
    if wrong is None:
        return _kept(scene, draft.with_work(work))
    if wrong == NO_CURRENCY and said.which:
        return _which_currency(scene, draft.with_work(work), said.which, _LAST)
    if wrong == NO_CURRENCY:
        # What lacks nothing but its currency waits for that.
        return _again(scene, draft.with_work(work), told(scene, log, work, wrong), _LAST)
    return _again(scene, draft, told(scene, log, work, wrong))


def hears(scene: Scene, text: str) -> Turn | None:
    """What was asked for; or unasked, a text that is surely an entry and nothing else."""
    draft, field = _waiting(scene)
    if draft and field in FIELDS:
        return _part_typed(scene, draft, field, text)
    if draft and field == _LAST and (turn := _currency_typed(scene, draft, text)):
        return turn
    said = read_work(text, vocabulary(scene), scene.pack.language)
    # Time that was paid or not, and at most one word that we do not know: an entry, though perhaps not a whole one.
    sure = said.roles and len(said.faults) <= 1 and "?" not in text and len(text) <= LONGEST
    # A question may come while an entry is waited for: without any number it is none.
    spoken = said.numbers and not said.faults
    awaited = (
        draft
        and (spoken or any(sign.isdigit() for sign in text))
        and not _of_something_else(scene, text, said)
    )
    return typed(scene, text) if sure or awaited else None


def _of_something_else(scene: Scene, text: str, said: Said) -> bool:
    """Whether a text with a number, typed where an entry is waited for, rather asks or tells something."""
    if scene.answers.no_offer(scene.library, text):
        return True
    if sum(name == "unknown_word" for name, _ in said.faults) < _STRANGE:
        return False
    # "20 dollars an hour" is time with money, but may stand in a question that we know.
    timed = said.paid is not None or said.unpaid is not None
    whole = said.roles or (timed and said.money is not None)
    return not whole or (scene.pack.has(FaqFile) and scene.answers.find(scene.pack, text).best is not None)


def _waiting(scene: Scene) -> tuple[Draft | None, str]:
    """The draft for which something typed is waited for, and which part of it."""
    item, _, field = (asked(scene.person, TOPIC, scene.now) or "").partition("/")
    return draft_of(scene, item), field


def _currency_typed(scene: Scene, draft: Draft, text: str) -> Turn | None:
    """The entry with the currency alone that it lacked; ``None`` if the text says anything else."""
    said = read_work(text, vocabulary(scene), scene.pack.language)
    work = with_field(scene, draft.work, "currency", said.currency or text.strip().lower())
    if said.numbers:
        return None
    if said.which:
        return _which_currency(scene, draft, said.which, _LAST)
    return _kept(scene, draft.with_work(work)) if work else None


def _part_typed(scene: Scene, draft: Draft, field: str, text: str) -> Turn | None:
    said = read_work(text, vocabulary(scene), scene.pack.language)
    work = _with_part(scene, draft.work, field, said, text)
    if work is not None and said.which:
        return _which_currency(scene, draft.with_work(work), said.which, "currency")
    if work is not None:
        return _drafted(scene, draft.with_work(work))
    if not any(sign.isdigit() for sign in text) and len(text.split()) > 2 and not said.numbers:
        return None
    name = "unknown_currency" if field == "currency" else "unclear"
    if field in TIMES and said.money is not None and not said.faults:
        name = "not_time"
    return Turn(question(scene, draft, field, telling(scene, name, text)))


def _which_currency(scene: Scene, draft: Draft, name: str, field: str) -> Turn:
    """Ask which currency a name of several is; what else was said is kept."""
    return Turn(
        question(scene, draft, "currency", telling(scene, WHICH_CURRENCY, name)),
        (*draft.kept(), *_awaiting(draft, field)),
    )


def _with_part(scene: Scene, work: Work, field: str, said: Said, text: str) -> Work | None:
    """The work with one part as it was typed; ``None`` if that cannot be read."""
    if said.roles and not said.faults:
        return with_said(scene, work, said)
    if field == "currency":
        unsure = replace(work, currency="") if said.which and not said.faults else None
        return unsure or with_field(scene, work, field, said.currency or text.strip().lower())
    if said.faults:
        return None
    if field in TIMES:
        return _with_time(work, field, said)
    if field in ("money", "fees"):
        number = said.money if said.money is not None else said.fees
        if number is None:
            return None
        work = replace(work, currency=with_said(scene, work, said).currency)
        return replace(work, money=number) if field == "money" else replace(work, fees=number)
    if field == "platform" and said.platform:
        return replace(work, platform=said.platform)
    return with_said(scene, work, said) if field == "day" and said.yesterday else None


def _with_time(work: Work, field: str, said: Said) -> Work | None:
    """A time, which money is not. A number alone means minutes, for minutes are what was asked for."""
    if said.names_currency or (said.paid is not None and said.money is not None):
        return None
    minutes = said.paid if said.paid is not None else said.money
    return _with_minutes(work, field, int(minutes)) if minutes is not None else None


def _with_minutes(work: Work, field: str, minutes: int) -> Work:
    return replace(work, paid=minutes) if field == "paid" else replace(work, unpaid=minutes)


def _kept(scene: Scene, draft: Draft) -> Turn:
    """The entry, kept; or why it cannot be."""
    log = read_log(scene.person)
    if wrong := problem(log, draft.item, draft.work):
        return _again(scene, draft, told(scene, log, draft.work, wrong))
    changes = (
        *recorded(log, draft.item, draft.work),
        *saved(scene, draft.item, log.get(draft.item)),
        *no_draft(scene, draft.item),
        *settled(),
    )
    notice = scene.words(WorkedWords).notice_saved
    return Turn(noted(scene.after(*changes), draft.item, draft.work), changes, notice)


def _again(scene: Scene, draft: Draft, wrong: Rich, field: str = _ENTRY) -> Turn:
    """What is wrong, and the draft with its buttons; another try at typing is waited for."""
    text = paragraphs(wrong, scene.words(WorkedWords).how_to_type)
    return Turn(Screen(text, draft_screen(scene, draft).rows), (*draft.kept(), *_awaiting(draft, field)))


def _fresh(scene: Scene) -> Draft:
    log = read_log(scene.person)
    return Draft(new_item(log, scene.now), blank(scene, log))


def _drafted(scene: Scene, draft: Draft) -> Turn:
    return Turn(draft_screen(scene, draft), (*draft.kept(), *_awaiting(draft, _ENTRY)))


def _awaiting(draft: Draft, field: str) -> tuple[Change, ...]:
    return asking(TOPIC, f"{draft.item}/{field}")

"""Writing work down: by typing it, or part by part with buttons; correcting, deleting, and taking that back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.content.markup import Rich, bold, lines, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.work_home import home
from bot.guide.areas.work_pieces import (
    day,
    duration,
    entry_text,
    fees,
    home_row,
    money,
    own_platforms,
    platform_name,
    vocabulary,
)
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
from bot.guide.locales import day_text
from bot.guide.pending import asked, asking, settled
from bot.guide.person import Change, Forget
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows
from bot.guide.work_draft import (
    DAYS_BACK,
    FIELDS,
    Draft,
    blank,
    draft_of,
    no_draft,
    saved,
    today,
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
_MINUTES: Final = (0, 15, 30, 45, 60, 90, 120, 180, 240, 360)
_MONEY: Final = (0, 5, 10, 20, 50, 100)
_FEES: Final = (0, 1, 2, 5)


def new(scene: Scene, _: NewWork) -> Turn:
    draft = draft_of(scene)
    known = draft is not None and read_log(scene.person).get(draft.item) is not None
    return _drafted(scene, _fresh(scene) if draft is None or known else draft)


def edit(scene: Scene, tap: EditWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.item)
    return _drafted(scene, Draft(tap.item, work)) if work else None


def show_draft(scene: Scene, tap: DraftWork) -> Turn | None:
    draft = draft_of(scene)
    return _drafted(scene, draft) if draft and draft.item == tap.item else None


def ask(scene: Scene, tap: AskWork) -> Turn | None:
    draft = draft_of(scene)
    if draft is None or draft.item != tap.item or tap.field not in FIELDS:
        return None
    return Turn(_question(scene, draft, tap.field), asking(TOPIC, tap.field))


def set_field(scene: Scene, tap: SetWork) -> Turn | None:
    draft = draft_of(scene)
    if draft is None or draft.item != tap.item:
        return None
    work = with_field(scene, draft.work, tap.field, tap.value)
    return _drafted(scene, Draft(draft.item, work)) if work else None


def save(scene: Scene, tap: SaveWork) -> Turn | None:
    draft, log = draft_of(scene), read_log(scene.person)
    if draft is not None and draft.item == tap.item:
        return _kept(scene, draft)
    work = log.entries.get(tap.item)
    return Turn(noted(scene, tap.item, work)) if work else None


def drop(scene: Scene, tap: DropWork) -> Turn | None:
    draft = draft_of(scene)
    gone = (*no_draft(), *settled()) if draft and draft.item == tap.item else ()
    notice = scene.words(WorkedWords).notice_dropped if gone else None
    return replace(home(scene.after(*gone)), changes=gone, notice=notice)


def place(scene: Scene, tap: PlaceWork) -> Turn | None:
    work = read_log(scene.person).entries.get(tap.item)
    placed = with_field(scene, work, "platform", tap.platform) if work else None
    return _kept(scene, Draft(tap.item, placed)) if placed else None


def delete(scene: Scene, tap: DeleteWork) -> Turn | None:
    words, work, draft = scene.words(WorkedWords), read_log(scene.person).get(tap.item), draft_of(scene)
    undo = ((TapButton(words.undo, UndoWork(tap.item)),), home_row(scene), (menu_button(scene),))
    if work is None:
        return None
    of_draft = no_draft() if draft and draft.item == tap.item else ()
    changes: tuple[Change, ...] = (Forget(WORK, tap.item), *saved(scene, tap.item, work), *of_draft)
    return Turn(Screen(words.deleted, undo), changes, words.notice_deleted)


def undo(scene: Scene, tap: UndoWork) -> Turn:
    words, changes = scene.words(WorkedWords), undone(scene, tap.item)
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
    sure = said.roles and not said.faults and len(text) <= LONGEST
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
        return Turn(_question(scene, draft, field, telling(scene, name, text)))
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
        return replace(work, **{field: int(minutes)}) if minutes is not None else None
    if field in ("money", "fees"):
        number = said.money if said.money is not None else said.fees
        changed = replace(work, **{field: number}) if number is not None else None
        return replace(changed, currency=said.currency or work.currency) if changed else None
    if field == "platform" and said.platform:
        return replace(work, platform=said.platform)
    return with_said(scene, work, said) if field == "day" and said.yesterday else None


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
    return Turn(Screen(text, _draft_screen(scene, draft).rows), (*draft.changes(), *asking(TOPIC, _ENTRY)))


def _fresh(scene: Scene) -> Draft:
    log = read_log(scene.person)
    return Draft(new_item(log, scene.now), blank(scene, log))


def noted(scene: Scene, item: str, work: Work) -> Screen:
    """An entry that was kept, and what may be done about it."""
    words = scene.words(WorkedWords)
    rows: list[Row] = []
    question = rich()
    if not work.platform and (own := own_platforms(scene)):
        question = words.which_platform
        buttons = (TapButton(each.name, PlaceWork(item, each.id)) for each in own[:8])
        rows.extend(in_rows(buttons, 2))
    rows.append((TapButton(words.undo, UndoWork(item)), TapButton(words.correct, EditWork(item))))
    rows.append((TapButton(words.new, NewWork()), *home_row(scene)))
    text = paragraphs(bold(words.noted), entry_text(scene, work), question)
    return Screen(text, (*rows, (menu_button(scene),)))


def _drafted(scene: Scene, draft: Draft) -> Turn:
    return Turn(_draft_screen(scene, draft), (*draft.changes(), *asking(TOPIC, _ENTRY)))


def _draft_screen(scene: Scene, draft: Draft) -> Screen:
    words, known = scene.words(WorkedWords), draft.item in read_log(scene.person).entries
    buttons = {field: TapButton(label, AskWork(draft.item, field)) for field, label in _labels(scene, draft)}
    rows: tuple[Row, ...] = (
        (buttons["paid"], buttons["unpaid"]),
        (buttons["money"], buttons["fees"]),
        (buttons["currency"], buttons["day"]),
        (buttons["platform"],),
        (TapButton(words.save, SaveWork(draft.item), "good"),),
        (TapButton(words.drop, DropWork(draft.item)), menu_button(scene)),
    )
    heading = words.heading_change if known else words.heading_new
    return Screen(paragraphs(bold(heading), words.draft_intro, words.how_to_type), rows)


def _labels(scene: Scene, draft: Draft) -> Iterator[tuple[str, str]]:
    words, work = scene.words(WorkedWords).fields, draft.work
    yield "day", words.day.fill(value=day(scene, work))
    yield "paid", words.paid.fill(value=duration(scene, work.paid))
    yield "unpaid", words.unpaid.fill(value=duration(scene, work.unpaid))
    yield "money", words.money.fill(value=money(scene, work) if work.currency else str(work.money))
    yield "fees", words.fees.fill(value=fees(scene, work))
    yield "currency", words.currency.fill(value=work.currency or words.nothing)
    yield "platform", words.platform.fill(value=platform_name(scene, work.platform)[:30])


def _question(scene: Scene, draft: Draft, field: str, first: Rich | None = None) -> Screen:
    words = scene.words(WorkedWords)
    question: Rich = getattr(words.fields, f"ask_{field}")
    across = {"day": 2, "platform": 1, "currency": 3}.get(field, 4)
    buttons: list[Button] = []
    for value, label, chosen in _choices(scene, draft.work, field):
        template = words.chosen if chosen else words.open
        buttons.append(TapButton(template.fill(choice=label), SetWork(draft.item, field, value)))
    known = draft.item in read_log(scene.person).entries
    heading = words.heading_change if known else words.heading_new
    back = (back_button(scene, heading, DraftWork(draft.item)), menu_button(scene))
    return Screen(lines(first or rich(), question), (*in_rows(buttons, across), back))


def _choices(scene: Scene, work: Work, field: str) -> Iterator[tuple[str, str, bool]]:
    """What is offered for a part: the value, its label, and whether it is the present one."""
    words, language = scene.words(WorkedWords), scene.pack.language
    match field:
        case "paid" | "unpaid":
            for minutes in _MINUTES:
                yield str(minutes), duration(scene, minutes), minutes == getattr(work, field)
        case "money" | "fees":
            for number in _MONEY if field == "money" else _FEES:
                yield str(number), str(number), number == getattr(work, field)
        case "day":
            for back in range(DAYS_BACK + 1):
                each = today(scene) - timedelta(days=back)
                yield each.isoformat(), day_text(language, each, today(scene)), each == work.day
        case "currency":
            known = [each.upper() for each in (entry.id for entry in words.currencies)]
            for code in dict.fromkeys([*read_log(scene.person).currencies, *known]):
                yield code.lower(), code, code == work.currency
        case _:
            for each in own_platforms(scene)[:20]:
                yield each.id, each.name, each.id == work.platform
            yield "", words.no_platform, not work.platform

"""The screens on which an entry in the record of work is put together, and the one that shows it kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.content.markup import Rich, bold, lines, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.work_pieces import (
    day,
    duration,
    entry_text,
    fees,
    home_row,
    money,
    own_platforms,
    platform_name,
)
from bot.guide.areas.work_taps import (
    AskWork,
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
from bot.guide.screen import Button, Row, Screen, TapButton, in_rows
from bot.guide.work_draft import DAYS_BACK, Draft, today
from bot.guide.worklog import Work, read_log

_MINUTES: Final = (0, 15, 30, 45, 60, 90, 120, 180, 240, 360)
_MONEY: Final = (0, 5, 10, 20, 50, 100)
_FEES: Final = (0, 1, 2, 5)


def noted(scene: Scene, item: str, work: Work) -> Screen:
    """An entry that was kept, and what may be done about it."""
    words = scene.words(WorkedWords)
    rows: list[Row] = []
    placing = rich()
    if not work.platform and (own := own_platforms(scene)):
        placing = words.which_platform
        buttons = (TapButton(each.name, PlaceWork(item, each.id)) for each in own[:8])
        rows.extend(in_rows(buttons, 2))
    rows.append((TapButton(words.undo, UndoWork(item)), TapButton(words.correct, EditWork(item))))
    rows.append((TapButton(words.new, NewWork()), *home_row(scene)))
    text = paragraphs(bold(words.noted), entry_text(scene, work), placing)
    return Screen(text, (*rows, (menu_button(scene),)))


def draft_screen(scene: Scene, draft: Draft) -> Screen:
    words = scene.words(WorkedWords)
    buttons = {field: TapButton(label, AskWork(draft.item, field)) for field, label in _labels(scene, draft)}
    rows: tuple[Row, ...] = (
        (buttons["paid"], buttons["unpaid"]),
        (buttons["money"], buttons["fees"]),
        (buttons["currency"], buttons["day"]),
        (buttons["platform"],),
        (TapButton(words.save, SaveWork(draft.item), "good"),),
        (TapButton(words.drop, DropWork(draft.item)), menu_button(scene)),
    )
    heading = words.heading_change if draft.known else words.heading_new
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


def question(scene: Scene, draft: Draft, field: str, first: Rich | None = None) -> Screen:
    words = scene.words(WorkedWords)
    asked: Rich = getattr(words.fields, f"ask_{field}")
    across = {"day": 2, "platform": 1, "currency": 3}.get(field, 4)
    buttons: list[Button] = []
    for value, label, chosen in _choices(scene, draft.work, field):
        template = words.chosen if chosen else words.open
        buttons.append(TapButton(template.fill(choice=label), SetWork(draft.item, field, value)))
    heading = words.heading_change if draft.known else words.heading_new
    back = (back_button(scene, heading, DraftWork(draft.item)), menu_button(scene))
    return Screen(lines(first or rich(), asked), (*in_rows(buttons, across), back))


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
            for platform in own_platforms(scene)[:20]:
                yield platform.id, platform.name, platform.id == work.platform
            yield "", words.no_platform, not work.platform

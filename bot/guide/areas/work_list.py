"""Everything that was written down: the newest entries first, then the totals of former months and years."""

from __future__ import annotations

from bot.content.markup import bold, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import back_button, menu_button, page_row
from bot.guide.areas.work_pieces import entry_label, entry_text, home_row
from bot.guide.areas.work_taps import DeleteWork, EditWork, OpenWork, WorkPage
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.worklog import read_log

PAGE = 8


def page(scene: Scene, tap: WorkPage) -> Turn:
    """One page; one that is no more shows the last."""
    words, log = scene.words(WorkedWords), read_log(scene.person)
    lines = [*reversed(log.entries.items()), *reversed(log.totals.items())]
    pages = max(1, -(-len(lines) // PAGE))
    number = min(max(tap.page, 0), pages - 1)
    rows: list[Row] = [
        (TapButton(entry_label(scene, item, work), OpenWork(item)),)
        for item, work in lines[number * PAGE : (number + 1) * PAGE]
    ]
    rows.extend(page_row(scene, number, pages, WorkPage))
    title = words.list.fill(count=sum(work.count for work in log.everything()))
    text = paragraphs(bold(title), words.list_intro if lines else words.empty)
    return Turn(Screen(text, (*rows, home_row(scene), (menu_button(scene),))))


def open_entry(scene: Scene, tap: OpenWork) -> Turn | None:
    words, log = scene.words(WorkedWords), read_log(scene.person)
    work = log.get(tap.work)
    if work is None:
        return None
    single = tap.work in log.entries
    delete = TapButton(words.delete, DeleteWork(tap.work), "danger")
    own: Row = (TapButton(words.correct, EditWork(tap.work)), delete) if single else (delete,)
    title = bold(words.heading_entry) if single else bold(entry_label(scene, tap.work, work))
    text = paragraphs(title, entry_text(scene, work), rich() if single else words.total_note)
    count = sum(each.count for each in log.everything())
    up = back_button(scene, words.list.fill(count=count), WorkPage(0))
    return Turn(Screen(text, (own, (up, menu_button(scene)))))

"""The record of work: minutes paid and unpaid, money and fees, and what an hour really brought."""

from __future__ import annotations

from bot.content.library import AreaSpec
from bot.guide.area import Area, Scene, on
from bot.guide.areas import work_entry, work_home, work_list, work_taps, work_typed
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.screen import Turn


def command(scene: Scene, argument: str) -> Turn:
    """The record; or an entry, if one follows the command."""
    return work_typed.typed(scene, argument) if argument.strip() else work_home.home(scene)


AREA = Area(
    AreaSpec("worked", WorkedWords),
    home=work_home.home,
    taps=(
        on(work_taps.NewWork, work_entry.new),
        on(work_taps.EditWork, work_entry.edit),
        on(work_taps.DraftWork, work_entry.show_draft),
        on(work_taps.AskWork, work_entry.ask),
        on(work_taps.SetWork, work_entry.set_field),
        on(work_taps.SaveWork, work_entry.save),
        on(work_taps.DropWork, work_entry.drop),
        on(work_taps.PlaceWork, work_entry.place),
        on(work_taps.DeleteWork, work_entry.delete),
        on(work_taps.UndoWork, work_entry.undo),
        on(work_taps.OpenWork, work_list.open_entry),
        on(work_taps.WorkPage, work_list.page),
        on(work_taps.ShowChart, work_home.chart),
    ),
    hears=work_typed.hears,
)

"""Choosing the language; there only if the content has more than one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Wording
from bot.content.library import AreaSpec, Library
from bot.content.markup import bold, paragraphs
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas import welcome
from bot.guide.areas.common import back_button, menu_button
from bot.guide.languages import AskLanguage, SetLanguage, choosing, chosen, own_name
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.taps import Go

NAME = "language"
_SETTINGS, _START = "settings", "start"


class LanguageWords(TitledWords):
    intro: Annotated[Rich, AtMost(200)]
    same: Label
    """The choice to go by Telegram's language."""
    chosen: Annotated[LabelTemplate, Slots("language"), AtMost(10)]
    open: Annotated[LabelTemplate, Slots("language"), AtMost(10)]
    notice: Annotated[Wording, AtMost(100)]
    notice_same: Annotated[Wording, AtMost(100)]
    switch: Annotated[LabelTemplate, Slots("language"), AtMost(10)]
    """The button with which one goes on in the language one has just written in,"""
    answered: Annotated[Rich, AtMost(150)]
    """and what is said below an answer in that language."""


def several(library: Library) -> bool:
    """Whether there is anything to choose from."""
    return len(library.bot.languages) > 1


def home(scene: Scene) -> Turn:
    return ask(scene, AskLanguage())


def ask(scene: Scene, tap: AskLanguage) -> Turn:
    """All languages by their own names; whoever can't read this one finds theirs."""
    words, now = scene.words(LanguageWords), chosen(scene.library, scene.person) or ""
    names = [(code, own_name(code)) for code in scene.library.bot.languages]
    rows: list[Row] = []
    for code, name in (*names, ("", words.same)):
        label = words.chosen if code == now else words.open
        rows.append((TapButton(label.fill(language=name), SetLanguage(code, tap.then)),))
    title = None if tap.then else dict(scene.menu).get(_SETTINGS)
    up = (back_button(scene, title, Go(_SETTINGS)),) if title else ()
    return Turn(Screen(paragraphs(bold(words.title), words.intro), (*rows, (*up, menu_button(scene)))))


def set_language(scene: Scene, tap: SetLanguage) -> Turn | None:
    """Go on in that language, at once."""
    if tap.code and tap.code not in scene.library.packs:
        return None
    changes = choosing(tap.code)
    after = scene.in_own_language(scene.after(*changes))
    words = after.words(LanguageWords)
    turn = welcome.start(after) if tap.then else home(after)
    notice = words.notice if tap.code else words.notice_same
    return replace(turn, changes=(*changes, *turn.changes), notice=notice)


def in_language(scene: Scene, code: str, hears: Callable[[Scene], Turn | None]) -> Turn | None:
    """What ``hears`` says in another language than the person's own, with a button to go on in that one."""
    there = scene.in_own_language(scene.after(*choosing(code)))
    turn = hears(there)
    if turn is None or turn.screen is None:
        return turn
    words = there.words(LanguageWords)
    switch = TapButton(words.switch.fill(language=own_name(code)), SetLanguage(code, _START), "primary")
    text = paragraphs(turn.screen.text, words.answered)
    return replace(turn, screen=replace(turn.screen, text=text, rows=((switch,), *turn.screen.rows)))


def settings_rows(scene: Scene) -> tuple[Row, ...]:
    """The button with which the settings lead here."""
    return ((TapButton(scene.words(LanguageWords).title, Go(NAME)),),) if several(scene.library) else ()


AREA = Area(
    # Always on: who can't read what they see must be able to change it.
    AreaSpec(NAME, LanguageWords, always=True),
    home=home,
    taps=(on(AskLanguage, ask), on(SetLanguage, set_language)),
    useful=several,
)

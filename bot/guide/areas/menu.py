"""The main menu, help, and kind lines for what the bot does not take."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Phrase, Rich, Slots, Template
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, more, paragraphs
from bot.guide.answers import normalised
from bot.guide.area import Area, Scene, TitledWords
from bot.guide.areas.common import bar, menu_button, resume_rows
from bot.guide.journey import Journey
from bot.guide.pending import settled, waits
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go

Line = Annotated[Rich, AtMost(300)]


class MenuWords(TitledWords):
    intro: Line
    progress: Annotated[Template, Slots("done", "total", "bar"), AtMost(100)]
    help: Annotated[Template, Slots("commands"), AtMost(600)]
    help_command: Annotated[Template, Slots("command", "what"), AtMost(10)]
    cancelled: Line
    nothing_to_cancel: Line
    unknown_command: Line
    not_text: Line
    nothing_heard: Line
    greetings: tuple[Phrase, ...]
    """What people say to be friendly, without asking anything."""
    greeted: Line


def home(scene: Scene) -> Turn:
    words = scene.words(MenuWords)
    return Turn(Screen(paragraphs(bold(words.title), lines(words.intro, _progress(scene))), _rows(scene)))


def _progress(scene: Scene) -> Rich | str:
    if not scene.on("steps"):
        return ""
    journey = Journey(scene)
    done, total = journey.done, len(journey.steps)
    return scene.words(MenuWords).progress.fill(done=done, total=total, bar=bar(scene, done, total))


def _rows(scene: Scene) -> tuple[Row, ...]:
    return (*resume_rows(scene), *in_rows((TapButton(title, Go(name)) for name, title in scene.menu), 2))


def saying(scene: Scene, line: Rich) -> Turn:
    """A kind line, and the menu below it."""
    return Turn(Screen(line, _rows(scene)))


def help_(scene: Scene) -> Turn:
    words = scene.words(MenuWords)
    commands = (words.help_command.fill(command=f"/{name}", what=what) for name, what in scene.commands)
    return saying(scene, words.help.fill(commands=more(lines(*commands))))


def cancel(scene: Scene) -> Turn:
    """Stop waiting for a typed answer."""
    words = scene.words(MenuWords)
    if not waits(scene.person):
        return saying(scene, words.nothing_to_cancel)
    return Turn(saying(scene, words.cancelled).screen, settled())


def unknown_command(scene: Scene) -> Turn:
    return saying(scene, scene.words(MenuWords).unknown_command)


def not_text(scene: Scene, first: tuple[Row, ...] = ()) -> Turn:
    """A kind line, and no more than the way on (``first``, else the next step) and the way to the menu."""
    rows = first or resume_rows(scene)
    return Turn(Screen(scene.words(MenuWords).not_text, (*rows, (menu_button(scene),))))


def nothing_heard(scene: Scene) -> Turn:
    return saying(scene, scene.words(MenuWords).nothing_heard)


def hears(scene: Scene, text: str) -> Turn | None:
    """A greeting or a thank you gets one back."""
    return saying(scene, scene.words(MenuWords).greeted) if greets(scene, text) else None


def greets(scene: Scene, text: str) -> bool:
    """Whether that is a greeting or a thank you, and nothing else."""
    return normalised(text[:100]) in map(normalised, scene.words(MenuWords).greetings)


AREA = Area(AreaSpec("menu", MenuWords, always=True), home=home, hears=hears)

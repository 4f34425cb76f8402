"""The first minute: who this is for, what the bot never does, and a few questions that may be skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.content.fields import Rich
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, italic, lines, paragraphs
from bot.guide.area import Area, Scene, on
from bot.guide.areas import menu
from bot.guide.areas.common import bar, bullets, menu_button, resume_row
from bot.guide.areas.welcome_questions import (
    STEPS,
    Answer,
    Ask,
    SkipRest,
    answer,
    ask,
    left_open,
    put_question,
    skip_rest,
    to_question,
    typed_answer,
    waiting_row,
)
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.journey import Journey
from bot.guide.languages import AskLanguage, did_something, own_name
from bot.guide.pending import waits
from bot.guide.person import Start
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.taps import Continue, Go, Tap

_NAMED = 2
"""How many other languages the welcome names: a button has no room for more."""


@dataclass(frozen=True, slots=True)
class Begin(Tap):
    """Begin as ``/start`` does."""

    tag: ClassVar[str] = "b"


def start(scene: Scene, source: str | None = None) -> Turn:
    """The welcome for a newcomer, or where a returning person stands. ``source`` is what brought them.

    Who answered some of the questions and then did something else is asked the others, unless they were skipped.
    """
    if not did_something(scene.person):
        return Turn(_newcomer(scene), (Start(source),))
    left = left_open(scene)
    if left and not _went_on(scene):
        turn = put_question(scene, left, STEPS, bold(_hello_again(scene)))
    else:
        turn = Turn(_returning(scene))
    return replace(turn, changes=(Start(source), *turn.changes))


def _went_on(scene: Scene) -> bool:
    """Whether any step is behind the person."""
    return scene.on("steps") and any(map(Journey(scene).state, Journey(scene).steps))


def _hello_again(scene: Scene) -> Rich:
    words = scene.words(WelcomeWords)
    return words.back.fill(name=scene.name) if scene.name else words.back_nameless


def begin(scene: Scene, _: Begin) -> Turn:
    return start(scene)


def _onward(scene: Scene) -> Tap:
    """Where the welcome leads."""
    return Continue() if scene.on("steps") else Go("menu")


def _newcomer(scene: Scene) -> Screen:
    words, file = scene.words(WelcomeWords), scene.pack[WelcomeFile]
    hello = words.hello.fill(name=scene.name) if scene.name else words.hello_nameless
    text = paragraphs(bold(hello), file.intro, lines(words.never, bullets(scene, file.never)))
    straight = TapButton(words.straight_to_steps, _onward(scene))
    if not file.questions:
        return Screen(text, ((TapButton(words.begin, _onward(scene), "primary"),), *_languages(scene)))
    begin = TapButton(words.begin, Ask(file.questions[0].id, STEPS), "primary")
    return Screen(
        paragraphs(text, italic(words.questions_intro)), ((begin,), (straight,), *_languages(scene))
    )


def _languages(scene: Scene) -> tuple[Row, ...]:
    others = [own_name(code) for code in scene.library.bot.languages if code != scene.pack.language]
    if not others:
        return ()
    named = " · ".join(others[:_NAMED] + (["…"] if len(others) > _NAMED else []))
    label = scene.words(WelcomeWords).languages.fill(languages=named)
    return ((TapButton(label, AskLanguage("start")),),)


def _returning(scene: Scene) -> Screen:
    words = scene.words(WelcomeWords)
    hello = bold(_hello_again(scene))
    if not scene.on("steps"):
        return Screen(hello, ((menu_button(scene),),))
    journey = Journey(scene)
    step = journey.current
    if step is None:
        line = words.skipped_some.fill(count=len(journey.skipped)) if journey.skipped else words.all_done
        see = TapButton(words.see_steps, Continue(), "primary")
        rows: tuple[Row, ...] = ((see,), (menu_button(scene),))
    else:
        number, total = journey.number(step), len(journey.steps)
        progress = bar(scene, journey.done, total)
        line = words.where_you_are.fill(number=number, total=total, title=step.title, bar=progress)
        rows = (resume_row(number, step.title, scene), (menu_button(scene),))
    left = left_open(scene)
    return Screen(
        paragraphs(hello, line), (*rows[:-1], *((to_question(scene, left),) if left else ()), rows[-1])
    )


def hears(scene: Scene, text: str) -> Turn | None:
    """An answer that was typed, where a question waits for one; a greeting from somebody who is new."""
    if turn := typed_answer(scene, text):
        return turn
    busy = waits(scene.person) or did_something(scene.person)
    new = scene.person.started_at is None and not busy
    return start(scene) if new and menu.greets(scene, text) else None


AREA = Area(
    AreaSpec("welcome", WelcomeWords, (WelcomeFile,), always=True),
    taps=(on(Ask, ask), on(Answer, answer), on(SkipRest, skip_rest), on(Begin, begin)),
    hears=hears,
    open_question=waiting_row,
)

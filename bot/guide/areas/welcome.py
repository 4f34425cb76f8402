"""The first minute: who this is for, what the bot never does, and a few questions that may be skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.kinds.welcome import Option, Question, WelcomeFile
from bot.content.library import AreaSpec, Words
from bot.content.markup import bold, italic, lines, paragraphs, rich
from bot.guide.area import Area, Scene, on
from bot.guide.areas import menu, steps
from bot.guide.areas.common import back_button, bar, bullets, menu_button, resume_row
from bot.guide.areas.welcome_typed import typed
from bot.guide.journey import Journey
from bot.guide.languages import AskLanguage, did_something, own_name
from bot.guide.pending import PENDING, asked, asking, settled, waits
from bot.guide.person import Change, Remember, Start
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Continue, Go, Tap

ANSWER = "answer"
"""Kind of the mark on a welcome question; its value is the option's id, or empty when skipped."""
TOPIC = "welcome"
"""Of the question that waits; its item is that of the question, a slash, and where its answer leads."""
_STEPS, _SETTINGS = "", "settings"
_NAMED = 2
"""How many other languages the welcome names: a button has no room for more."""


class WelcomeWords(Words):
    hello: Annotated[Template, Slots("name"), AtMost(100)]
    hello_nameless: Annotated[Rich, AtMost(100)]
    never: Annotated[Rich, AtMost(100)]
    questions_intro: Annotated[Rich, AtMost(200)]
    begin: Label
    straight_to_steps: Label
    question_number: Annotated[Template, Slots("number", "total"), AtMost(60)]
    languages: Annotated[LabelTemplate, Slots("languages"), AtMost(10)]
    """Leads newcomers to the other languages; only these are named, so that who reads no other finds it."""
    skip_question: Label
    skip_all: Label
    chosen: Annotated[Template, Slots("answer"), AtMost(40)]
    back: Annotated[Template, Slots("name"), AtMost(100)]
    back_nameless: Annotated[Rich, AtMost(100)]
    where_you_are: Annotated[Template, Slots("number", "total", "title", "bar"), AtMost(200)]
    all_done: Annotated[Rich, AtMost(200)]
    skipped_some: Annotated[Template, Slots("count"), AtMost(200)]
    see_steps: Label
    to_question: Annotated[LabelTemplate, Slots("number", "total"), AtMost(20)]
    """Leads back to a question that was left open."""
    change_answer: Annotated[LabelTemplate, Slots("question", "answer"), AtMost(8)]
    remove_answer: Label
    notice_answer: Annotated[Wording, AtMost(100)]
    notice_removed: Annotated[Wording, AtMost(100)]


@dataclass(frozen=True, slots=True)
class Ask(Tap):
    """Show a question; ``then`` is empty on the way to the steps, or ``settings``."""

    tag: ClassVar[str] = "wq"
    question: str
    then: str


@dataclass(frozen=True, slots=True)
class Answer(Tap):
    """Answer a question with an option, or (empty) skip it."""

    tag: ClassVar[str] = "wa"
    question: str
    option: str
    then: str


@dataclass(frozen=True, slots=True)
class SkipRest(Tap):
    """Skip all questions that are not answered, and go on."""

    tag: ClassVar[str] = "ws"


@dataclass(frozen=True, slots=True)
class Begin(Tap):
    """Begin as ``/start`` does."""

    tag: ClassVar[str] = "b"


def answered(scene: Scene, question: Question) -> Option | None:
    """The option this person chose."""
    return question.options.get(scene.person.marks.value(ANSWER, *question.ids) or "")


def chosen_task_types(scene: Scene) -> tuple[str, ...]:
    """The kinds of work that the person's answers point at."""
    options = (answered(scene, question) for question in scene.pack[WelcomeFile].questions)
    return tuple(id_ for option in options if option for id_ in option.task_types)


def start(scene: Scene, source: str | None = None) -> Turn:
    """The welcome for a newcomer, or where a returning person stands. ``source`` is what brought them.

    Who answered some of the questions and then did something else is asked the others, unless they were skipped.
    """
    if not did_something(scene.person):
        return Turn(_newcomer(scene), (Start(source),))
    left = _left_open(scene)
    if left and not _went_on(scene):
        turn = _asked(scene, left, _STEPS, bold(_hello_again(scene)))
    else:
        turn = Turn(_returning(scene))
    return replace(turn, changes=(Start(source), *turn.changes))


def _left_open(scene: Scene) -> Question | None:
    """The first question neither answered nor skipped, of somebody who answered or skipped any."""
    questions, marks = scene.pack[WelcomeFile].questions, scene.person.marks
    noted = [marks.get(ANSWER, *question.ids) is not None for question in questions]
    return next(
        (question for question, has in zip(questions, noted, strict=True) if not has and any(noted)), None
    )


def _went_on(scene: Scene) -> bool:
    """Whether any step is behind the person."""
    return scene.on("steps") and any(map(Journey(scene).state, Journey(scene).steps))


def _hello_again(scene: Scene) -> Rich:
    words = scene.words(WelcomeWords)
    return words.back.fill(name=scene.name) if scene.name else words.back_nameless


def _to_question(scene: Scene, question: Question) -> Row:
    questions = list(scene.pack[WelcomeFile].questions)
    label = scene.words(WelcomeWords).to_question.fill(
        number=questions.index(question) + 1, total=len(questions)
    )
    return (TapButton(label, Ask(question.id, _STEPS)),)


def waiting_row(scene: Scene) -> tuple[Row, ...]:
    """A button back to the question of the welcome that waits for an answer, if one does."""
    question, then = _waiting(scene)
    return (_to_question(scene, question),) if question and then == _STEPS else ()


def _waiting(scene: Scene) -> tuple[Question | None, str]:
    id_, _, then = (asked(scene.person, TOPIC, scene.now) or "").partition("/")
    return scene.pack[WelcomeFile].questions.get(id_), then


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
    begin = TapButton(words.begin, Ask(file.questions[0].id, _STEPS), "primary")
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
    left = _left_open(scene)
    return Screen(
        paragraphs(hello, line), (*rows[:-1], *((_to_question(scene, left),) if left else ()), rows[-1])
    )


def ask(scene: Scene, tap: Ask) -> Turn | None:
    question = scene.pack[WelcomeFile].questions.get(tap.question)
    return _asked(scene, question, tap.then) if question else None


def _asked(scene: Scene, question: Question, then: str, reply: Rich | None = None) -> Turn:
    """The question; its answer may be tapped or typed."""
    return Turn(_question(scene, question, then, reply), asking(TOPIC, f"{question.id}/{then}"))


def skip_rest(scene: Scene, _: SkipRest) -> Turn:
    questions, marks = scene.pack[WelcomeFile].questions, scene.person.marks
    changes = tuple(
        Remember(ANSWER, each.id, "") for each in questions if marks.get(ANSWER, *each.ids) is None
    )
    return _gone_on(scene.after(*changes), changes)


def _gone_on(scene: Scene, changes: tuple[Change, ...], reply: Rich | None = None) -> Turn:
    """Where the welcome leads, with a word on the answer above."""
    turn = steps.resume(scene) if scene.on("steps") else menu.home(scene)
    screen = turn.screen
    assert screen is not None
    if reply:
        screen = Screen(paragraphs(italic(reply), screen.text), screen.rows)
    return Turn(screen, changes)


def _question(scene: Scene, question: Question, then: str, reply: Rich | None = None) -> Screen:
    words, questions = scene.words(WelcomeWords), list(scene.pack[WelcomeFile].questions)
    chosen = answered(scene, question)
    number = words.question_number.fill(number=questions.index(question) + 1, total=len(questions))
    mark = words.chosen.fill(answer=chosen.label) if chosen else rich()
    text = paragraphs(reply or "", lines(italic(number), bold(question.question)), mark)
    rows: list[Row] = [
        (TapButton(option.label, Answer(question.id, option.id, then)),) for option in question.options
    ]
    unanswer = Answer(question.id, "", then)
    if then == _STEPS:
        rows.append((TapButton(words.skip_question, unanswer),))
        rows.append((TapButton(words.skip_all, SkipRest()),))
        return Screen(text, tuple(rows))
    if chosen:
        rows.append((TapButton(words.remove_answer, unanswer),))
    if title := dict(scene.menu).get(_SETTINGS):
        rows.append((back_button(scene, title, Go(_SETTINGS)), menu_button(scene)))
    return Screen(text, tuple(rows))


def answer(scene: Scene, tap: Answer) -> Turn | None:
    """Keep the answer; then the next question, or step 1, or back to the settings."""
    questions = list(scene.pack[WelcomeFile].questions)
    question = scene.pack[WelcomeFile].questions.get(tap.question)
    option = question.options.get(tap.option) if question else None
    if question is None or (tap.option and option is None):
        return None
    changes = (Remember(ANSWER, question.id, option.id if option else ""),)
    after = scene.after(*changes)
    reply = option.reply if option else None
    if tap.then == _SETTINGS:
        words = scene.words(WelcomeWords)
        notice = words.notice_answer if option else words.notice_removed
        turn = _asked(after, question, tap.then, reply)
        return Turn(turn.screen, (*changes, *turn.changes), notice)
    rest = questions[questions.index(question) + 1 :]
    if rest:
        turn = _asked(after, rest[0], tap.then, reply)
        return Turn(turn.screen, (*changes, *turn.changes))
    return _gone_on(after, changes, reply)


def hears(scene: Scene, text: str) -> Turn | None:
    """An answer that was typed, where a question waits for one; a greeting from somebody who is new."""
    question, then = _waiting(scene)
    option = typed(scene, question, text) if question else None
    if question and option:
        turn = answer(scene, Answer(question.id, option.id, then))
        asks = turn and any(
            isinstance(change, Remember) and change.kind == PENDING for change in turn.changes
        )
        return turn if turn is None or asks else replace(turn, changes=(*turn.changes, *settled()))
    busy = waits(scene.person) or did_something(scene.person)
    new = scene.person.started_at is None and not busy
    return start(scene) if new and menu.greets(scene, text) else None


def change_rows(scene: Scene) -> tuple[Row, ...]:
    """Buttons with which the settings let a person answer again."""
    words, buttons = scene.words(WelcomeWords), []
    for question in scene.pack[WelcomeFile].questions:
        option = answered(scene, question)
        label = (
            words.change_answer.fill(question=question.short, answer=option.label)
            if option
            else question.short
        )
        buttons.append(TapButton(label, Ask(question.id, _SETTINGS)))
    return in_rows(buttons, 1)


AREA = Area(
    AreaSpec("welcome", WelcomeWords, (WelcomeFile,), always=True),
    taps=(on(Ask, ask), on(Answer, answer), on(SkipRest, skip_rest), on(Begin, begin)),
    hears=hears,
)

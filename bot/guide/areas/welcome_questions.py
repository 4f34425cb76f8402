"""The questions of the welcome: asked one after the other, or changed from the settings, tapped or typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.content.kinds.welcome import Option, Question, WelcomeFile
from bot.content.markup import Rich, bold, italic, lines, paragraphs, rich
from bot.guide import pending
from bot.guide.area import Scene
from bot.guide.areas import menu, steps
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.welcome_typed import typed
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.pending import asked, asking
from bot.guide.person import Change, Remember
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Go, Tap

ANSWER = "answer"
"""Kind of the mark on a welcome question; its value is the option's id, or empty when skipped."""
TOPIC = "welcome"
"""Of the question that waits; its item is that of the question, a slash, and where its answer leads."""
STEPS, SETTINGS = "", "settings"


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


def answered(scene: Scene, question: Question) -> Option | None:
    """The option this person chose."""
    return question.options.get(scene.person.marks.value(ANSWER, *question.ids) or "")


def chosen_task_types(scene: Scene) -> tuple[str, ...]:
    """The kinds of work that the person's answers point at."""
    options = (answered(scene, question) for question in scene.pack[WelcomeFile].questions)
    return tuple(id_ for option in options if option for id_ in option.task_types)


def left_open(scene: Scene) -> Question | None:
    """The first question neither answered nor skipped, of somebody who answered or skipped any."""
    questions, marks = scene.pack[WelcomeFile].questions, scene.person.marks
    noted = [marks.get(ANSWER, *question.ids) is not None for question in questions]
    return next(
        (question for question, has in zip(questions, noted, strict=True) if not has and any(noted)), None
    )


def to_question(scene: Scene, question: Question) -> Row:
    questions = list(scene.pack[WelcomeFile].questions)
    label = scene.words(WelcomeWords).to_question.fill(
        number=questions.index(question) + 1, total=len(questions)
    )
    return (TapButton(label, Ask(question.id, STEPS)),)


def waiting_row(scene: Scene) -> tuple[Row, ...]:
    """A button back to the question of the welcome that waits for an answer, if one does."""
    question, then = _waiting(scene)
    return (to_question(scene, question),) if question and then == STEPS else ()


def _waiting(scene: Scene) -> tuple[Question | None, str]:
    id_, _, then = (asked(scene.person, TOPIC, scene.now) or "").partition("/")
    return scene.pack[WelcomeFile].questions.get(id_), then


def ask(scene: Scene, tap: Ask) -> Turn | None:
    question = scene.pack[WelcomeFile].questions.get(tap.question)
    return put_question(scene, question, tap.then) if question else None


def put_question(scene: Scene, question: Question, then: str, reply: Rich | None = None) -> Turn:
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
    if then == STEPS:
        rows.append((TapButton(words.skip_question, unanswer),))
        rows.append((TapButton(words.skip_all, SkipRest()),))
        return Screen(text, tuple(rows))
    if chosen:
        rows.append((TapButton(words.remove_answer, unanswer),))
    if title := dict(scene.menu).get(SETTINGS):
        rows.append((back_button(scene, title, Go(SETTINGS)), menu_button(scene)))
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
    if tap.then == SETTINGS:
        words = scene.words(WelcomeWords)
        notice = words.notice_answer if option else words.notice_removed
        turn = put_question(after, question, tap.then, reply)
        return Turn(turn.screen, (*changes, *turn.changes), notice)
    rest = questions[questions.index(question) + 1 :]
    if rest:
        turn = put_question(after, rest[0], tap.then, reply)
        return Turn(turn.screen, (*changes, *turn.changes))
    return _gone_on(after, changes, reply)


def typed_answer(scene: Scene, text: str) -> Turn | None:
    """What a typed answer leads to, where a question waits for one."""
    question, then = _waiting(scene)
    option = typed(scene, question, text) if question else None
    if question and option:
        turn = answer(scene, Answer(question.id, option.id, then))
        return pending.answered(turn) if turn else None
    return None


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
        buttons.append(TapButton(label, Ask(question.id, SETTINGS)))
    return in_rows(buttons, 1)

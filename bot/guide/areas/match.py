"""Where to sign up: a few questions, each of which may be skipped, and the entries that fit the answers best."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.content.kinds.matching import MatchingFile, Question
from bot.content.kinds.platforms import PlatformsFile
from bot.content.library import AreaSpec
from bot.content.markup import Rich, bold, lines, paragraphs, rich
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.match_answers import answering, begun, given, unanswered
from bot.guide.areas.match_questions import TOPIC, Choose, Skip, following, put_question, questions
from bot.guide.areas.match_result import (
    AskAgain,
    ShowAnswers,
    ShowOthers,
    ShowResult,
    SignUp,
    first_stage,
    others,
    ranking,
    result,
    what_moved,
)
from bot.guide.areas.match_typed import typed
from bot.guide.areas.match_words import MatchWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.typed_answers import may_answer
from bot.guide.matching_table import Choice, choices
from bot.guide.pending import answered, asked
from bot.guide.person import Change, Forget, Remember
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows


def home(scene: Scene) -> Turn:
    """What this is, for whoever has not begun; else the result."""
    return Turn(result(scene) if begun(scene) else _intro(scene))


def _intro(scene: Scene) -> Screen:
    words = scene.words(MatchWords)
    known = [choice.label for question in questions(scene) for choice in given(scene, question)]
    text = paragraphs(
        bold(words.title), words.intro, words.already_known.fill(answers=", ".join(known)) if known else ""
    )
    first = next((each for each in questions(scene) if unanswered(scene, each)), None)
    rows: list[Row] = []
    if first:
        rows.append((TapButton(words.begin, AskAgain(first.id, alone=False), "primary"),))
    else:
        rows.append((TapButton(words.change, ShowAnswers()),))
    rows.append((TapButton(words.see_result, ShowResult()),))
    return Screen(text, (*rows, (menu_button(scene),)))


def ask(scene: Scene, tap: AskAgain) -> Turn | None:
    question = scene.pack[MatchingFile].questions.get(tap.question)
    return put_question(scene, question, alone=tap.alone) if question else None


def choose(scene: Scene, tap: Choose) -> Turn | None:
    """Keep the answer. A single one leads on; where several may be given, the question stays."""
    question = scene.pack[MatchingFile].questions.get(tap.question)
    options = choices(scene.pack, question) if question else ()
    option = next((choice for choice in options if tap.option in choice.ids), None)
    if question is None or option is None:
        return None
    kept = given(scene, question) if question.several else ()
    wanted = {*kept, option} if tap.chosen else {*given(scene, question)} - {option}
    return _answered(scene, question, wanted, alone=tap.alone, leads_on=tap.chosen and not question.several)


def _answered(
    scene: Scene,
    question: Question,
    wanted: Collection[Choice],
    *,
    alone: bool,
    leads_on: bool,
    first: Rich | None = None,
) -> Turn:
    """The answer kept, and what it leads to; ``first`` is said above that."""
    options = choices(scene.pack, question)
    changes = answering(scene, question, (choice.id for choice in options if choice in wanted))
    after = scene.after(*changes)
    if alone:
        news = what_moved(scene, ranking(scene), ranking(after))
        if leads_on:
            turn = Turn(result(after, lines(first or rich(), news)))
        else:
            turn = put_question(after, question, alone=True, first=first, news=news)
    elif leads_on:
        turn = following(after, question, first)
    else:
        turn = put_question(after, question, alone=False, first=first)
    return replace(turn, changes=(*changes, *turn.changes))


def skip(scene: Scene, tap: Skip) -> Turn | None:
    question = scene.pack[MatchingFile].questions.get(tap.question)
    if question is None:
        return None
    changes = () if given(scene, question) else answering(scene, question, ())
    turn = following(scene.after(*changes), question)
    return replace(turn, changes=(*changes, *turn.changes))


def hears(scene: Scene, text: str) -> Turn | None:
    """An answer that was typed, where one was asked for; what says anything else is left to others."""
    id_, _, alone = (asked(scene.person, TOPIC, scene.now) or "").partition("/")
    question = scene.pack[MatchingFile].questions.get(id_)
    if question is None or not may_answer(text):
        return None
    words, found = scene.words(MatchWords), typed(scene, question, text)
    if found is None:
        return put_question(scene, question, alone=alone == "1", first=words.which_of_these)
    if not found:
        return None
    wanted = {*(given(scene, question) if question.several else ()), *found}
    first = words.understood.fill(answer=", ".join(choice.label for choice in found))
    return answered(
        _answered(scene, question, wanted, alone=alone == "1", leads_on=not question.several, first=first)
    )


def show_result(scene: Scene, _: ShowResult) -> Turn:
    return Turn(result(scene))


def show_others(scene: Scene, tap: ShowOthers) -> Turn:
    return Turn(others(scene, tap.page))


def show_answers(scene: Scene, _: ShowAnswers) -> Turn:
    """All questions with their answers; each leads to its question."""
    words = scene.words(MatchWords)
    buttons: list[Button] = []
    for question in questions(scene):
        answer = ", ".join(choice.label for choice in given(scene, question)) or words.unanswered
        label = words.change_entry.fill(question=question.short, answer=answer)
        buttons.append(TapButton(_cut(label), AskAgain(question.id, alone=True)))
    up = (back_button(scene, words.title, ShowResult()), menu_button(scene))
    return Turn(Screen(paragraphs(bold(words.change), words.change_intro), (*in_rows(buttons, 1), up)))


def _cut(label: str, most: int = 60) -> str:
    """A label that a phone can show, however many answers were given."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip(' ,')}…"


def sign_up(scene: Scene, tap: SignUp) -> Turn | None:
    """Track the entry from its first stage on; whoever is further stays where they are."""
    platform = scene.pack[PlatformsFile].platforms.get(tap.platform)
    if platform is None or not (platform.recommended and platform.paid):
        return None
    stage = first_stage(scene, platform)
    if stage is None:
        return Turn(result(scene))
    changes: tuple[Change, ...] = (
        Remember(TRACK, platform.id, stage.id),
        *(Forget(TRACK, old) for old in platform.renamed_from),
    )
    notice = scene.words(MatchWords).notice_signed_up.fill(name=platform.name, stage=stage.title)
    return Turn(result(scene.after(*changes)), changes, notice)


AREA = Area(
    AreaSpec("match", MatchWords, (MatchingFile, PlatformsFile)),
    home=home,
    taps=(
        on(AskAgain, ask),
        on(Choose, choose),
        on(Skip, skip),
        on(ShowResult, show_result),
        on(ShowAnswers, show_answers),
        on(ShowOthers, show_others),
        on(SignUp, sign_up),
    ),
    hears=hears,
)

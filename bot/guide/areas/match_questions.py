"""The questions of the matching: one shown, what it leads to, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.content.kinds.matching import MatchingFile, Question
from bot.content.markup import Rich, bold, italic, lines, paragraphs, rich
from bot.guide.area import Scene
from bot.guide.areas.common import back_button, menu_button
from bot.guide.areas.match_answers import given, to_ask
from bot.guide.areas.match_result import AskAgain, ShowAnswers, ShowResult, now_on_top, ranking, result
from bot.guide.areas.match_words import MatchWords
from bot.guide.matching_table import Choice, choices
from bot.guide.pending import asking
from bot.guide.screen import Button, Row, Screen, TapButton, Turn
from bot.guide.taps import Tap

TOPIC = "match"
"""Of the question that waits; its item is that of the question, a slash, and 1 if it is asked alone."""


@dataclass(frozen=True, slots=True)
class Choose(Tap):
    """Make an option chosen or not; ``alone`` as in :class:`AskAgain`."""

    tag: ClassVar[str] = "mc"
    question: str
    option: str
    chosen: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Skip(Tap):
    """Leave a question unanswered and go on; an answer that was given stays."""

    tag: ClassVar[str] = "mk"
    question: str


def questions(scene: Scene) -> tuple[Question, ...]:
    return tuple(scene.pack[MatchingFile].questions)


def put_question(
    scene: Scene, question: Question, *, alone: bool, first: Rich | None = None, news: Rich | None = None
) -> Turn:
    """The question; its answer may be tapped or typed."""
    screen = _question(scene, question, alone=alone, first=first, news=news)
    return Turn(screen, asking(TOPIC, f"{question.id}/{int(alone)}"))


def _question(
    scene: Scene, question: Question, *, alone: bool, first: Rich | None = None, news: Rich | None = None
) -> Screen:
    """A question with its options; when asked ``alone``, with what its answer leads to."""
    words = scene.words(MatchWords)
    chosen = given(scene, question)
    text = paragraphs(
        first or rich(),
        lines("" if alone else italic(_number(scene, question)), bold(question.question)),
        words.several if question.several else "",
        lines(news or rich(), now_on_top(scene, ranking(scene))) if alone else "",
    )
    rows: list[Row] = [
        (_option(scene, question, choice, chosen=choice in chosen, alone=alone),)
        for choice in choices(scene.pack, question)
    ]
    if alone:
        up = back_button(scene, words.change, ShowAnswers())
        return Screen(
            text, (*rows, (TapButton(words.see_result, ShowResult(), "primary"),), (up, menu_button(scene)))
        )
    return Screen(text, (*rows, *_onward(scene, question, answered=bool(chosen))))


def _round(scene: Scene, question: Question) -> tuple[list[Question], int]:
    """The questions that are asked one after the other, and where in them this one stands.

    What was known from elsewhere in the chat is not asked; what was answered here stays in its place.
    """
    every = [each for each in questions(scene) if each == question or to_ask(scene, each)]
    return every, every.index(question)


def _number(scene: Scene, question: Question) -> Rich:
    """Which question of how many."""
    every, at = _round(scene, question)
    return scene.words(MatchWords).question_number.fill(number=at + 1, total=len(every))


def _option(scene: Scene, question: Question, choice: Choice, *, chosen: bool, alone: bool) -> Button:
    words = scene.words(MatchWords)
    label = (words.option_chosen if chosen else words.option).fill(answer=choice.label)
    return TapButton(label, Choose(question.id, choice.id, not chosen, alone))


def _onward(scene: Scene, question: Question, *, answered: bool) -> tuple[Row, ...]:
    words, (every, at) = scene.words(MatchWords), _round(scene, question)
    back = (TapButton(words.back, AskAgain(every[at - 1].id, alone=False)),) if at else (menu_button(scene),)
    go_on: Button = TapButton(words.skip, Skip(question.id))
    if answered:
        following: Tap = AskAgain(every[at + 1].id, alone=False) if at + 1 < len(every) else ShowResult()
        go_on = TapButton(words.next, following, "primary")
    return ((*back, go_on), (TapButton(words.see_result, ShowResult()),))


def following(scene: Scene, question: Question, first: Rich | None = None) -> Turn:
    """What comes after a question: the next one, or the result."""
    every, at = _round(scene, question)
    if at + 1 < len(every):
        return put_question(scene, every[at + 1], alone=False, first=first)
    return Turn(result(scene, first))

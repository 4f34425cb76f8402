"""Noting a number at a step: by button, by typing it, and what is said to it."""

from __future__ import annotations

import pytest

from bot.content.kinds.steps import Figure, Step, StepsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.figure import FIGURE, FigureWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.progress import ProgressWords
from bot.guide.pending import PENDING
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> FigureWords:
    return chats.words(FigureWords)


@pytest.fixture
def step(chats: Chats) -> Step:
    return next(step for step in chats.pack[StepsFile].steps if step.figure)


@pytest.fixture
def figure(step: Step) -> Figure:
    assert step.figure is not None
    return step.figure


@pytest.fixture
def asked(ana: Chatter, step: Step, figure: Figure) -> Chatter:
    """Ana, just asked for her number."""
    open_step(ana, list(ana.chats.pack[StepsFile].steps).index(step))
    ana.taps(figure.button)
    ana.sees(figure.ask, ana.chats.words(FigureWords).type_it)
    return ana


@pytest.mark.parametrize("which", ["below", "near", "reached"])
def test_each_range_has_its_honest_answer(
    asked: Chatter, figure: Figure, words: FigureWords, which: str
) -> None:
    low, high = figure.goal
    number = {"below": low - 1, "near": high, "reached": high + 1}[which]
    asked.says(str(number))
    asked.sees(words.noted.fill(title=figure.title, value=f"{number}{figure.unit}"), getattr(figure, which))


def test_the_goal_itself_is_no_longer_below_it(asked: Chatter, figure: Figure) -> None:
    asked.says(str(figure.goal[0]))
    asked.sees(figure.near)


def test_a_number_is_noted_by_button_and_shown_at_the_step_and_in_progress(
    asked: Chatter, step: Step, figure: Figure, words: FigureWords
) -> None:
    value = f"{figure.examples[0]}{figure.unit}"
    asked.taps(words.choice.fill(value=value))
    asked.taps(step.title)
    noted = words.noted.fill(title=figure.title, value=value)
    asked.sees(noted)
    asked.says("/progress")
    asked.sees(asked.chats.words(ProgressWords).title, noted)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("92", "92"),
        ("92,5 %", "92.5"),
        ("92.5%", "92.5"),
        ("about 92 percent", "92"),
        ("٩٢", "92"),
        ("९२", "92"),
        ("  92\n", "92"),
        ("92?", "92"),
        ("is it 92?", "92"),
    ],
)
def test_a_number_is_understood_as_people_type_it(asked: Chatter, typed: str, kept: str) -> None:
    figure = asked.chats.pack[StepsFile].steps
    asked.says(typed)
    item = next(step.figure.id for step in figure if step.figure)
    assert asked.value(FIGURE, item) == kept
    assert asked.value(PENDING, "text") is None


@pytest.mark.parametrize("beyond", [-3, 5])
def test_a_number_out_of_range_is_asked_for_again(
    asked: Chatter, figure: Figure, words: FigureWords, beyond: int
) -> None:
    number = figure.most + beyond if beyond > 0 else min(figure.least, 0) + beyond
    asked.says(str(number))
    asked.sees(words.out_of_range.fill(least=figure.least, most=f"{figure.most}{figure.unit}"))
    assert asked.value(FIGURE, figure.id) is None
    asked.says(str(figure.goal[0]))
    asked.sees(figure.near)


def test_two_numbers_are_asked_for_again(asked: Chatter, figure: Figure, words: FigureWords) -> None:
    asked.says("9 of 10")
    asked.sees(words.no_number.fill(least=figure.least, most=f"{figure.most}{figure.unit}"))
    asked.says(str(figure.goal[0]))
    asked.sees(figure.near)


@pytest.mark.parametrize(
    "typed", ["abc", "no idea", "A1", "i have 2 accounts", "how do i withdraw 50 dollars"]
)
def test_what_is_no_number_is_heard_as_usual_and_the_number_may_still_follow(
    asked: Chatter, figure: Figure, typed: str
) -> None:
    asked.says(typed)
    assert asked.turn.area == "faq"
    assert asked.value(FIGURE, figure.id) is None
    asked.says(str(figure.goal[0]))
    asked.sees(figure.near)


def test_after_an_hour_a_number_is_no_answer_any_more(asked: Chatter, figure: Figure) -> None:
    asked.chats.later(minutes=61)
    asked.says("92")
    assert asked.value(FIGURE, figure.id) is None


def test_noting_the_number_ticks_its_task(ana: Chatter, chats: Chats) -> None:
    for step in chats.pack[StepsFile].steps:
        if step.figure and step.figure.task:
            ana.presses(f"fn:{step.id}:{step.figure.examples[0]}")
            assert ana.value("task", f"{step.id}/{step.figure.task}")


@pytest.mark.parametrize(
    "question",
    [
        "please tell me what all of this is good for in the end",
        "what happens to me if I have worked for 40 hours and nobody answers",
        "can I do it in 3 days?",
        "هل يمكنني البدء اليوم بدون خبرة؟",
    ],
)
def test_a_question_instead_is_answered_as_a_question(
    asked: Chatter, figure: Figure, words: FigureWords, question: str
) -> None:
    asked.says(question)
    assert asked.turn.area == "faq"
    assert asked.value(FIGURE, figure.id) is None


def test_cancel_stops_the_waiting(asked: Chatter, figure: Figure) -> None:
    asked.says("/cancel")
    asked.sees(asked.chats.words(MenuWords).cancelled)
    asked.says("92")
    assert asked.value(FIGURE, figure.id) is None


def test_doing_something_else_stops_the_waiting(asked: Chatter, figure: Figure) -> None:
    asked.says("/menu")
    asked.says("92")
    assert asked.value(FIGURE, figure.id) is None


def test_the_way_back_stops_the_waiting(asked: Chatter, step: Step, figure: Figure) -> None:
    asked.taps(asked.chats.words(CommonWords).all_back.fill(title=step.title))
    asked.sees(step.why)
    asked.says("92")
    assert asked.value(FIGURE, figure.id) is None


def test_the_waiting_is_kept_over_a_restart(asked: Chatter, figure: Figure) -> None:
    asked.chats.restart_with(asked.chats.guide.library)
    asked.says("92")
    assert asked.value(FIGURE, figure.id) == "92"


def test_a_number_can_be_deleted_again(
    asked: Chatter, step: Step, figure: Figure, words: FigureWords
) -> None:
    asked.sees_no_button(words.forget)
    asked.says("92")
    asked.taps(step.title)
    asked.taps(figure.button)
    asked.taps(words.forget)
    asked.sees(figure.ask)
    asked.sees_no_button(words.forget)
    assert asked.value(FIGURE, figure.id) is None
    asked.says("93")
    assert asked.value(FIGURE, figure.id) == "93"


def test_a_forged_number_is_refused_like_a_typed_one(
    ana: Chatter, step: Step, figure: Figure, words: FigureWords
) -> None:
    ana.presses(f"fn:{step.id}:999999")
    ana.sees(words.out_of_range.fill(least=figure.least, most=f"{figure.most}{figure.unit}"))
    assert ana.value(FIGURE, figure.id) is None


@pytest.mark.parametrize("tag", ["fa", "ff"])
def test_a_step_without_a_number_takes_none(ana: Chatter, tag: str) -> None:
    without = next(step for step in ana.chats.pack[StepsFile].steps if not step.figure)
    for data in (f"{tag}:{without.id}", f"fn:{without.id}:5"):
        ana.presses(data)
        ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []

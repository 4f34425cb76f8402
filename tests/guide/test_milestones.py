"""A warm line at each milestone, once."""

from __future__ import annotations

import pytest

from bot.content.kinds.steps import StepsFile
from bot.content.kinds.tips import TipsFile
from bot.guide.areas.encouragement import EncouragementWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tip_card import TipNow, Vote
from bot.guide.taps import encode
from tests.guide.steps_walk import open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> EncouragementWords:
    return chats.words(EncouragementWords)


def mark_done(ana: Chatter, at: int) -> None:
    open_step(ana, at)
    ana.taps(ana.chats.words(StepsWords).mark_done)


def test_the_first_half_and_last_step_are_celebrated_where_they_are_done(
    ana: Chatter, words: EncouragementWords
) -> None:
    total = len(ana.chats.pack[StepsFile].steps)
    told = list[str]()
    for at in range(total):
        mark_done(ana, at)
        told.append(
            next(
                (
                    name
                    for name in ("first_step", "half_way", "all_steps")
                    if getattr(words, name).plain in ana.text
                ),
                "",
            )
        )
    expected = [""] * total
    expected[0], expected[-(-total // 2) - 1], expected[-1] = "first_step", "half_way", "all_steps"
    assert told == expected


def test_undoing_and_doing_again_is_not_celebrated_twice(ana: Chatter, words: EncouragementWords) -> None:
    mark_done(ana, 0)
    ana.sees(words.first_step)
    ana.taps(ana.chats.words(StepsWords).undo)
    ana.sees_not(words.first_step)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    ana.sees_not(words.first_step)


def test_seven_and_thirty_days_running_are_celebrated(ana: Chatter, words: EncouragementWords) -> None:
    tips = ana.chats.pack[TipsFile].tips
    told = list[int]()
    for day in range(1, 32):
        vote = "up" if day % 2 else "down"
        ana.presses(encode(Vote(tips[0].id, vote)))
        if words.week.plain in ana.text or words.month.plain in ana.text:
            told.append(day)
        ana.chats.later(days=1)
    assert told == [7, 30]


def test_whoever_starts_over_is_celebrated_anew(ana: Chatter, words: EncouragementWords) -> None:
    mark_done(ana, 0)
    ana.says("/deleteme")
    ana.taps(ana.labels[-1])
    mark_done(ana, 0)
    ana.sees(words.first_step)


def test_what_is_only_looked_at_is_not_celebrated(ana: Chatter, words: EncouragementWords) -> None:
    ana.presses(encode(TipNow()))
    ana.sees_not(words.first_step, words.week)

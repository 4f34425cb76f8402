"""Walking the steps: ticking, finishing, undoing, skipping, and the end."""

from __future__ import annotations

import pytest

from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import Step, StepsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tally import TRACK
from bot.guide.journey import STEP, TASK
from bot.guide.person import Remember
from tests.guide.steps_walk import finish, label_of, open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> StepsWords:
    return chats.words(StepsWords)


@pytest.fixture
def steps(chats: Chats) -> tuple[Step, ...]:
    return tuple(chats.pack[StepsFile].steps)


def entry(ana: Chatter, label: str, at: int, steps: tuple[Step, ...]) -> str:
    template = getattr(ana.chats.words(StepsWords), label)
    text: str = template.fill(number=at + 1, title=steps[at].title)
    return text


def test_the_list_shows_what_is_done_skipped_next_and_open(ana: Chatter, steps: tuple[Step, ...]) -> None:
    ana.says("/steps")
    assert ana.labels[: len(steps)] == [
        entry(ana, "current_entry", 0, steps),
        *(entry(ana, "open_entry", at, steps) for at in range(1, len(steps))),
    ]
    open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    open_step(ana, 1)
    ana.taps(ana.chats.words(StepsWords).skip)
    ana.says("/steps")
    assert ana.labels[:3] == [
        entry(ana, "done_entry", 0, steps),
        entry(ana, "skipped_entry", 1, steps),
        entry(ana, "current_entry", 2, steps),
    ]
    ana.sees(ana.chats.words(CommonWords).bar_full)


def test_a_step_shows_why_and_what_to_do(ana: Chatter, words: StepsWords) -> None:
    for at in range(len(ana.chats.pack[StepsFile].steps)):
        step = open_step(ana, at)
        ana.sees(step.title, step.why, words.what_to_do, *step.do, step.mistake)
        for task in range(len(step.tasks)):
            ana.sees_button(label_of(ana, step, task, ticked=False))


def test_a_task_is_ticked_and_unticked(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    ana.taps(label_of(ana, step, 0, ticked=False))
    ana.is_told(words.notice_ticked)
    ana.taps(label_of(ana, step, 0, ticked=True))
    ana.is_told(words.notice_unticked)
    ana.sees_button(label_of(ana, step, 0, ticked=False))
    assert ana.deeds == []


def test_the_same_tick_twice_or_late_changes_nothing_more(ana: Chatter) -> None:
    step = open_step(ana, 0)
    old = ana.screen
    ana.taps(label_of(ana, step, 0, ticked=False))
    once, screen = ana.person.marks, ana.screen
    ana.chats.later(minutes=30)
    ana.taps_old(old, label_of(ana, step, 0, ticked=False))
    assert ana.person.marks == once
    assert ana.screen == screen


def test_the_last_tick_makes_the_step_done_and_says_so(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    for task in range(len(step.tasks)):
        assert ana.value(STEP, step.id) is None
        ana.taps(label_of(ana, step, task, ticked=False))
    ana.is_told(words.notice_all_ticked.fill(number=1, title=step.title))
    ana.sees(words.done_line.fill(text=step.done))
    ana.sees_no_button(words.mark_done)
    assert ana.value(STEP, step.id) == "done"


def test_a_tick_taken_from_a_done_step_opens_it_again(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    for task in range(len(step.tasks)):
        ana.taps(label_of(ana, step, task, ticked=False))
    ana.taps(label_of(ana, step, 0, ticked=True))
    ana.is_told(words.notice_reopened.fill(number=1, title=step.title))
    ana.sees(step.why)
    ana.sees_button(words.mark_done)


def test_a_late_untick_of_what_never_was_ticked_leaves_a_done_step_done(
    ana: Chatter, words: StepsWords
) -> None:
    step = open_step(ana, 0)
    ana.taps(words.mark_done)
    ana.presses(f"st:{step.id}:{step.tasks[0].id}:0")
    assert ana.value(STEP, step.id) == "done"


def test_a_late_tick_does_not_close_a_step_that_was_opened_again(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    old = ana.screen
    for task in range(len(step.tasks)):
        ana.taps(label_of(ana, step, task, ticked=False))
    ana.taps(words.undo)
    ana.taps_old(old, label_of(ana, step, 0, ticked=False))
    assert ana.value(STEP, step.id) is None


def test_a_step_is_marked_done_and_leads_on(ana: Chatter, words: StepsWords, steps: tuple[Step, ...]) -> None:
    step = open_step(ana, 0)
    ana.taps(words.mark_done)
    ana.is_told(words.notice_done.fill(number=1, title=step.title))
    ana.sees(step.done)
    ana.taps(ana.chats.words(CommonWords).resume.fill(number=2, title=steps[1].title))
    ana.sees(steps[1].why)


def test_done_is_undone(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    ana.taps(words.mark_done)
    ana.taps(words.undo)
    ana.is_told(words.notice_undone.fill(number=1, title=step.title))
    ana.sees_button(words.mark_done)
    assert ana.value(STEP, step.id) is None


def test_a_skip_goes_on_and_can_be_taken_back(
    ana: Chatter, words: StepsWords, steps: tuple[Step, ...]
) -> None:
    step = open_step(ana, 0)
    ana.taps(words.skip)
    ana.is_told(words.notice_skipped.fill(number=1, title=step.title))
    ana.sees(steps[1].why)
    ana.says("/steps")
    ana.taps(entry(ana, "skipped_entry", 0, steps))
    ana.taps(words.undo)
    ana.says("/next")
    ana.sees(step.why)


def test_a_skipped_step_can_be_done(ana: Chatter, words: StepsWords, steps: tuple[Step, ...]) -> None:
    open_step(ana, 0)
    ana.taps(words.skip)
    open_step(ana, 0)
    ana.taps(words.mark_done)
    ana.says("/steps")
    ana.sees_button(entry(ana, "done_entry", 0, steps))


def test_an_old_skip_leaves_a_done_step_done(ana: Chatter, words: StepsWords) -> None:
    step = open_step(ana, 0)
    old = ana.screen
    ana.taps(words.mark_done)
    ana.taps_old(old, words.skip)
    assert ana.value(STEP, step.id) == "done"
    ana.sees(step.done)


def test_next_is_the_first_open_step(ana: Chatter, words: StepsWords, steps: tuple[Step, ...]) -> None:
    open_step(ana, 1)
    ana.taps(words.mark_done)
    ana.says("/next")
    ana.sees(steps[0].why)
    ana.taps(words.mark_done)
    ana.says("/next")
    ana.sees(steps[2].why)


def test_after_the_last_step_an_earlier_open_one_follows(
    ana: Chatter, words: StepsWords, steps: tuple[Step, ...]
) -> None:
    open_step(ana, len(steps) - 1)
    ana.taps(words.skip)
    ana.sees(steps[0].why)


def test_the_end_says_what_was_achieved_and_what_comes_next(
    ana: Chatter, words: StepsWords, steps: tuple[Step, ...]
) -> None:
    finish(ana)
    end = ana.chats.pack[StepsFile].finish
    ana.taps(end.title)
    ana.sees(end.title, end.achieved, words.finish_next, *end.next, *(step.done for step in steps))
    ana.says("/next")
    ana.sees(end.title)


def test_the_end_offers_what_was_skipped(ana: Chatter, words: StepsWords, steps: tuple[Step, ...]) -> None:
    open_step(ana, 0)
    ana.taps(words.skip)
    for at in range(1, len(steps)):
        open_step(ana, at)
        ana.taps(words.mark_done)
    ana.says("/next")
    ana.sees(words.finish_skipped, steps[1].done)
    ana.sees_not(steps[0].done, ana.chats.pack[StepsFile].finish.achieved)
    ana.taps(entry(ana, "skipped_entry", 0, steps))
    ana.taps(words.mark_done)
    ana.says("/next")
    ana.sees(ana.chats.pack[StepsFile].finish.achieved)


def test_skipping_the_last_open_step_leads_to_the_end(ana: Chatter, words: StepsWords) -> None:
    finish(ana)
    open_step(ana, 0)
    ana.taps(words.undo)
    ana.taps(words.skip)
    ana.sees(words.finish_skipped)


def test_what_helps_with_a_step_leads_there_and_back(ana: Chatter, words: StepsWords) -> None:
    for at, step in enumerate(ana.chats.pack[StepsFile].steps):
        open_step(ana, at)
        ana.taps(words.helpful.fill(count="").split("(")[0].strip())
        ana.sees(words.helpful_intro.fill(title=step.title))
        ana.taps(ana.labels[0])
        ana.taps(ana.chats.words(CommonWords).back_to_step)
        ana.sees(step.title, step.why)


def counted(ana: Chatter) -> Step:
    """The step that looks at the tracker, opened."""
    for at, step in enumerate(ana.chats.pack[StepsFile].steps):
        if step.tally:
            return open_step(ana, at)
    raise AssertionError("no step of this pack counts")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_the_step_knows_how_many_platforms_are_tracked(ana: Chatter, count: int) -> None:
    tally = counted(ana).tally
    assert tally is not None
    low, high = tally.goal
    platforms = ana.chats.pack[PlatformsFile].platforms
    ana.remembers(*(Remember(TRACK, each.id, tally.stage) for each in platforms[:count]))
    counted(ana)
    expected = (
        tally.none_yet
        if count == 0
        else (tally.too_few if count < low else tally.enough if count <= high else tally.too_many).fill(
            count=count
        )
    )
    ana.sees(expected)


def test_a_later_stage_counts_and_one_that_ended_does_not(ana: Chatter) -> None:
    tally = counted(ana).tally
    assert tally is not None
    first, second, *_ = ana.chats.pack[PlatformsFile].platforms
    stages = ana.chats.pack[PlatformsFile].stages
    later = [stage for stage in stages if not stage.ends][-1]
    ended = next(stage for stage in stages if stage.ends)
    ana.remembers(Remember(TRACK, first.id, later.id), Remember(TRACK, second.id, ended.id))
    counted(ana)
    ana.sees(tally.too_few.fill(count=1))


def test_the_counting_step_leads_to_what_it_counts(ana: Chatter) -> None:
    counted(ana)
    ana.taps(ana.chats.words(PlatformsWords).title)
    ana.sees(ana.chats.words(PlatformsWords).intro)


def test_two_people_never_mix(chats: Chats, ana: Chatter, words: StepsWords) -> None:
    ben = chats.meet("Ben")
    step = open_step(ana, 0)
    open_step(ben, 0)
    ana.taps(label_of(ana, step, 0, ticked=False))
    ben.taps(words.mark_done)
    assert ana.deeds == [(TASK, f"{step.id}/{step.tasks[0].id}")]
    assert ben.deeds == [(STEP, step.id)]
    ana.says("/start step_" + step.id)
    ana.sees_button(words.mark_done)


def test_a_step_marked_done_by_hand_stays_done_when_one_of_some_ticks_is_taken_away(ana: Chatter) -> None:
    step = ana.chats.pack[StepsFile].steps[0]
    ana.presses(f"st:{step.id}:{step.tasks[0].id}:1")
    ana.presses(f"ss:{step.id}:done")
    ana.presses(f"st:{step.id}:{step.tasks[0].id}:0")
    assert ana.value("step", step.id) == "done"

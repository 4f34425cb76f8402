"""Authors rename, reorder and remove; nobody loses anything and every old button is answered."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Library
from bot.guide.areas.checklist import HAVE, ChecklistWords
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import FaqWords
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.journey import STEP, TASK
from bot.guide.person import Remember
from tests.guide.steps_walk import label_of, open_step
from tests.support.chat import Chatter
from tests.support.packs import Author, entries, read


def test_a_copy_of_a_pack_reads_like_the_pack(author: Author, library: Library) -> None:
    assert read(author.directory).bot == library.bot


def test_a_renamed_step_keeps_its_progress_and_its_old_buttons(ana: Chatter, author: Author) -> None:
    words, step = ana.chats.words(StepsWords), open_step(ana, 0)
    old = ana.screen
    ana.taps(words.mark_done)
    author.renames("steps", "steps", step.id, "brand-new-name")
    ana.chats.restart_with(author.publishes())
    ana.says("/steps")
    ana.sees_button(words.done_entry.fill(number=1, title=step.title))
    ana.taps_old(old, label_of(ana, step, 0, ticked=False))
    ana.sees(step.done)
    ana.says(f"/start step_{step.id}")
    ana.taps(words.undo)
    assert not [item for kind, item, _ in ana.person.marks if kind == STEP]


def test_a_tick_follows_a_renamed_task_in_a_renamed_step(ana: Chatter, author: Author) -> None:
    words, step = ana.chats.words(StepsWords), open_step(ana, 0)
    ana.taps(label_of(ana, step, 0, ticked=False))
    author.renames("steps", "steps.tasks", step.tasks[0].id, "new-task")
    author.renames("steps", "steps", step.id, "brand-new-name")
    ana.chats.restart_with(author.publishes())
    ana.says("/next")
    ana.taps(label_of(ana, step, 0, ticked=True))
    assert ana.deeds == []
    ana.taps(label_of(ana, step, 0, ticked=False))
    assert ana.value(TASK, "brand-new-name/new-task") is not None
    ana.taps(words.mark_done)
    ana.sees(step.done)


def test_a_renamed_item_stays_ticked_and_can_be_unticked(ana: Chatter, author: Author) -> None:
    words, item = ana.chats.words(ChecklistWords), ana.chats.pack[EquipmentFile].equipment[0]
    ana.says("/checklist")
    ana.taps(words.have_not.fill(title=item.title))
    author.renames("equipment", "equipment", item.id, "new-item")
    ana.chats.restart_with(author.publishes())
    ana.says("/checklist")
    ana.taps(words.have.fill(title=item.title))
    assert ana.deeds == []
    ana.taps(words.have_not.fill(title=item.title))
    assert ana.value(HAVE, "new-item") is not None


def test_a_renamed_platform_and_stage_stay_tracked(ana: Chatter, author: Author) -> None:
    file, words = ana.chats.pack[PlatformsFile], ana.chats.words(PlatformsWords)
    platform = next(each for each in file.platforms if each.recommended)
    first, second, *_ = file.stages
    ana.says(f"/start platform_{platform.id}")
    ana.taps(words.stage.fill(stage=first.title))
    author.renames("platforms", "platforms", platform.id, "new-platform")
    author.renames("platforms", "stages", first.id, "new-stage")
    ana.chats.restart_with(author.publishes())
    ana.says("/progress")
    ana.sees(platform.name, first.title)
    for at, step in enumerate(ana.chats.pack[StepsFile].steps):
        if step.tally:
            open_step(ana, at)
            ana.sees(step.tally.too_few.fill(count=1))
    ana.says(f"/start platform_{platform.id}")
    ana.taps(words.stage.fill(stage=second.title))
    assert [(kind, item, mark.value) for kind, item, mark in ana.person.marks if kind == TRACK] == [
        (TRACK, "new-platform", second.id)
    ]


def test_a_renamed_answer_still_puts_its_way_first(ana: Chatter, author: Author) -> None:
    path = ana.chats.pack[EquipmentFile].paths[0]
    wanted = path.shown_first_if
    assert wanted is not None
    ana.remembers(Remember(ANSWER, wanted.question, wanted.option))
    author.renames("welcome", "questions", wanted.question, "new-question")
    author.renames("welcome", "questions.options", wanted.option, "new-option")

    def follow(data: Any) -> None:
        if "shown_first_if" in data["paths"][0]:  # A translation has the words alone.
            data["paths"][0]["shown_first_if"] = {"question": "new-question", "option": "new-option"}

    author.edits("equipment", follow)
    ana.chats.restart_with(author.publishes())
    ana.says("/checklist")
    assert ana.labels[0] == path.title


def test_a_rating_follows_a_renamed_question(ana: Chatter, author: Author) -> None:
    question, words = ana.chats.pack[FaqFile].faq[0], ana.chats.words(FaqWords)
    ana.says(f"/start faq_{question.id}")
    ana.taps(words.helpful_yes)
    author.renames("faq", "faq", question.id, "new-question")
    ana.chats.restart_with(author.publishes())
    ana.says(f"/start faq_{question.id}")
    ana.sees_button(words.helpful_yes_chosen)


def test_reordered_steps_keep_their_progress(ana: Chatter, author: Author) -> None:
    words, step = ana.chats.words(StepsWords), open_step(ana, 0)
    ana.taps(words.mark_done)
    author.edits("steps", lambda data: data["steps"].reverse())
    ana.chats.restart_with(author.publishes())
    steps = ana.chats.pack[StepsFile].steps
    ana.says("/steps")
    ana.sees_button(words.done_entry.fill(number=len(steps), title=step.title))
    ana.sees_button(words.current_entry.fill(number=1, title=steps[0].title))


@pytest.mark.parametrize("state", ["open", "done", "skipped", "waiting"])
def test_a_removed_step_strands_nobody(ana: Chatter, author: Author, state: str) -> None:
    words, steps = ana.chats.words(StepsWords), ana.chats.pack[StepsFile].steps
    at = next(at for at, step in enumerate(steps) if step.figure)
    step = open_step(ana, at)
    old = ana.screen
    if state == "waiting":
        assert step.figure is not None
        ana.taps(step.figure.button)
    elif state != "open":
        ana.taps(words.mark_done if state == "done" else words.skip)
    author.removes("steps", step.id)
    ana.chats.restart_with(author.publishes())
    if state == "waiting":
        ana.says("92")
        assert not [kind for kind, _, _ in ana.person.marks if kind == "figure"]
    ana.taps_old(old, words.mark_done)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    ana.says("/next")
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)
    ana.says("/progress")
    ana.sees_not(step.title)


def test_who_had_only_the_removed_step_left_is_at_the_end(ana: Chatter, author: Author) -> None:
    words, steps = ana.chats.words(StepsWords), ana.chats.pack[StepsFile].steps
    for at in range(len(steps) - 1):
        open_step(ana, at)
        ana.taps(words.mark_done)
    author.removes("steps", steps[-1].id)
    ana.chats.restart_with(author.publishes())
    ana.says("/next")
    ana.sees(ana.chats.pack[StepsFile].finish.title)


def test_a_new_step_is_the_next_one_of_who_had_finished(ana: Chatter, author: Author) -> None:
    words, steps = ana.chats.words(StepsWords), ana.chats.pack[StepsFile].steps
    for at in range(len(steps)):
        open_step(ana, at)
        ana.taps(words.mark_done)

    def add(data: Any) -> None:
        new = {**entries(data, "steps")[0], "id": "one-more", "title": "One more"}
        data["steps"].append({key: value for key, value in new.items() if key != "renamed_from"})

    author.edits("steps", add)
    ana.chats.restart_with(author.publishes())
    ana.says("/next")
    ana.sees("One more")


def test_a_removed_question_option_and_item_strand_nobody(ana: Chatter, author: Author) -> None:
    welcome, item = ana.chats.pack[WelcomeFile], ana.chats.pack[EquipmentFile].equipment[-1]
    ana.says("/start")
    ana.taps(ana.chats.words(WelcomeWords).begin)
    old = ana.screen
    question = welcome.questions[0]
    ana.taps(question.options[0].label)
    ana.remembers(Remember(HAVE, item.id, "yes"))
    author.edits("welcome", lambda data: data["questions"].pop(0))
    author.asks_everybody()
    author.edits("equipment", lambda data: data.pop("paths"))
    author.unlinks("equipment", None)
    author.edits("task_types", lambda data: data.update(task_types=list(map(unequipped, data["task_types"]))))
    author.removes("equipment", item.id)
    ana.chats.restart_with(author.publishes())
    ana.taps_old(old, question.options[0].label)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    for command in ("/checklist", "/settings", "/progress", "/start"):
        ana.says(command)
        ana.sees_not(item.title)


def unequipped(kind: dict[str, Any]) -> dict[str, Any]:
    """A kind of work that needs nothing."""
    return {**kind, "equipment": []} if "equipment" in kind else kind

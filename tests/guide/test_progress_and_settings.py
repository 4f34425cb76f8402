"""What a person has done, what they may change, see and delete."""

from __future__ import annotations

import json

import pytest

from bot.content.kinds.equipment import EquipmentFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.guide.areas.checklist import ChecklistWords
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.person import Erase, Person, Remember
from tests.guide.steps_walk import bar_of, finish, open_step
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library


@pytest.fixture
def words(chats: Chats) -> SettingsWords:
    return chats.words(SettingsWords)


def walks_a_little(ana: Chatter) -> None:
    """A visit that leaves a mark of most kinds."""
    pack = ana.chats.pack
    ana.says("/start src_poster")
    ana.taps(ana.chats.words(WelcomeWords).begin)
    ana.taps(pack[WelcomeFile].questions[0].options[0].label)
    open_step(ana, 0)
    ana.taps(ana.chats.words(StepsWords).mark_done)
    ana.chats.later(hours=2)
    ana.says("/checklist")
    item = pack[EquipmentFile].equipment[0]
    ana.taps(ana.chats.words(ChecklistWords).have_not.fill(title=item.title))
    ana.remembers(Remember(TRACK, pack[PlatformsFile].platforms[0].id, pack[PlatformsFile].stages[0].id))


def test_progress_of_a_newcomer_is_kind(ana: Chatter) -> None:
    words = ana.chats.words(ProgressWords)
    ana.says("/progress")
    ana.sees(words.nothing_yet, words.no_platforms)
    total = len(ana.chats.pack[StepsFile].steps)
    ana.sees(words.steps.fill(done=0, total=total, bar=bar_of(ana.chats, 0, total)))


def test_progress_shows_everything_in_one_picture(ana: Chatter) -> None:
    walks_a_little(ana)
    words, pack = ana.chats.words(ProgressWords), ana.chats.pack
    ana.says("/progress")
    steps = pack[StepsFile].steps
    needed = sum(item.required for item in pack[EquipmentFile].equipment)
    ana.sees(
        words.steps.fill(done=1, total=len(steps), bar=bar_of(ana.chats, 1, len(steps))),
        ana.chats.words(StepsWords).done_entry.fill(number=1, title=steps[0].title),
        ana.chats.words(StepsWords).current_entry.fill(number=2, title=steps[1].title),
        words.checklist.fill(done=1, total=needed, bar=bar_of(ana.chats, 1, needed)),
        pack[PlatformsFile].platforms[0].name,
    )
    ana.sees_not(words.nothing_yet)


def test_progress_says_ready_and_leads_to_the_end(ana: Chatter) -> None:
    words, pack = ana.chats.words(ProgressWords), ana.chats.pack
    finish(ana)
    items = [item for item in pack[EquipmentFile].equipment if item.required]
    ana.remembers(*(Remember("have", item.id, "yes") for item in items))
    ana.says("/progress")
    full = bar_of(ana.chats, len(items), len(items))
    ana.sees(words.checklist_ready.fill(done=len(items), total=len(items), bar=full))
    ana.taps(words.all_done)
    ana.sees(pack[StepsFile].finish.title)


def test_an_answer_can_be_changed_in_the_settings(ana: Chatter, words: SettingsWords) -> None:
    question = ana.chats.pack[WelcomeFile].questions[0]
    first, second = question.options[0], question.options[1]
    ana.says("/settings")
    ana.taps(question.short)
    ana.taps(first.label)
    ana.sees(question.question, ana.chats.words(WelcomeWords).chosen.fill(answer=first.label))
    ana.taps(second.label)
    assert ana.value(ANSWER, question.id) == second.id
    ana.says("/settings")
    welcome = ana.chats.words(WelcomeWords)
    ana.taps(welcome.change_answer.fill(question=question.short, answer=second.label))
    ana.taps(welcome.remove_answer)
    ana.is_told(welcome.notice_removed)
    ana.sees_no_button(welcome.remove_answer)
    ana.says("/settings")
    ana.sees_no_button(second.label)


def test_the_settings_questions_have_a_way_back(ana: Chatter, words: SettingsWords) -> None:
    question = ana.chats.pack[WelcomeFile].questions[0]
    ana.says("/settings")
    ana.taps(question.short)
    ana.taps(question.options[0].label)
    ana.taps(words.title)
    ana.sees(words.intro)


def test_my_data_is_everything_that_is_stored(ana: Chatter, words: SettingsWords) -> None:
    walks_a_little(ana)
    ana.says("/mydata")
    ana.sees(words.data_after)
    assert ana.file.name.endswith(".json")
    assert ana.file.caption == words.data_caption
    data = json.loads(ana.file.content)
    person = ana.person
    assert person.started_at is not None
    assert person.seen_at is not None
    assert data == {
        "telegram_id": person.id,
        "language": "en",
        "source": "poster",
        "started_at": person.started_at.isoformat(),
        "seen_at": person.seen_at.isoformat(),
        "gone": False,
        "time_zone": None,
        "tips": None,
        "next_tip_at": None,
        "last_tip_on": None,
        "marks": [
            {"kind": kind, "item": item, "value": mark.value, "at": mark.at.isoformat()}
            for kind, item, mark in person.marks
        ],
    }
    assert len(data) == len(Person.__dataclass_fields__)


def test_my_data_of_a_stranger_is_what_is_stored_from_now_on(ana: Chatter) -> None:
    ana.says("/mydata")
    assert ana.person.seen_at is not None
    data = json.loads(ana.file.content)
    assert (data["language"], data["seen_at"]) == ("en", ana.person.seen_at.isoformat())


def test_my_data_holds_no_name_and_no_message(ana: Chatter) -> None:
    ana.says("/start")
    ana.says("my secret question")
    ana.says("/settings")
    ana.taps(ana.chats.words(SettingsWords).my_data)
    assert b"Ana" not in ana.file.content
    assert b"secret" not in ana.file.content


def test_delete_asks_once_and_keeps_all_on_no(ana: Chatter, words: SettingsWords) -> None:
    walks_a_little(ana)
    before = ana.person
    ana.says("/deleteme")
    ana.sees(words.delete_ask)
    ana.taps(words.delete_no)
    ana.sees(words.intro)
    assert ana.person.marks == before.marks


def test_delete_leaves_nothing_and_says_so(ana: Chatter, words: SettingsWords) -> None:
    walks_a_little(ana)
    ana.says("/deleteme")
    turn = ana.taps(words.delete_yes)
    assert turn.changes == (Erase(),)
    ana.sees(words.deleted)
    assert ana.person == Person(ana.person.id)


def test_deleting_twice_is_harmless(ana: Chatter, words: SettingsWords) -> None:
    ana.says("/deleteme")
    old = ana.screen
    ana.taps(words.delete_yes)
    ana.taps_old(old, words.delete_yes)
    ana.sees(words.delete_ask)
    ana.taps(words.delete_yes)
    ana.sees(words.deleted)
    assert ana.person == Person(ana.person.id)


def test_a_yes_that_was_left_lying_about_asks_again(ana: Chatter, words: SettingsWords) -> None:
    walks_a_little(ana)
    ana.says("/deleteme")
    old = ana.screen
    ana.taps(words.delete_no)
    ana.is_told(words.notice_kept)
    ana.taps_old(old, words.delete_yes)
    ana.sees(words.delete_ask)
    assert ana.person.marks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No, I have changed my mind, please do not delete anything."),
        ("en", "no"),
        ("en", "please dont delete"),
        ("es", "No, mejor no borres nada"),
        ("es", "no gracias"),
        ("es", "cambié de opinión"),
    ],
)
def test_a_no_that_is_typed_keeps_all_and_says_so(language: str, text: str) -> None:
    chats = Chats(pack_library("firstlabel"))
    ana, words = chats.meet(language=language), chats.guide.library.pack(language).words(SettingsWords)
    ana.says("/start src_poster")
    before = ana.person.marks
    ana.says("/deleteme")
    ana.says(text)
    ana.sees(words.notice_kept, words.intro)
    assert ana.person.marks == before
    ana.says(text)
    ana.sees_not(words.notice_kept)


@pytest.mark.parametrize("text", ["yes", "yes delete everything", "no tasks on my dashboard"])
def test_what_is_typed_never_deletes_and_a_question_is_no_refusal(text: str) -> None:
    chats = Chats(pack_library("firstlabel"))
    ana, words = chats.meet(), chats.words(SettingsWords)
    ana.says("/start src_poster")
    ana.says("/deleteme")
    ana.says(text)
    ana.sees_not(words.notice_kept, words.deleted)
    assert ana.person != Person(ana.person.id)


def test_a_double_tap_on_delete_meets_the_button_to_keep(ana: Chatter, words: SettingsWords) -> None:
    ana.says("/settings")
    from_below = [row[0].label for row in reversed(ana.screen.rows)].index(words.delete)
    ana.taps(words.delete)
    assert ana.screen.rows[-1 - from_below][0].label == words.delete_no


def test_who_deleted_everything_may_begin_again_as_a_newcomer(ana: Chatter, words: SettingsWords) -> None:
    walks_a_little(ana)
    ana.says("/settings")
    ana.taps(words.delete)
    ana.taps(words.delete_yes)
    ana.taps(words.start_again)
    ana.sees(ana.chats.words(WelcomeWords).hello.fill(name="Ana"))
    ana.says("/progress")
    ana.sees(ana.chats.words(ProgressWords).nothing_yet)


def test_who_deleted_everything_and_blocks_the_bot_is_not_kept_again(
    ana: Chatter, words: SettingsWords
) -> None:
    walks_a_little(ana)
    ana.says("/deleteme")
    ana.taps(words.delete_yes)
    assert ana.blocks().changes == ()
    assert ana.unblocks().changes == ()


def test_a_question_that_waits_goes_with_everything_else(ana: Chatter, words: SettingsWords) -> None:
    step = next(step for step in ana.chats.pack[StepsFile].steps if step.figure)
    ana.presses(f"fa:{step.id}")
    assert ana.person.marks
    ana.says("/deleteme")
    assert ana.presses("dm:1").changes == (Erase(),)
    assert ana.person == Person(ana.person.id)

"""The first minute, and coming back."""

from __future__ import annotations

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.journey import DONE, SKIPPED
from tests.guide.steps_walk import bar_of, finish, open_step
from tests.support.chat import Chats, Chatter


@pytest.fixture
def words(chats: Chats) -> WelcomeWords:
    return chats.words(WelcomeWords)


@pytest.fixture
def file(chats: Chats) -> WelcomeFile:
    return chats.pack[WelcomeFile]


def test_a_newcomer_reads_who_it_is_for_and_what_the_bot_never_does(
    ana: Chatter, words: WelcomeWords, file: WelcomeFile
) -> None:
    ana.says("/start")
    ana.sees(words.hello.fill(name="Ana"), file.intro, words.never, *file.never)
    ana.sees_button(words.begin)
    assert ana.person.started_at == ana.chats.now


def test_somebody_without_a_name_is_greeted_too(chats: Chats, words: WelcomeWords) -> None:
    nobody = chats.meet("")
    nobody.says("/start")
    nobody.sees(words.hello_nameless)
    nobody.sees_not("{name}")
    nobody.taps(words.straight_to_steps)
    nobody.taps(chats.words(StepsWords).mark_done)
    nobody.says("/start")
    nobody.sees(words.back_nameless)


def test_all_questions_answered_lead_to_the_first_step(
    ana: Chatter, words: WelcomeWords, file: WelcomeFile
) -> None:
    ana.says("/start")
    ana.taps(words.begin)
    for number, question in enumerate(file.questions, 1):
        ana.sees(words.question_number.fill(number=number, total=len(file.questions)), question.question)
        option = question.options[0]
        ana.taps(option.label)
        assert ana.value(ANSWER, question.id) == option.id
        if option.reply:
            ana.sees(option.reply)
    ana.sees(ana.chats.pack[StepsFile].steps[0].title)


def test_each_question_can_be_skipped_by_itself(ana: Chatter, words: WelcomeWords, file: WelcomeFile) -> None:
    ana.says("/start")
    ana.taps(words.begin)
    for question in file.questions:
        ana.sees(question.question)
        ana.taps(words.skip_question)
        assert ana.value(ANSWER, question.id) == ""
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)


@pytest.mark.parametrize("answered", [0, 1])
def test_all_questions_can_be_skipped_at_once_from_anywhere(
    ana: Chatter, words: WelcomeWords, file: WelcomeFile, answered: int
) -> None:
    ana.says("/start")
    ana.taps(words.begin)
    for question in file.questions[:answered]:
        ana.taps(question.options[-1].label)
    ana.taps(words.skip_all)
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)


def test_the_questions_need_not_be_looked_at(ana: Chatter, words: WelcomeWords) -> None:
    ana.says("/start")
    ana.taps(words.straight_to_steps)
    ana.sees(ana.chats.pack[StepsFile].steps[0].why)


def test_an_answer_can_be_changed_on_an_old_screen(
    ana: Chatter, words: WelcomeWords, file: WelcomeFile
) -> None:
    first = file.questions[0]
    ana.says("/start")
    ana.taps(words.begin)
    old = ana.screen
    ana.taps(first.options[0].label)
    ana.taps_old(old, first.options[1].label)
    assert ana.value(ANSWER, first.id) == first.options[1].id


def test_a_returning_person_reads_where_they_are_and_goes_on_there(ana: Chatter, words: WelcomeWords) -> None:
    steps = ana.chats.pack[StepsFile].steps
    ana.says("/start")
    ana.taps(words.straight_to_steps)
    for _ in steps[:2]:
        ana.says("/next")
        ana.taps(ana.chats.words(StepsWords).mark_done)
    ana.chats.later(days=30)
    ana.says("/start")
    third = steps[2]
    bar = bar_of(ana.chats, 2, len(steps))
    where = words.where_you_are.fill(number=3, total=len(steps), title=third.title, bar=bar)
    ana.sees(words.back.fill(name="Ana"), where)
    ana.taps(ana.chats.words(CommonWords).resume.fill(number=3, title=third.title))
    ana.sees(third.why)


def test_who_has_finished_is_told_so_when_they_come_back(ana: Chatter, words: WelcomeWords) -> None:
    ana.says("/start")
    finish(ana)
    ana.says("/start")
    ana.sees(words.all_done)
    ana.taps(ana.chats.words(CommonWords).menu)


def test_who_only_looked_is_welcomed_like_a_newcomer_again(ana: Chatter, words: WelcomeWords) -> None:
    ana.says("/start")
    ana.says("/start")
    ana.sees(words.hello.fill(name="Ana"))


def test_a_deep_link_opens_what_it_names(ana: Chatter) -> None:
    question = ana.chats.pack[FaqFile].faq[0]
    ana.says(f"/start faq_{question.id}")
    ana.sees(question.question, question.answer)
    step = ana.chats.pack[StepsFile].steps[1]
    ana.says(f"/start step_{step.id}")
    ana.sees(step.title, step.why)
    platform = ana.chats.pack[PlatformsFile].platforms[0]
    ana.says(f"/start platform_{platform.id}")
    ana.sees(platform.name, platform.summary)


def test_the_first_source_is_remembered_and_no_later_one(ana: Chatter, words: WelcomeWords) -> None:
    ana.says("/start src_poster-7")
    ana.sees(words.hello.fill(name="Ana"))
    ana.says("/start src_advert")
    assert ana.person.source == "poster-7"


@pytest.mark.parametrize(
    "payload",
    [
        "nonsense",
        "faq_",
        "faq_no-such-question",
        "step_../../etc/passwd",
        "welcome_x",
        "_",
        "src_",
        "src_" + "x" * 61,
        "src_two words",
        "src_<b>",
        "faq_'; DROP TABLE people; --",
        "{name}",
        "\u202e\u0000",
        "faq_" + "x" * 4000,
    ],
)
def test_an_unknown_or_hostile_payload_is_a_normal_start(
    ana: Chatter, words: WelcomeWords, payload: str
) -> None:
    ana.says(f"/start {payload}")
    ana.sees(words.hello.fill(name="Ana"))
    assert ana.person.source is None


def test_the_menu_is_the_authors_order_and_leads_everywhere(ana: Chatter, words: WelcomeWords) -> None:
    ana.says("/menu")
    ana.sees(ana.chats.words(MenuWords).intro)
    for area in ana.chats.guide.library.bot.areas:
        ana.says("/menu")
        ana.presses(f"g:{area}")
        assert ana.turn.area == area
        assert ana.notice is None


@pytest.mark.parametrize("state", [DONE, SKIPPED])
def test_a_newcomer_who_came_by_a_deep_link_is_a_returning_person_later(
    ana: Chatter, words: WelcomeWords, state: str
) -> None:
    step = open_step(ana, 0)
    ana.presses(f"ss:{step.id}:{state}")
    ana.says("/start")
    ana.says("/start")
    ana.sees(words.back.fill(name="Ana"))


def test_who_came_by_a_deep_link_and_did_something_is_welcomed_back(ana: Chatter) -> None:
    step = ana.chats.pack[StepsFile].steps[0]
    ana.says(f"/start step_{step.id}")
    assert ana.person.started_at is not None
    ana.presses(f"ss:{step.id}:done")
    ana.says("/start")
    ana.sees(ana.chats.words(WelcomeWords).back.fill(name="Ana"))


def test_who_skipped_steps_is_not_told_that_all_are_finished(ana: Chatter) -> None:
    steps, words = ana.chats.pack[StepsFile].steps, ana.chats.words(WelcomeWords)
    for step in steps:
        ana.presses(f"ss:{step.id}:skipped")
    ana.says("/start")
    ana.sees(words.skipped_some.fill(count=len(steps)))
    ana.taps(words.see_steps)
    ana.sees(ana.chats.words(StepsWords).finish_skipped)


def test_a_language_that_telegram_does_not_tell_leaves_the_known_one(chats: Chats) -> None:
    eva = chats.meet("Eva", language="es")
    eva.says("/start")
    eva.language = None
    eva.says("/menu")
    assert eva.person.language == "es"

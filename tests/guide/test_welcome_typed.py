"""Answers typed at the questions of the welcome, and questions that were left open."""

from __future__ import annotations

import pytest

from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.steps import StepsFile
from bot.content.kinds.welcome import Question, WelcomeFile
from bot.content.library import Pack
from bot.guide.areas.match_answers import MATCH
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.steps import StepsWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.areas.welcome_words import WelcomeWords
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library


@pytest.fixture
def chats() -> Chats:
    return Chats(pack_library("firstlabel"))


def pack(person: Chatter) -> Pack:
    return person.chats.guide.library.pack(person.language)


def words(person: Chatter) -> WelcomeWords:
    return pack(person).words(WelcomeWords)


def questions(person: Chatter) -> tuple[Question, ...]:
    return tuple(pack(person)[WelcomeFile].questions)


def begins(chats: Chats, language: str = "en") -> Chatter:
    """Somebody at the first question."""
    person = chats.meet(language=language)
    person.says("/start")
    person.taps(words(person).begin)
    return person


@pytest.mark.parametrize(
    ("language", "device", "time", "work"),
    [
        ("en", "i use only phone", "10 hours", "sound"),
        ("en", "Laptop", "ten hours a week", "I like sound and speech"),
        ("en", "i have a computer and a phone", "less than 5 hours", "text"),
        ("en", "my computer", "20", "i dont know"),
        ("es", "solo tengo celular", "diez horas", "me gustan las imágenes y video"),
        ("es", "Tengo una computadora", "unas 3 horas", "todavía no sé"),
    ],
)
def test_all_questions_may_be_answered_by_typing(
    chats: Chats, language: str, device: str, time: str, work: str
) -> None:
    ana = begins(chats, language)
    for question, text in zip(questions(ana), (device, time, work), strict=True):
        ana.sees(question.question)
        ana.says(text)
        option = question.options.get(ana.value(ANSWER, question.id) or "")
        assert option, f"{text!r} was not taken: {ana.text}"
        if option.reply:
            ana.sees(option.reply)
    ana.sees(pack(ana)[StepsFile].steps[0].why)


@pytest.mark.parametrize("typed", ["i have no computer", "I only have a computer and no phone", "phone?"])
def test_what_says_more_than_an_answer_is_not_taken_for_one(chats: Chats, typed: str) -> None:
    ana = begins(chats)
    ana.says(typed)
    assert ana.value(ANSWER, "device") is None


def test_the_device_may_be_typed_at_the_matching_too(chats: Chats) -> None:
    ana = chats.meet()
    ana.presses("mq:device:0")
    ana.says("i use only phone")
    assert ana.value(MATCH, "device") == "phone"
    ana.sees(pack(ana)[MatchingFile].questions[1].question)


def test_a_question_asked_meanwhile_is_answered_and_a_button_leads_back(chats: Chats) -> None:
    ana = begins(chats)
    ana.taps("Only a phone")
    ana.says("is this a scam?")
    ana.sees_not(questions(ana)[1].question)
    ana.taps(words(ana).to_question.fill(number=2, total=3))
    ana.sees(questions(ana)[1].question)
    ana.says("is this a scam?")
    ana.says("10 hours")
    assert ana.value(ANSWER, "time") == "some"
    ana.says("is this a scam?")
    ana.says("/menu")
    ana.says("is this a scam?")
    assert not [label for label in ana.labels if "↩ Question" in label]


def test_start_goes_on_with_the_questions_that_are_open(chats: Chats) -> None:
    ana = begins(chats)
    ana.taps("Only a phone")
    ana.says("/faq")
    ana.says("/start")
    ana.sees(words(ana).back.fill(name="Ana"), questions(ana)[1].question)
    ana.taps(words(ana).skip_question)
    ana.sees(questions(ana)[2].question)
    ana.says("/start")
    ana.sees(questions(ana)[2].question)
    ana.taps("Text")
    ana.says("/start")
    ana.sees(words(ana).back.fill(name="Ana"))
    ana.sees_not(questions(ana)[1].question, questions(ana)[2].question)


def test_questions_that_were_skipped_together_do_not_come_back(chats: Chats) -> None:
    ana = begins(chats)
    ana.taps("Only a phone")
    ana.taps(words(ana).skip_all)
    ana.says("/start")
    ana.sees(words(ana).back.fill(name="Ana"))
    ana.sees_not(questions(ana)[1].question)


def test_who_is_among_the_steps_sees_where_they_are_and_the_open_question_as_a_button(chats: Chats) -> None:
    ana = begins(chats)
    ana.taps("Only a phone")
    ana.says("/next")
    ana.taps(pack(ana).words(StepsWords).mark_done)
    ana.says("/start")
    second = pack(ana)[StepsFile].steps[1]
    ana.sees(second.title)
    ana.taps(words(ana).to_question.fill(number=2, total=3))
    ana.sees(questions(ana)[1].question)


@pytest.mark.parametrize(("language", "greeting"), [("en", "hello"), ("es", "hola")])
def test_who_begins_with_a_greeting_is_welcomed(chats: Chats, language: str, greeting: str) -> None:
    ana = chats.meet(language=language)
    ana.says(greeting)
    ana.sees(words(ana).hello.fill(name="Ana"))
    ana.taps(words(ana).begin)
    ana.taps(questions(ana)[0].options[0].label)
    ana.says(greeting)
    ana.sees(pack(ana).words(MenuWords).greeted)


def test_an_answer_may_be_changed_by_typing_it_in_the_settings(chats: Chats) -> None:
    ana = chats.meet()
    ana.says("/settings")
    ana.taps(questions(ana)[0].short)
    ana.says("phone")
    assert ana.value(ANSWER, "device") == "phone"
    ana.sees(questions(ana)[0].question)

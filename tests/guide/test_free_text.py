"""What people type: sure answers, offers, honest words, and kind ones for what is no question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import SearchFile
from bot.guide.answers import OFFERED
from bot.guide.areas.faq import FaqWords
from bot.guide.person import Asked
from bot.guide.screen import TapButton
from bot.guide.taps import Open
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import pack_library

LANGUAGES = ("en", "es")


@pytest.fixture
def shipped() -> Chats:
    return Chats(pack_library("firstlabel"))


@pytest.fixture
def ana(shipped: Chats) -> Chatter:
    return shipped.meet()


@pytest.fixture
def words(shipped: Chats) -> FaqWords:
    return shipped.words(FaqWords)


def opened(ana: Chatter) -> list[str]:
    taps = (button.tap for button in buttons_of(ana.screen) if isinstance(button, TapButton))
    return [tap.id for tap in taps if isinstance(tap, Open) and tap.collection == "faq"]


def noted(ana: Chatter) -> list[Asked]:
    return [change for change in ana.turn.changes if isinstance(change, Asked)]


def test_a_sure_answer_comes_with_others_that_may_have_been_meant(ana: Chatter, words: FaqWords) -> None:
    entry = ana.chats.pack[FaqFile].faq[4]
    ana.says(f"please tell me, {entry.question.lower()} thanks")
    ana.sees(entry.answer, words.also_maybe)
    assert entry.id not in opened(ana)
    assert len(opened(ana)) == OFFERED - 1
    assert not noted(ana)


def test_the_way_it_was_asked_in_a_long_story_is_found(ana: Chatter) -> None:
    entry = ana.chats.pack[FaqFile].faq[0]
    story = "Good morning. My name is Ana and I live by the sea with two cats. Yesterday it rained a lot. "
    ana.says(f"{story}{entry.question} I hope that you can help me, and have a nice day!")
    assert entry.answer.plain in ana.text or entry.id in opened(ana)


def replies() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for reply in pack_library("firstlabel").pack(language)[SearchFile].replies:
            yield language, reply.id


@pytest.mark.parametrize(("language", "id_"), [*replies()])
def test_what_is_no_question_gets_its_own_kind_reply(shipped: Chats, language: str, id_: str) -> None:
    ana, pack = shipped.meet(language=language), shipped.guide.library.pack(language)
    reply = pack[SearchFile].replies.get(id_)
    assert reply is not None
    # The menu answers the plainest "hi" and "thanks", for every subject.
    heard = [example for example in reply.examples if ana.says(f"{example.upper()}!!").area == "faq"]
    assert heard
    for example in heard:
        ana.says(example)
        ana.sees(reply.reply)
        assert opened(ana) == list(reply.links.faq)
        assert not noted(ana)
    if reply.alone:
        ana.sees_no_button(pack.words(FaqWords).title)
        return
    ana.taps(pack.words(FaqWords).title)
    ana.sees(pack.words(FaqWords).intro)


def test_a_greeting_with_a_question_is_a_question(ana: Chatter) -> None:
    entry = ana.chats.pack[FaqFile].faq[5]
    greeting = ana.chats.pack[SearchFile].replies.get("greeting")
    assert greeting
    ana.says(f"{greeting.examples[0]}, {entry.question}")
    assert entry.answer.plain in ana.text or entry.id in opened(ana)


def test_what_nobody_knows_is_noted_without_who_asked_and_they_are_told(
    ana: Chatter, words: FaqWords
) -> None:
    ana.says("zzzz qqqq xxxx, my number is 0151 1234567")
    ana.sees(words.unknown, words.unknown_noted)
    (asked,) = noted(ana)
    assert asked.language == "en"
    assert asked.text.startswith("zzzz qqqq")
    assert "1234567" not in asked.text
    assert ana.deeds == []


def test_asked_again_in_another_language_it_is_noted_for_that(shipped: Chats) -> None:
    ana = shipped.meet(language="es-MX")
    ana.says("zzzz qqqq xxxx")
    assert [asked.language for asked in noted(ana)] == ["es"]


@pytest.mark.parametrize("text", ["🙂🙂🙂", "…", "12345"])
def test_what_holds_no_word_is_not_noted_and_nothing_else_is_said(
    ana: Chatter, words: FaqWords, text: str
) -> None:
    ana.says(text)
    ana.sees(words.unknown)
    ana.sees_not(words.unknown_noted)
    assert not noted(ana)


def test_what_is_offered_is_not_noted(ana: Chatter, words: FaqWords) -> None:
    for entry in ana.chats.pack[FaqFile].faq:
        for word in entry.question.split():
            ana.says(f"about {word}")
            if words.did_you_mean.plain in ana.text:
                assert opened(ana)
                assert not noted(ana)
                return
    raise AssertionError("nothing is ever offered")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "money " * 682,
        "How do I get my money? " * 178,
        "e" + "\u0301" * 4095,
        "数据标注工作" * 682,
        "คำถาม" * 800,
        "👩‍👩‍👧‍👦" * 372,
        "\u202e olleh",
        "' OR 1=1; --",
        "<b>hi</b> {question} %s",
        "\x00\x01",
        "a, b. c; d! e? " * 273,
    ],
)
def test_whatever_comes_has_an_answer(ana: Chatter, text: str) -> None:
    ana.says(text)
    assert ana.labels

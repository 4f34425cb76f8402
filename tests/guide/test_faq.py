"""Questions by category, by link, and in a person's own words."""

from __future__ import annotations

import pytest

from bot.content.kinds.faq import FaqFile, Question
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import ANSWERED, ASKED, HELPFUL, UNANSWERED, FaqWords
from bot.guide.screen import TapButton
from bot.guide.taps import Open
from tests.support.chat import Chats, Chatter, buttons_of


@pytest.fixture
def words(chats: Chats) -> FaqWords:
    return chats.words(FaqWords)


@pytest.fixture
def file(chats: Chats) -> FaqFile:
    return chats.pack[FaqFile]


def opened(ana: Chatter) -> list[str]:
    """Ids of the FAQ entries that the buttons lead to."""
    taps = (button.tap for button in buttons_of(ana.screen) if isinstance(button, TapButton))
    return [tap.id for tap in taps if isinstance(tap, Open) and tap.collection == "faq"]


def test_each_entry_is_found_through_its_category(ana: Chatter, words: FaqWords, file: FaqFile) -> None:
    for question in file.faq:
        category = file.categories.get(question.category)
        assert category is not None
        ana.says("/faq")
        ana.taps(category.title)
        ana.taps(words.question.fill(question=question.short))
        ana.sees(question.question, question.answer, question.more or "", words.was_it_helpful)
        ana.taps(ana.chats.words(CommonWords).all_back.fill(title=category.title))
        ana.sees(words.category_intro)


def test_related_questions_are_a_tap_away(ana: Chatter, file: FaqFile) -> None:
    for question in file.faq:
        ana.says(f"/start faq_{question.id}")
        assert opened(ana)[: len(question.related)] == list(question.related)


def test_every_source_is_named(ana: Chatter, file: FaqFile) -> None:
    for question in file.faq:
        ana.says(f"/start faq_{question.id}")
        ana.sees(*(source.url.split("/")[2].removeprefix("www.") for source in question.sources))


def test_helpful_is_remembered_and_thanked_for(ana: Chatter, words: FaqWords, file: FaqFile) -> None:
    question = file.faq[0]
    ana.says(f"/start faq_{question.id}")
    ana.taps(words.helpful_yes)
    ana.is_told(words.notice_yes)
    assert ana.value(HELPFUL, question.id) == "yes"
    ana.sees_button(words.helpful_yes_chosen)
    ana.sees_not(words.was_it_helpful, words.not_helpful)


def test_not_helpful_says_what_else_to_try_and_can_be_changed(
    ana: Chatter, words: FaqWords, file: FaqFile
) -> None:
    question = file.faq[0]
    ana.says(f"/start faq_{question.id}")
    ana.taps(words.helpful_no)
    card = ana.seen[-2]
    ana.is_told(words.notice_no)
    ana.sees(words.not_helpful)
    ana.taps_old(card, words.helpful_yes)
    assert ana.value(HELPFUL, question.id) == "yes"


def test_a_question_as_it_stands_is_answered(ana: Chatter, file: FaqFile) -> None:
    for question in file.faq:
        ana.says(question.question.upper() + " ???")
        if ana.turn.area == "glossary":  # "What is …?" about a word of the list
            continue
        ana.sees(question.question, question.answer)


def test_a_variant_with_slips_is_answered_or_offered(ana: Chatter, file: FaqFile) -> None:
    question = file.faq[-1]
    asked = max(question.ask, key=len)
    ana.says(asked[:3] + asked[4:])
    assert question.answer.plain in ana.text or question.id in opened(ana)


def test_the_command_takes_the_question_along(ana: Chatter, words: FaqWords, file: FaqFile) -> None:
    ana.says(f"/faq {file.faq[0].question}")
    ana.sees(file.faq[0].answer)
    ana.says("/faq   ")
    ana.sees(words.intro)


def half_way(ana: Chatter, question: Question) -> str:
    """Words near enough to be offered and too far to be sure."""
    for text in (*question.ask, question.question):
        parts = text.split()
        for cut in range(1, len(parts)):
            for asked in (" ".join(parts[cut:]), " ".join(parts[:-cut])):
                ana.says(asked)
                if ana.chats.words(FaqWords).did_you_mean.plain in ana.text:
                    return asked
    raise AssertionError(f"nothing is near {question.id}")


def test_below_the_threshold_up_to_three_are_offered(ana: Chatter, file: FaqFile) -> None:
    question = file.faq[0]
    half_way(ana, question)
    offered = opened(ana)
    assert 1 <= len(offered) <= 3
    assert len(set(offered)) == len(offered)
    ana.taps(ana.labels[0])
    entry = file.faq.get(offered[0])
    assert entry is not None
    ana.sees(entry.answer)


def test_what_nobody_knows_is_said_honestly_with_the_nearest_category(
    ana: Chatter, words: FaqWords, file: FaqFile
) -> None:
    for word in file.faq[0].question.split():
        ana.says(f"zzzz qqqq xxxx jjjj wwww kkkk vvvv {word}")
        ana.sees(words.unknown)
        category = next((each for each in file.categories if each.title in ana.labels), None)
        if category:
            ana.sees(words.unknown_nearest.fill(category=category.title))
            ana.taps(category.title)
            ana.sees(words.category_intro)
            return
    raise AssertionError("no category is ever near")


def test_what_is_like_nothing_at_all_leads_to_all_categories(ana: Chatter, words: FaqWords) -> None:
    ana.says("zzzz qqqq xxxx")
    ana.sees(words.unknown)
    ana.taps(words.title)
    ana.sees(words.intro)


@pytest.mark.parametrize("text", ["🙂🙂🙂", "…", "!!!", "\u200b"])
def test_a_text_without_words_is_unknown_too(ana: Chatter, words: FaqWords, text: str) -> None:
    ana.says(text)
    ana.sees(words.unknown)


@pytest.mark.parametrize("data", ["fc:no-such-category", "fh:no-such-question:1:", "o:faq:no-such-question:"])
def test_a_forged_button_is_answered_kindly(ana: Chatter, data: str) -> None:
    ana.presses(data)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


def test_a_question_counts_as_asked_and_by_what_came_of_it(chats: Chats) -> None:
    ana = chats.meet()
    question = next(iter(chats.pack[FaqFile].faq)).question
    assert ana.says(question).counts == (ASKED, ANSWERED)
    assert ana.says("xyzzy qwrtz").counts == (ASKED, UNANSWERED)
    assert ana.says("/faq").counts == ()

"""Outside the private chat: cards in any chat, and questions in groups. Nothing of anybody is shown or kept."""

from __future__ import annotations

import pytest

from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import Library
from bot.guide.areas.common import CommonWords
from bot.guide.areas.elsewhere import DESCRIPTION, MOST_CARDS, ElsewhereWords
from bot.guide.areas.faq import HELPFUL
from bot.guide.cards import Offer
from bot.guide.person import Person, Remember
from bot.guide.screen import UrlButton
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import Author, pack_library


@pytest.fixture
def words(chats: Chats) -> ElsewhereWords:
    return chats.words(ElsewhereWords)


@pytest.fixture
def question(chats: Chats) -> Question:
    return chats.pack[FaqFile].faq[0]


def links(ana: Chatter) -> list[str]:
    return [button.url for button in buttons_of(ana.screen) if isinstance(button, UrlButton)]


def test_a_question_typed_in_any_chat_is_offered_with_its_answer_first(
    ana: Chatter, question: Question
) -> None:
    offer = ana.types_elsewhere(question.question)
    best = offer.cards[0]
    assert (best.id, best.title) == (question.id, question.question)
    assert question.answer.plain in best.screen.text.plain
    (button,) = buttons_of(best.screen)
    assert isinstance(button, UrlButton)
    assert button.url == f"https://t.me/the_bot?start=faq_{question.id}"
    ana.says(f"/start faq_{question.id}")
    ana.sees(question.answer)


def test_with_nothing_typed_every_topic_comes_up_and_no_card_twice(ana: Chatter) -> None:
    file = ana.chats.pack[FaqFile]
    for text in ("", "  \n"):
        ids = [card.id for card in ana.types_elsewhere(text).cards]
        assert len(set(ids)) == len(ids) == min(MOST_CARDS, len(file.faq))
        first = [next(each.id for each in file.faq if each.category == topic.id) for topic in file.categories]
        assert ids[: len(first)] == first[:MOST_CARDS]


def test_what_is_unknown_leads_into_the_private_chat_instead(ana: Chatter, words: ElsewhereWords) -> None:
    offer = ana.types_elsewhere("zxqv wkjh")
    assert offer == Offer((), words.unknown, "src_inline", personal=offer.personal)
    ana.says(f"/start {offer.payload}")
    assert ana.person.source == "inline"


def test_a_card_says_in_one_short_line_what_the_answer_is(ana: Chatter) -> None:
    for each in ana.chats.pack[FaqFile].faq:
        offer = ana.types_elsewhere(each.question)
        for card in offer.cards:
            assert 0 < len(card.description) <= DESCRIPTION + 2
            assert "\n" not in card.description
        assert len(offer.cards) <= MOST_CARDS


@pytest.mark.parametrize("text", ["x" * 256, "👋", "<b>&amp;", "\u202e evil", "\ud800"])
def test_whatever_is_typed_has_an_answer(ana: Chatter, text: str) -> None:
    offer = ana.types_elsewhere(text)
    assert offer.cards or offer.label


def test_without_the_questions_nothing_is_offered(ana: Chatter, author: Author) -> None:
    author.switches_off("faq")
    author.removes_file("faq")
    ana.chats.restart_with(author.publishes())
    assert ana.types_elsewhere("").cards == ana.types_elsewhere("pay").cards == ()


def test_cards_are_anybodys_only_while_there_is_one_language(content: Library) -> None:
    bread = Chats(pack_library("bread")).meet()
    assert not bread.types_elsewhere("").personal
    assert len(content.bot.languages) > 1
    assert Chats(content).meet().types_elsewhere("").personal


def test_a_question_in_a_group_is_answered_in_one_message_that_leads_to_the_private_chat(
    ana: Chatter, words: ElsewhereWords, question: Question
) -> None:
    ana.remembers(Remember(HELPFUL, question.id, "yes"))
    before = ana.person
    ana.speaks_in_a_group(f"/faq {question.question}")
    ana.sees(question.question, question.answer)
    ana.sees_button(words.more)
    assert links(ana) == [f"https://t.me/the_bot?start=faq_{question.id}"]
    assert len(ana.labels) == 1
    assert ana.person == before
    assert ana.turn.changes == ()


def test_a_stranger_in_a_group_stays_a_stranger(ana: Chatter, question: Question) -> None:
    for text in (f"/faq {question.question}", "/faq", "/faq zxqv", "/progress", "hello"):
        ana.speaks_in_a_group(text)
        assert ana.person == Person(ana.person.id)


def test_a_question_that_may_mean_several_things_gets_links_to_them(real: Chatter) -> None:
    words, file = real.chats.words(ElsewhereWords), real.chats.pack[FaqFile].faq
    real.speaks_in_a_group("/faq work")
    real.sees(words.group_unsure)
    assert 1 < len(real.labels) <= 3
    for label, link in zip(real.labels, links(real), strict=True):
        found = file.get(link.partition("?start=faq_")[2])
        assert found is not None
        assert found.short == label


@pytest.fixture
def real() -> Chatter:
    return Chats(pack_library("firstlabel")).meet("Ana")


def test_a_question_that_is_unknown_or_left_out_leads_to_the_private_chat(
    ana: Chatter, words: ElsewhereWords
) -> None:
    ana.speaks_in_a_group("/faq zxqv wkjh")
    ana.sees(words.group_unknown)
    ana.sees_button(words.ask)
    ana.speaks_in_a_group("/faq")
    ana.sees(words.group_usage)
    assert links(ana) == ["https://t.me/the_bot?start=src_group"]


@pytest.mark.parametrize("text", ["/progress", "/start", "/nonsense", "hello"])
def test_everything_else_in_a_group_is_answered_as_before(ana: Chatter, text: str) -> None:
    ana.speaks_in_a_group(text)
    ana.sees(ana.chats.words(CommonWords).in_group)


def test_without_the_questions_a_group_is_told_to_come_into_the_private_chat(
    ana: Chatter, author: Author
) -> None:
    author.switches_off("faq")
    ana.chats.restart_with(author.publishes())
    ana.speaks_in_a_group("/faq how much")
    ana.sees(ana.chats.words(CommonWords).in_group)


def test_en_espanol_las_palabras_alrededor_son_espanolas(content: Library) -> None:
    eva = Chats(content).meet("Eva", language="es")
    words = content.pack("es").words(ElsewhereWords)
    assert words.ask != content.pack("en").words(ElsewhereWords).ask
    card, *_ = eva.types_elsewhere("").cards
    assert buttons_of(card.screen)[0].label == words.more
    eva.speaks_in_a_group("/faq")
    eva.sees(words.group_usage)

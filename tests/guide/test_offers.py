"""Is this offer safe? Conversations with somebody who got one."""

from __future__ import annotations

import pytest

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.offers import OffersFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.offers import SHOWN
from bot.guide.areas.offers_words import OffersWords
from bot.guide.offers.weighing import weigh
from bot.guide.pending import PENDING
from bot.guide.person import Asked, Remember
from bot.guide.regions import MINE, REGION
from tests.support.chat import Chats, Chatter
from tests.support.packs import Author

SCAM = "Congratulations! Pay the $35 registration fee today and you can start this job. Write to @hr_anna on Telegram."
ESTAFA = "¡Felicidades! Paga hoy la cuota de inscripción de 35 dólares para empezar este trabajo. Escribe por Telegram."
HONEST = (
    "Welcome to the project. Your account is ready, and the first lesson is in the portal. "
    "Results of the quiz come within a week, and payments go out each Friday."
)


@pytest.fixture
def pack_name() -> str:
    return "firstlabel"


@pytest.fixture
def words(chats: Chats) -> OffersWords:
    return chats.words(OffersWords)


def title(chats: Chats, id_: str, language: str = "en") -> str:
    flag = chats.guide.library.pack(language)[OffersFile].flags.get(id_)
    assert flag is not None
    return flag.title


def test_the_command_asks_for_the_text_and_then_names_the_signs(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.sees(words.title, words.ask)
    ana.says(SCAM)
    ana.sees(words.stop, title(ana.chats, "upfront-fee"), "Pay the $35 registration fee", words.report)
    assert ana.turn.area == "offers"


def test_a_text_after_the_command_is_looked_at_at_once(ana: Chatter, words: OffersWords) -> None:
    ana.says(f"/checkoffer {SCAM}")
    ana.sees(words.stop)


def test_a_pasted_offer_needs_no_command(ana: Chatter, words: OffersWords) -> None:
    ana.says(SCAM)
    ana.sees(words.stop)


def test_nothing_of_the_text_is_kept(ana: Chatter) -> None:
    ana.says("/checkoffer")
    ana.says(SCAM)
    assert ana.deeds == []
    assert ana.value(PENDING, "text") is None


def test_without_a_sign_it_says_that_this_is_no_proof(ana: Chatter, words: OffersWords) -> None:
    ana.says(f"/checkoffer {HONEST}")
    ana.sees(words.nothing, *words.checks)
    for word in ("safe", "legit", "trust this"):
        ana.sees_not(word)


def test_it_tells_where_to_report_in_the_persons_own_part_of_the_world(ana: Chatter) -> None:
    ana.says(SCAM)
    ana.sees("1326", "1930", "FTC")
    ana.remembers(Remember(REGION, MINE, "southeast-asia"))
    ana.says(SCAM)
    ana.sees("police", "1326")
    ana.sees_not("1930", "FTC")


def test_at_most_the_weightiest_signs_are_shown(ana: Chatter, words: OffersWords) -> None:
    text = (
        "Urgent hiring, 3 seats left! Earn $500 a day liking videos, no experience, no interview, guaranteed."
        " Pay a $30 registration fee, send your passport photo here and your bank password, install AnyDesk, and"
        " contact the manager on Telegram. Recharge 100 USDT to unlock tasks. bit.ly/x"
    )
    ana.says(f"/checkoffer {text}")
    shown = [label for label in ana.labels if label.startswith(words.detail.fill(title=""))]
    assert len(shown) == SHOWN
    found = weigh(ana.chats.guide.library, text, ana.chats.pack).raised
    assert len(found) > SHOWN
    ana.sees(words.others.fill(count=len(found) - SHOWN))


def test_a_sign_is_explained_below_the_result_which_stays(ana: Chatter, words: OffersWords) -> None:
    ana.says(SCAM)
    result = ana.screen
    flag = ana.chats.pack[OffersFile].flags.get("upfront-fee")
    assert flag is not None
    ana.taps(flag.title)
    ana.sees(flag.why, flag.what_to_do)
    assert result in ana.seen
    ana.taps(words.another)
    ana.sees(words.ask)


def test_all_signs_can_be_read_and_lead_back(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.taps(words.all_signs)
    flag = ana.chats.pack[OffersFile].flags[0]
    ana.taps(flag.title)
    ana.sees(flag.why)
    ana.taps(words.all_signs)
    ana.taps(ana.chats.words(CommonWords).next_page)
    ana.sees(words.signs_intro)


@pytest.mark.parametrize("way", ["/cancel", "button"])
def test_the_question_can_be_cancelled(ana: Chatter, words: OffersWords, way: str) -> None:
    ana.says("/checkoffer")
    if way == "button":
        ana.taps(words.cancel)
    else:
        ana.says(way)
    assert ana.value(PENDING, "text") is None
    ana.sees(ana.chats.words(MenuWords).title if way == "button" else ana.chats.words(MenuWords).cancelled)


def test_a_question_while_it_waits_is_answered_and_the_offer_may_follow(
    ana: Chatter, words: OffersWords
) -> None:
    ana.says("/checkoffer")
    ana.says("How do I get paid?")
    assert ana.turn.area == "faq"
    ana.says(HONEST)
    ana.sees(words.nothing)


def test_an_offer_that_asks_something_is_looked_at_and_not_noted_as_a_question(
    ana: Chatter, words: OffersWords
) -> None:
    ana.says("/checkoffer")
    ana.says("Hello Ana, we need a rater for our new project. Would you like to hear more on Monday at ten?")
    ana.sees(words.nothing)
    assert not any(isinstance(change, Asked) for change in ana.turn.changes)


def test_a_long_text_that_asks_nothing_is_not_noted_as_a_question(ana: Chatter) -> None:
    ana.says("We met by the river and the weather was fine, so we walked a little further. " * 4)
    assert not any(isinstance(change, Asked) for change in ana.turn.changes)


@pytest.mark.parametrize("aside", ["is this ok?", "and now?", "really??"])
def test_small_talk_while_it_waits_is_no_verdict(ana: Chatter, words: OffersWords, aside: str) -> None:
    ana.says("/checkoffer")
    ana.says(aside)
    ana.sees(words.too_short, words.ask)
    ana.says(SCAM)
    ana.sees(words.stop)


def test_a_link_alone_may_be_looked_at(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.says("http://appen-jobs.top/apply")
    ana.sees(title(ana.chats, "copycat-domain"))
    ana.says("/checkoffer")
    for link in ("https://bit.ly/3xyzjob", "https://outlier.ai", "https://my.oneforma.com"):
        ana.says(link)
        ana.sees(words.too_short)
        ana.sees_not(words.stop)


def test_a_picture_while_it_waits_asks_for_the_text_again(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.sends_a_sticker()
    ana.sees(words.only_text, words.ask)
    ana.says(SCAM)
    ana.sees(words.stop)


def test_a_long_story_of_ones_own_is_a_question(ana: Chatter, words: OffersWords) -> None:
    ana.says(
        "Good afternoon. I am a retired school teacher from Nakuru in Kenya, I am fifty-two years old, and I would"
        " like to know whether a person of my age can do this kind of work from home, in the evenings, with a small"
        " laptop, because my pension is late every month and I have two grandchildren at school"
    )
    assert ana.turn.area == "faq"
    ana.sees_not(words.nothing)


def test_a_single_word_is_too_short(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.says("job")
    ana.sees(words.too_short)
    ana.says(SCAM)
    ana.sees(words.stop)


def test_the_waiting_is_kept_over_a_restart_but_not_for_ever(ana: Chatter, words: OffersWords) -> None:
    ana.says("/checkoffer")
    ana.chats.restart_with(ana.chats.guide.library)
    ana.says(HONEST)
    ana.sees(words.nothing)
    ana.says("/checkoffer")
    ana.chats.later(minutes=61)
    ana.says("hello there my dear bot friend")
    ana.sees_not(words.nothing)


def test_what_people_ask_goes_on_to_the_questions(ana: Chatter) -> None:
    taken = []
    for question in ana.chats.pack[FaqFile].faq:
        for way in (question.question, question.short, *question.ask):
            ana.says(way)
            if ana.turn.area == "offers":
                taken.append(way)
    assert taken == []


def test_a_quote_never_becomes_markup(ana: Chatter) -> None:
    ana.says(
        "/checkoffer **Pay** the <b>$35</b> registration fee [now](https://x.example) to start the job _today_"
    )
    ana.sees("<b>$35</b>")


def test_signs_have_words_in_spanish(chats: Chats) -> None:
    eva = chats.meet("Eva", language="es-MX")
    pack = chats.guide.library.pack("es")
    eva.says("/checkoffer")
    eva.sees(pack.words(OffersWords).ask)
    eva.says(ESTAFA)
    eva.sees(pack.words(OffersWords).stop, title(chats, "upfront-fee", "es"), "cuota de inscripción")
    eva.says(f"/checkoffer {SCAM}")
    eva.sees(title(chats, "upfront-fee", "es"), "Pay the $35 registration fee")


def test_a_sign_that_is_no_more_leads_to_the_menu(ana: Chatter) -> None:
    ana.presses("os:nothing:1")
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    ana.presses("ol:99")
    assert ana.labels


@pytest.mark.parametrize("text", ["a" * 4096, "pay fee " * 512, "\u202e💰" * 1000, "@" * 4096])
def test_a_hostile_text_gets_an_answer(ana: Chatter, text: str) -> None:
    ana.says("/checkoffer")
    ana.says(text)
    assert ana.labels


def test_switched_off_texts_go_on_to_the_questions(ana: Chatter, author: Author) -> None:
    author.switches_off("offers")
    ana.chats.restart_with(author.publishes())
    ana.says(SCAM)
    assert ana.turn.area == "faq"
    ana.says("/checkoffer")
    ana.sees(ana.chats.words(MenuWords).unknown_command)


def test_without_the_points_of_words_the_signs_still_work(
    ana: Chatter, author: Author, words: OffersWords
) -> None:
    author.removes_file("offer_words")
    ana.chats.restart_with(author.publishes())
    ana.says(SCAM)
    ana.sees(words.stop)

"""Answers typed while the forecast or the matching waits for one, and what the matching then says of them."""

from __future__ import annotations

import pytest

from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.library import Pack
from bot.guide.areas.match_answers import MATCH
from bot.guide.areas.match_words import MatchWords
from bot.guide.areas.pay_words import PayWords
from bot.guide.areas.platform_card import PlatformCardWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.forecast import CHOICE
from bot.guide.matching import rank
from bot.guide.person import Remember
from bot.guide.regions import MINE, REGION
from tests.support.chat import Chats, Chatter, before_the_fold, plain
from tests.support.packs import pack_library


@pytest.fixture
def chats() -> Chats:
    return Chats(pack_library("firstlabel"))


def pack(person: Chatter) -> Pack:
    return person.chats.guide.library.pack(person.language)


@pytest.mark.parametrize(
    ("language", "typed", "hours"),
    [
        ("en", "10", "10"),
        ("en", "ten hours", "10"),
        ("en", "about 12 hours a week", "12"),
        ("en", "twenty five", "25"),
        ("es", "diez horas", "10"),
        ("es", "unas 12 horas por semana", "12"),
        ("es", "treinta y cinco horas a la semana", "35"),
        ("es", "tengo 8", "8"),
    ],
)
def test_the_hours_for_the_forecast_may_be_typed(chats: Chats, language: str, typed: str, hours: str) -> None:
    ana = chats.meet(language=language)
    ana.says("/pay")
    ana.says(typed)
    assert ana.value(CHOICE, "hours") == hours
    ana.sees(pack(ana).words(PayWords).ask_kind)


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "10 hours a day"), ("en", "10 or 20"), ("es", "diez horas al día"), ("es", "entre 5 y 10 horas")],
)
def test_hours_that_are_not_those_of_a_week_are_not_taken_for_them(
    chats: Chats, language: str, typed: str
) -> None:
    ana = chats.meet(language=language)
    ana.says("/pay")
    ana.says(typed)
    assert ana.value(CHOICE, "hours") is None


@pytest.mark.parametrize("typed", ["0", "90", "doscientas horas"])
def test_hours_that_no_week_has_are_asked_for_again(chats: Chats, typed: str) -> None:
    eva = chats.meet(language="es")
    words = pack(eva).words(PayWords)
    eva.says("/pay")
    eva.says(typed)
    eva.sees(words.hours_range.fill(most=80), words.ask_hours)
    eva.says("diez")
    assert eva.value(CHOICE, "hours") == "10"


def test_kind_and_level_may_be_typed_as_they_are_called(chats: Chats) -> None:
    ana = chats.meet()
    ana.says("/pay")
    ana.says("ten")
    kind = ana.labels[0].removeprefix("○ ")
    ana.says(kind)
    level = ana.labels[0].removeprefix("○ ")
    ana.says(level.lower())
    ana.sees(level, pack(ana).words(PayWords).honest)
    ana.says("10")
    assert ana.value(CHOICE, "hours") == "10"


def test_a_question_typed_meanwhile_is_answered_and_the_answer_can_still_come(chats: Chats) -> None:
    ana = chats.meet()
    ana.says("/pay")
    ana.says("is this a scam?")
    ana.sees_not(pack(ana).words(PayWords).ask_hours)
    ana.says("10")
    assert ana.value(CHOICE, "hours") == "10"


def test_a_number_that_nobody_asked_for_sets_nothing(chats: Chats) -> None:
    ana = chats.meet()
    ana.says("/pay")
    ana.says("/menu")
    ana.says("10")
    assert ana.value(CHOICE, "hours") is None


def asked(chats: Chats, question: str, language: str) -> Chatter:
    person = chats.meet(language=language)
    person.presses(f"mq:{question}:0")
    return person


@pytest.mark.parametrize(
    ("language", "typed", "option"),
    [
        ("en", "4", "few"),
        ("en", "ten hours a week", "some"),
        ("en", "15", "some"),
        ("es", "veinte horas", "many"),
        ("es", "Menos de 5 horas", "few"),
    ],
)
def test_the_hours_for_the_matching_may_be_typed(
    chats: Chats, language: str, typed: str, option: str
) -> None:
    ana = asked(chats, "hours", language)
    ana.says(typed)
    assert ana.value(MATCH, "hours") == option
    label = pack(ana)[MatchingFile].questions[1].options.get(option)
    assert label
    ana.sees(pack(ana).words(MatchWords).understood.fill(answer=label.label))


@pytest.mark.parametrize(
    ("language", "typed", "region"),
    [
        ("es", "vivo en México", "latin-america"),
        ("es", "Guadalajara, Jalisco", "latin-america"),
        ("es", "España", "europe"),
        ("en", "I live in Kenya", "africa"),
        ("en", "I'm from Nigeria", "africa"),
        ("en", "Phillipines", "southeast-asia"),
        ("en", "USA", "north-america"),
        ("en", "India", "south-asia"),
        ("en", "Latin America", "latin-america"),
    ],
)
def test_where_one_lives_may_be_typed(chats: Chats, language: str, typed: str, region: str) -> None:
    ana = asked(chats, "country", language)
    ana.says(typed)
    assert ana.value(REGION, MINE) == region
    title = pack(ana).shelf("regions")
    assert title
    entry = title.get(region)
    assert entry
    ana.sees(pack(ana).words(MatchWords).understood.fill(answer=entry.caption))


def test_a_typed_answer_to_a_question_asked_alone_is_said_again_above_what_it_moved(chats: Chats) -> None:
    ana = chats.meet()
    ana.presses("mq:country:1")
    ana.says("Nigeria")
    regions = pack(ana).shelf("regions")
    assert regions
    africa = regions.get("africa")
    assert africa
    ana.sees(pack(ana).words(MatchWords).understood.fill(answer=africa.caption))
    ana.sees(pack(ana).words(MatchWords).title)


def test_so_is_one_of_several_answers_to_it(chats: Chats) -> None:
    ana = chats.meet()
    ana.presses("mq:language:1")
    ana.says("English")
    ana.sees(pack(ana).words(MatchWords).understood.fill(answer="English"))
    language = pack(ana)[MatchingFile].questions.get("language")
    assert language
    ana.sees(language.question)


def test_a_place_in_more_than_one_part_of_the_world_is_asked_about(chats: Chats) -> None:
    eva = asked(chats, "country", "es")
    eva.says("Guadalajara")
    eva.sees(pack(eva).words(MatchWords).which_of_these)
    assert eva.value(REGION, MINE) is None
    eva.says("México")
    assert eva.value(REGION, MINE) == "latin-america"


@pytest.mark.parametrize(
    "typed",
    ["how do I get paid?", "is this a scam", "do I need a degree", "what is annotation", "can I use a vpn"],
)
def test_a_question_is_no_place(chats: Chats, typed: str) -> None:
    ana = asked(chats, "country", "en")
    ana.says(typed)
    assert ana.value(REGION, MINE) is None
    ana.says("kenya")
    assert ana.value(REGION, MINE) == "africa"


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "tell me more"),
        ("en", "how to earn more"),
        ("en", "can i do it on mobile"),
        ("es", "puede entrar cualquiera sin saber nada"),
    ],
)
def test_a_sentence_that_ends_in_the_name_of_some_town_is_no_place(
    chats: Chats, language: str, typed: str
) -> None:
    ana = asked(chats, "country", language)
    ana.says("Philippines")
    ana.presses("mq:country:0")
    ana.says(typed)
    assert ana.value(REGION, MINE) == "southeast-asia"


@pytest.mark.parametrize(
    ("language", "typed", "region"),
    [
        ("en", "Nairobi", "africa"),
        ("en", "I live in Nairobi", "africa"),
        ("en", "a village near Nairobi Kenya", "africa"),
        ("en", "I think I'm in India", "south-asia"),
        ("es", "vivo en Medellín", "latin-america"),
    ],
)
def test_a_town_is_known_alone_behind_i_live_in_or_beside_its_country(
    chats: Chats, language: str, typed: str, region: str
) -> None:
    ana = asked(chats, "country", language)
    ana.says(typed)
    assert ana.value(REGION, MINE) == region


def test_several_answers_may_be_typed_in_one_line(chats: Chats) -> None:
    eva = asked(chats, "language", "es")
    eva.says("español e inglés")
    eva.says("español y portugués")
    assert eva.value(MATCH, "language") == "english,spanish,portuguese"
    eva.taps(pack(eva).words(MatchWords).next)


def test_an_answer_may_be_changed_by_typing_it(chats: Chats) -> None:
    ana = asked(chats, "hours", "en")
    ana.says("4")
    ana.presses("mq:hours:1")
    ana.says("twenty")
    assert ana.value(MATCH, "hours") == "many"
    assert plain(pack(ana).words(MatchWords).title) in ana.text


def test_only_questions_that_are_asked_are_numbered(chats: Chats) -> None:
    eva = chats.meet(language="es")
    eva.remembers(Remember(ANSWER, "device", "computer"), Remember(ANSWER, "time", "some"))
    words, questions = pack(eva).words(MatchWords), pack(eva)[MatchingFile].questions
    eva.says("/match")
    eva.sees_not("Cinco")
    eva.taps(words.begin)
    for number, question in enumerate(questions[2:], 1):
        eva.sees(words.question_number.fill(number=number, total=4), question.question)
        eva.taps(words.skip)
    eva.sees(words.result_intro)


def test_the_way_back_leaves_out_what_was_known_before(chats: Chats) -> None:
    ana = chats.meet()
    ana.remembers(Remember(ANSWER, "time", "some"))
    words, questions = pack(ana).words(MatchWords), pack(ana)[MatchingFile].questions
    ana.says("/match")
    ana.taps(words.begin)
    ana.sees(questions[0].question)
    ana.taps("Only a phone")
    ana.sees(words.question_number.fill(number=2, total=5), questions[2].question)
    ana.taps(words.back)
    ana.sees(words.question_number.fill(number=1, total=5), questions[0].question)


@pytest.mark.parametrize("language", ["en", "es"])
def test_praise_is_no_reason_why_not(chats: Chats, language: str) -> None:
    ana = chats.meet(language=language)
    ana.remembers(
        Remember(MATCH, "device", "both"),
        Remember(MATCH, "hours", "some"),
        Remember(MATCH, "language", "spanish"),
    )
    words, friendly = pack(ana).words(MatchWords), pack(ana).words(PlatformCardWords).beginners.friendly
    ana.presses("mo:0")
    pages = [ana.text]
    for page in range(1, 9):
        ana.presses(f"mo:{page}")
        pages.append(ana.text)
    assert all(plain(friendly) not in page for page in pages)
    assert any(plain(words.lower.answers) in page or plain(words.lower.general) in page for page in pages)


def test_what_asks_for_another_language_is_not_said_to_work(chats: Chats) -> None:
    eva = chats.meet(language="es")
    eva.remembers(Remember(MATCH, "language", "spanish"), Remember(MATCH, "device", "computer"))
    words = pack(eva).words(MatchWords)
    uhrs = pack(eva)[PlatformsFile].platforms.get("microsoft-uhrs")
    assert uhrs
    for page in range(9):
        eva.presses(f"mo:{page}")
        if f"{uhrs.name}: Pide inglés" in eva.text:
            before = eva.text[: eva.text.index(f"{uhrs.name}: ")]
            assert before.rfind(plain(words.missing)) > before.rfind(plain(words.less_well))
            return
    raise AssertionError("it is not listed")


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_not_known_of_ones_country_is_read_at_once(chats: Chats, language: str) -> None:
    ama = chats.meet(language=language)
    ama.remembers(Remember(MATCH, "device", "phone"), Remember(REGION, MINE, "africa"))
    ama.presses("mr")
    country = pack(ama)[MatchingFile].questions.get("country")
    assert country
    unknown = plain(country.says.unknown.fill(answer="", wanted=""))
    assert before_the_fold(ama.screen.text.nodes).count(unknown) == ama.text.count(unknown) == 2
    ama.sees_not(pack(ama).words(MatchWords).no_country)


@pytest.mark.parametrize(
    ("device", "region"),
    [("phone", "africa"), ("computer", "africa"), ("both", "latin-america"), ("computer", "north-america")],
)
def test_what_is_known_to_be_open_where_one_lives_stands_above_what_is_not(device: str, region: str) -> None:
    content = pack_library("firstlabel").pack(None)
    found = rank(content, {"device": (device,), "country": (region,), "background": ("none",)})
    levels = [v.level for match in found.fitting for v in match.verdicts if v.question.id == "country"]
    assert "unknown" in levels
    assert "good" not in levels[levels.index("unknown") :]


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_did_not_tell_their_country_is_told_that_it_does_not_count(chats: Chats, language: str) -> None:
    ana = chats.meet(language=language)
    ana.remembers(Remember(MATCH, "device", "computer"))
    ana.presses("mr")
    ana.sees(pack(ana).words(MatchWords).no_country)

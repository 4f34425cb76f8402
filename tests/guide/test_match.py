"""Where to sign up: a few questions, three suggestions with reasons, and what another answer would move."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content.kinds.matching import MatchingFile, Question
from bot.content.kinds.platforms import Platform, PlatformsFile
from bot.content.library import Library
from bot.guide.areas.common import CommonWords
from bot.guide.areas.match_answers import MATCH
from bot.guide.areas.match_words import MatchWords
from bot.guide.areas.platform_card import PlatformCardWords
from bot.guide.areas.platforms_words import PlatformsWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.tally import TRACK
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.locales import day_text
from bot.guide.matching import rank
from bot.guide.matching_table import choices
from bot.guide.person import Remember
from bot.guide.regions import MINE, REGION
from bot.guide.screen import TapButton
from bot.guide.taps import Open
from tests.support.chat import Chats, Chatter, buttons_of
from tests.support.packs import Author, pack_library


@pytest.fixture
def words(chats: Chats) -> MatchWords:
    return chats.words(MatchWords)


@pytest.fixture
def questions(chats: Chats) -> tuple[Question, ...]:
    return tuple(chats.pack[MatchingFile].questions)


@pytest.fixture
def first(questions: tuple[Question, ...]) -> Question:
    return questions[0]


@pytest.fixture
def real() -> Chatter:
    """Somebody in a chat with the bot that is about this program's own subject."""
    return Chats(pack_library("firstlabel")).meet("Ana")


def suggested(ana: Chatter) -> list[str]:
    """The ids of the entries suggested, best first."""
    buttons = (button for button in buttons_of(ana.screen) if isinstance(button, TapButton))
    found = [button.tap.id for button in buttons if isinstance(button.tap, Open)]
    return list(dict.fromkeys(found))


def best(ana: Chatter, **given: tuple[str, ...]) -> Platform:
    return rank(ana.chats.pack, given).fitting[0].platform


def test_every_question_answered_leads_to_three_with_all_that_one_should_know(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...]
) -> None:
    ana.says("/match")
    ana.sees(words.title, words.intro)
    ana.taps(words.begin)
    for question in questions:
        ana.sees(question.question)
        ana.taps(choices(ana.chats.pack, question)[0].label)
        if question.several:
            ana.sees(question.question, words.several)
            ana.taps(words.next)
    ana.sees(words.result_intro)
    given = {question.id: (choices(ana.chats.pack, question)[0].id,) for question in questions}
    found = rank(ana.chats.pack, given)
    assert suggested(ana) == [match.platform.id for match in found.top]
    card = ana.chats.words(PlatformCardWords)
    for number, match in enumerate(found.top, 1):
        each = match.platform
        ana.sees(words.place.fill(number=number, name=each.name), each.entry, each.payout)
        ana.sees(*each.cautions[:1], getattr(card.confidence, each.confidence))
        ana.sees(card.checked.fill(date=day_text("en", each.checked, ana.chats.now.date())))


def test_every_question_can_be_skipped_and_is_not_asked_again(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...]
) -> None:
    ana.says("/match")
    ana.taps(words.begin)
    for question in questions:
        ana.sees(question.question)
        ana.taps(words.skip)
        assert ana.value(MATCH, question.id) == ""
    assert suggested(ana) == [match.platform.id for match in rank(ana.chats.pack, {}).top]
    ana.says("/match")
    ana.sees(words.result_intro)


def test_the_result_can_be_seen_at_any_time(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...]
) -> None:
    ana.says("/match")
    ana.taps(words.see_result)
    assert suggested(ana)
    assert ana.deeds == []
    for question in questions:
        ana.presses(f"mq:{question.id}:0")
        ana.taps(words.see_result)
        assert suggested(ana)


def test_one_can_go_back_and_take_an_answer_back(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...], first: Question
) -> None:
    option = choices(ana.chats.pack, first)[0]
    chosen = words.option_chosen.fill(answer=option.label)
    ana.says("/match")
    ana.taps(words.begin)
    ana.taps(option.label)
    ana.sees(questions[1].question)
    ana.taps(words.back)
    ana.taps(chosen)
    ana.sees(first.question)
    ana.sees_no_button(chosen)
    assert ana.value(MATCH, first.id) == ""


def test_several_answers_stay_ticked_and_a_second_tap_on_an_old_button_changes_nothing(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...]
) -> None:
    question = next(each for each in questions if each.several)
    one, other, *_ = choices(ana.chats.pack, question)
    ana.presses(f"mq:{question.id}:0")
    old = ana.screen
    ana.taps(other.label)
    ana.taps(one.label)
    assert ana.value(MATCH, question.id) == f"{one.id},{other.id}"
    before = ana.screen
    ana.taps_old(old, other.label)
    assert ana.screen == before
    ana.taps(words.option_chosen.fill(answer=one.label))
    assert ana.value(MATCH, question.id) == other.id


def test_what_was_answered_in_the_welcome_is_known_and_the_latest_answer_counts(
    ana: Chatter, words: MatchWords, questions: tuple[Question, ...]
) -> None:
    question = next(each for each in questions if each.known_from and not each.options_from)
    one, other, *_ = choices(ana.chats.pack, question)
    ana.remembers(Remember(ANSWER, question.known_from or "", one.id))
    ana.says("/match")
    ana.sees(words.already_known.fill(answers=one.label))
    ana.taps(words.begin)
    ana.sees_not(question.question)
    ana.chats.later(hours=1)
    ana.presses(f"mc:{question.id}:{other.id}:1:1")
    ana.taps(words.change)
    ana.sees_button(words.change_entry.fill(question=question.short, answer=other.label))
    for option in (other, one):
        ana.chats.later(hours=1)
        ana.remembers(Remember(ANSWER, question.known_from or "", option.id))
    ana.presses("ml")
    ana.sees_button(words.change_entry.fill(question=question.short, answer=one.label))
    for chosen, label in ((1, other.label), (0, words.unanswered)):
        ana.chats.later(hours=1)
        ana.presses(f"mc:{question.id}:{other.id}:{chosen}:1")
        ana.presses("ml")
        ana.sees_button(words.change_entry.fill(question=question.short, answer=label))


def test_whoever_told_everything_before_sees_the_result_or_changes_an_answer(
    ana: Chatter, words: MatchWords, author: Author
) -> None:
    def keep_first(data: Any) -> None:
        data["questions"] = data["questions"][:1]

    author.edits("matching", keep_first)
    author.edits("platforms", _take_nothing)
    ana.chats.restart_with(author.publishes())
    (question,) = ana.chats.pack[MatchingFile].questions
    option = choices(ana.chats.pack, question)[0]
    ana.remembers(Remember(ANSWER, question.known_from or "", option.id))
    ana.says("/match")
    ana.sees_no_button(words.begin)
    ana.taps(words.change)
    ana.sees_button(words.change_entry.fill(question=question.short, answer=option.label))


def _take_nothing(data: Any) -> None:
    for each in data.get("platforms", ()):
        each.pop("takes", None)


def test_i_signed_up_is_tracked_and_counts_as_it_does_elsewhere(ana: Chatter, words: MatchWords) -> None:
    stages = ana.chats.pack[PlatformsFile].stages
    platform = best(ana)
    ana.says("/match")
    ana.taps(words.see_result)
    old = ana.screen
    ana.taps(words.signed_up.fill(number=1))
    ana.is_told(words.notice_signed_up.fill(name=platform.name, stage=stages[0].title))
    assert ana.value(TRACK, platform.id) == stages[0].id
    ana.sees_button(words.tracked.fill(number=1, stage=stages[0].title))
    ana.presses(f"pt:{platform.id}:{stages[1].id}")
    ana.taps_old(old, words.signed_up.fill(number=1))
    assert ana.value(TRACK, platform.id) == stages[1].id
    ana.taps(words.tracked.fill(number=1, stage=stages[1].title))
    ana.sees_button(ana.chats.words(PlatformsWords).stage_chosen.fill(stage=stages[1].title))


def test_what_may_not_be_suggested_cannot_be_signed_up_for_by_a_forged_button(ana: Chatter) -> None:
    for each in ana.chats.pack[PlatformsFile].platforms:
        if not (each.recommended and each.paid):
            ana.presses(f"ms:{each.id}")
            ana.is_told(ana.chats.words(CommonWords).gone_entry)
            assert ana.value(TRACK, each.id) is None


def test_why_not_the_others_names_every_other_one(ana: Chatter, words: MatchWords) -> None:
    common = ana.chats.words(CommonWords)
    ana.says("/match")
    ana.taps(words.see_result)
    top = set(suggested(ana))
    ana.taps(words.why_not)
    named = set(suggested(ana))
    pages = [ana.text]
    while common.next_page in ana.labels:
        ana.taps(common.next_page)
        named |= set(suggested(ana))
        pages.append(ana.text)
    assert named == {each.id for each in ana.chats.pack[PlatformsFile].platforms} - top
    closed = [each for each in ana.chats.pack[PlatformsFile].platforms if each.status == "closed"]
    assert closed
    for each in closed:
        line = words.rest_line.fill(name=each.name, why=ana.chats.words(PlatformCardWords).status.closed)
        assert any(line.plain in page for page in pages)
    ana.presses("mo:99")
    assert ana.text == pages[-1]


@pytest.mark.parametrize(
    "data", ["mq:nothing:0", "mc:nothing:x:1:0", "mc:{first}:nothing:1:0", "mk:nothing", "ms:nothing"]
)
def test_a_forged_button_is_answered_kindly(ana: Chatter, first: Question, data: str) -> None:
    ana.presses(data.replace("{first}", first.id))
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


def test_answers_survive_a_renamed_question_and_a_renamed_option(
    ana: Chatter, author: Author, first: Question
) -> None:
    option = choices(ana.chats.pack, first)[0]
    ana.presses(f"mc:{first.id}:{option.id}:1:0")
    author.renames("matching", "questions", first.id, "other-question")
    author.renames("matching", "questions.options", option.id, "other-option")
    author.edits("platforms", _take_nothing)
    ana.chats.restart_with(author.publishes())
    (renamed, *_), words = ana.chats.pack[MatchingFile].questions, ana.chats.words(MatchWords)
    assert renamed.id == "other-question"
    ana.presses("ml")
    ana.sees_button(words.change_entry.fill(question=renamed.short, answer=option.label))
    ana.taps(words.change_entry.fill(question=renamed.short, answer=option.label))
    ana.taps(words.option_chosen.fill(answer=option.label))
    assert ana.value(MATCH, "other-question") == ""
    assert ana.value(MATCH, first.id) is None


def test_it_works_without_the_list_of_platforms(ana: Chatter, words: MatchWords, author: Author) -> None:
    author.switches_off("platforms")
    ana.chats.restart_with(author.publishes())
    platform = best(ana)
    ana.says("/match")
    ana.taps(words.see_result)
    ana.sees(platform.name)
    assert suggested(ana) == []
    ana.taps(words.signed_up.fill(number=1))
    assert ana.value(TRACK, platform.id)
    ana.taps(words.why_not)
    assert suggested(ana) == []


def test_delete_me_and_my_data_know_the_answers(ana: Chatter, first: Question) -> None:
    option = choices(ana.chats.pack, first)[0]
    ana.presses(f"mc:{first.id}:{option.id}:1:0")
    ana.says("/mydata")
    assert f'"item": "{first.id}"'.encode() in ana.file.content
    ana.says("/deleteme")
    ana.taps(ana.chats.words(SettingsWords).delete_yes)
    assert ana.value(MATCH, first.id) is None


def test_somebody_with_only_a_phone_is_told_what_needs_a_computer(real: Chatter) -> None:
    words = real.chats.words(MatchWords)
    real.says("/match")
    real.taps(words.begin)
    real.sees("Question 1 of 6")
    real.taps("Only a phone")
    real.sees("Question 2 of 6")
    real.taps(words.see_result)
    fitting = suggested(real)
    assert "oneforma" not in fitting
    real.taps(words.why_not)
    common = real.chats.words(CommonWords)
    seen = real.text
    while common.next_page in real.labels:
        real.taps(common.next_page)
        seen += real.text
    assert "OneForma (Centific): It needs a computer; you have a phone." in seen


def test_changing_an_answer_shows_what_moved_up(real: Chatter) -> None:
    words = real.chats.words(MatchWords)
    real.presses("mc:device:phone:1:0")
    real.says("/match")
    before = suggested(real)
    real.taps(words.change)
    real.taps("Device")
    real.sees(words.now_on_top.fill(names=", ".join(_names(real, before))))
    real.taps("A computer and a phone")
    up = [id_ for place, id_ in enumerate(suggested(real)) if id_ not in before or place < before.index(id_)]
    assert up
    real.sees(words.moved_up.fill(names=", ".join(_names(real, up))))
    real.taps(words.change)
    real.taps("Device")
    real.taps("✓ 💻📱 A computer and a phone")
    real.taps("A computer and a phone")
    real.sees(words.nothing_moved)


def test_changing_one_of_several_answers_shows_it_below_the_question(real: Chatter) -> None:
    words = real.chats.words(MatchWords)
    real.presses("mq:work:1")
    before = rank(real.chats.pack, {}).top
    real.taps("Medical")
    after = rank(real.chats.pack, {"work": ("specialised",)}).top
    real.sees(words.now_on_top.fill(names=", ".join(match.platform.name for match in after)))
    assert before != after
    real.taps(words.see_result)
    assert suggested(real) == [match.platform.id for match in after]


def test_every_question_has_a_number_of_its_own(real: Chatter) -> None:
    real.presses("mq:country:0")
    real.sees("Question 4 of 6")
    real.taps("Africa")
    real.sees("Question 5 of 6", "Which languages")
    assert real.value(REGION, MINE) == "africa"
    real.taps(real.chats.words(MatchWords).skip)
    real.sees("Question 6 of 6")


def test_where_one_lives_is_asked_once_for_the_whole_bot(real: Chatter) -> None:
    real.remembers(Remember(REGION, MINE, "oceania"))
    real.presses("ml")
    real.sees_button("Where you live: 🌏 Australia")
    real.presses("mc:country:oceania:0:1")
    assert real.value(REGION, MINE) is None


def test_an_expert_is_sent_where_experts_are_looked_for(real: Chatter) -> None:
    real.presses("mc:device:computer:1:0")
    real.presses("mc:work:specialised:1:0")
    real.presses("mc:background:expert:1:0")
    first, *_ = suggested(real)
    take = next(
        take
        for take in real.chats.pack[PlatformsFile].platforms.get(first).takes  # type: ignore[union-attr]
        if take.question == "background"
    )
    assert take.best == ("expert",)
    real.sees("It looks for people with your training")


def test_when_nothing_fits_it_says_so_and_what_would_change_it(ana: Chatter, author: Author) -> None:
    def only_far(data: Any) -> None:
        for each in data.get("platforms", ()):
            if "takes" in each or "sources" in each:
                each["takes"] = [{"question": "here", "good": ["yes"], "unfit": ["no"]}]

    author.edits("platforms", lambda data: None if "summary" in data["platforms"][0] else only_far(data))
    author.edits("matching", _one_question)
    ana.chats.restart_with(author.publishes())
    words = ana.chats.words(MatchWords)
    ana.says("/match")
    ana.taps(words.begin)
    ana.taps("No way")
    ana.sees(words.nothing, words.would_change)
    count = len(rank(ana.chats.pack, {}).fitting)
    ana.taps(words.way.fill(answer="Yes please", count=count))
    ana.sees(words.none_on_top)
    ana.taps("Yes please")
    assert len(suggested(ana)) == min(3, count)
    ana.sees(words.moved_up.fill(names=", ".join(_names(ana, suggested(ana)))))


def _one_question(data: Any) -> None:
    if "ease" in data:
        data["questions"] = [
            {
                "id": "here",
                "excludes": True,
                "points": {"good": 1, "unfit": -1},
                "options": [{"id": "yes"}, {"id": "no"}],
            }
        ]
        return
    says = dict.fromkeys(("good", "partly", "unfit", "unknown"), "{answer}")
    options = [
        {"id": "yes", "label": "Yes please", "phrase": "yes"},
        {"id": "no", "label": "No way", "phrase": "no"},
    ]
    data["questions"] = [
        {"id": "here", "question": "Here?", "short": "Here", "says": says, "options": options}
    ]


def test_the_platforms_and_the_menu_lead_here(ana: Chatter, words: MatchWords) -> None:
    for start in ("/platforms", "/menu"):
        ana.says(start)
        ana.taps(words.title)
        ana.sees(words.intro)


def test_en_espanol_una_persona_con_solo_un_telefono(content: Library) -> None:
    eva = Chats(content).meet("Eva", language="es-MX")
    words = content.pack("es").words(MatchWords)
    eva.says("/match")
    eva.sees("Unas preguntas cortas")
    eva.taps("Empecemos")
    eva.sees("Pregunta 1 de 6", "¿Con qué puedes trabajar?")
    eva.taps("📱 Solo un teléfono")
    eva.taps("Menos de 5 horas")
    eva.taps("Saltar ›")
    eva.taps("Saltar ›")
    eva.taps("Español")
    eva.sees_button("✓ Español")
    eva.taps("Siguiente ›")
    eva.taps("🌱 Ninguna, y está bien")
    eva.sees(words.result_intro, "Para entrar", "Primer dinero", "Lo que no sabemos")
    eva.taps("¿Por qué no las otras?")
    eva.sees("Pide una computadora; tú tienes un teléfono.")
    eva.presses("ml")
    eva.taps("Equipo")
    eva.taps("💻 Una computadora")
    eva.sees("Ahora más arriba:")


def _names(ana: Chatter, ids: list[str]) -> list[str]:
    shelf = ana.chats.pack[PlatformsFile].platforms
    return [platform.name for id_ in ids if (platform := shelf.get(id_))]

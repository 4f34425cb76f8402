"""Choosing the language: found by who can't read this one, kept, and beating Telegram's."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.guide.action import Event, Say
from bot.guide.areas.common import CommonWords
from bot.guide.areas.language import LanguageWords
from bot.guide.areas.menu import MenuWords
from bot.guide.areas.progress import ProgressWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.welcome_words import WelcomeWords
from bot.guide.languages import own_name
from bot.guide.person import Plan, Schedule
from bot.guide.tip_times import next_tip
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library

ENGLISH, SPANISH = "English", "Español"


@pytest.fixture
def both() -> Library:
    return pack_library("firstlabel")


@pytest.fixture
def eva(both: Library) -> Chatter:
    """Her phone speaks English; she would rather read Spanish."""
    return Chats(both).meet("Eva", language="en")


@pytest.fixture
def en(both: Library) -> LanguageWords:
    return both.pack("en").words(LanguageWords)


@pytest.fixture
def es(both: Library) -> LanguageWords:
    return both.pack("es").words(LanguageWords)


def test_a_newcomer_sees_the_other_language_by_its_own_name_and_goes_on_in_it(
    eva: Chatter, both: Library, es: LanguageWords
) -> None:
    eva.says("/start")
    eva.taps(f"🌐 {SPANISH}")
    eva.taps(SPANISH)
    eva.is_told(es.notice)
    welcome = both.pack("es").words(WelcomeWords)
    eva.sees(welcome.hello.fill(name="Eva"), welcome.never)
    eva.sees_button(f"🌐 {ENGLISH}")
    eva.says("/menu")
    eva.sees(both.pack("es").words(MenuWords).intro)


def test_the_settings_lead_to_the_choice_and_back(eva: Chatter, both: Library, es: LanguageWords) -> None:
    english, spanish = (both.pack(code).words(SettingsWords) for code in ("en", "es"))
    eva.says("/settings")
    eva.sees(english.language.fill(language=ENGLISH))
    eva.taps(both.pack("en").words(LanguageWords).title)
    eva.taps(SPANISH)
    eva.sees(es.intro)
    eva.sees_button(es.chosen.fill(language=SPANISH))
    eva.taps(spanish.title)
    eva.sees(spanish.intro, spanish.language.fill(language=SPANISH))


def test_the_choice_beats_telegram_and_survives_a_restart(eva: Chatter, both: Library) -> None:
    spanish = both.pack("es").words(MenuWords)
    eva.says("/language")
    eva.taps(SPANISH)
    for telegram in ("en", "en-GB", "fr", None):
        eva.language = telegram
        eva.chats.restart_with(both)
        eva.says("/menu")
        eva.sees(spanish.intro)
    apology = eva.chats.guide.apology(eva.person, Event(eva.person.id, Say("x"), "Eva", "en"), "K7QX").screen
    assert apology is not None
    assert apology.text == both.pack("es").words(CommonWords).apology.fill(reference="K7QX")


def test_tips_come_in_the_chosen_language(eva: Chatter, both: Library) -> None:
    eva.says("/language")
    eva.taps(SPANISH)
    plan = Plan("America/Bogota", 420)
    eva.remembers(Schedule(plan, next_tip(plan, eva.chats.now, None)))
    eva.waits_for_the_tip()
    eva.sees("Consejo")


def test_who_takes_the_choice_back_goes_by_telegram_again(
    eva: Chatter, both: Library, en: LanguageWords, es: LanguageWords
) -> None:
    eva.says("/language")
    eva.sees_button(en.chosen.fill(language=en.same))
    eva.taps(SPANISH)
    eva.taps(es.same)
    eva.is_told(en.notice_same)
    eva.sees_button(en.chosen.fill(language=en.same))
    eva.language = "es-MX"
    eva.says("/language")
    eva.sees(es.intro)
    assert eva.deeds == []


def test_a_second_tap_and_an_old_screen_say_the_same_again(eva: Chatter, es: LanguageWords) -> None:
    eva.says("/language")
    old = eva.screen
    for _ in range(2):
        eva.taps_old(old, SPANISH)
        eva.is_told(es.notice)
        eva.sees_button(es.chosen.fill(language=SPANISH))


def test_to_choose_a_language_is_not_yet_to_have_begun(eva: Chatter, both: Library) -> None:
    eva.says("/language")
    eva.taps(SPANISH)
    spanish = both.pack("es")
    eva.says("/progress")
    eva.sees(spanish.words(ProgressWords).nothing_yet)
    eva.says("/start")
    eva.sees(spanish.words(WelcomeWords).hello.fill(name="Eva"))


def test_the_choice_is_among_the_data_and_goes_with_them(eva: Chatter, both: Library) -> None:
    eva.says("/language")
    eva.taps(SPANISH)
    eva.says("/mydata")
    marks = json.loads(eva.file.content)["marks"]
    assert [(mark["kind"], mark["value"]) for mark in marks] == [("language", "es")]
    eva.says("/deleteme")
    eva.taps(both.pack("es").words(SettingsWords).delete_yes)
    eva.says("/menu")
    eva.sees(both.pack("en").words(MenuWords).intro)


@pytest.mark.parametrize("code", ["fr", "x", "es-mx"])
def test_a_language_that_there_is_not_is_not_kept(eva: Chatter, both: Library, code: str) -> None:
    eva.presses(f"ls:{code}:")
    eva.is_told(both.pack("en").words(CommonWords).gone_entry)
    assert not eva.person.marks


def test_a_language_that_was_taken_out_leaves_telegrams(eva: Chatter) -> None:
    eva.says("/language")
    eva.taps(SPANISH)
    bread = pack_library("bread")
    eva.chats.restart_with(bread)
    eva.says("/menu")
    eva.sees(bread.pack("en").words(MenuWords).intro)


def test_of_many_languages_the_welcome_names_a_few(both: Library) -> None:
    codes = ("en", "es", "pt-br", "id", "vi")
    bot = both.bot.model_copy(update={"languages": codes})
    packs = {**dict.fromkeys(codes, both.pack("en")), "es": both.pack("es")}
    eva = Chats(replace(both, bot=bot, packs=packs)).meet("Eva")
    eva.says("/start")
    eva.taps("🌐 Español · Português (Brasil) · …")
    for name in ("Indonesia", "Tiếng Việt", SPANISH, ENGLISH):
        eva.sees_button(name)


def test_with_one_language_there_is_nothing_to_choose() -> None:
    chats = Chats(pack_library("bread"))
    ben = chats.meet("Ben")
    words = chats.words(LanguageWords)
    assert "language" not in dict(chats.guide.menu("en").commands)
    ben.says("/language")
    ben.sees(chats.words(MenuWords).unknown_command)
    ben.presses("ls:en:")
    ben.is_told(chats.words(CommonWords).gone_entry)
    ben.says("/settings")
    ben.sees_no_button(words.title)
    ben.says("/start")
    ben.sees_no_button("🌐")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("es", "Español"),
        ("pt-br", "Português (Brasil)"),
        ("ar", "العربية"),
        ("qqq", "qqq"),
    ],
)
def test_a_language_is_called_as_its_speakers_call_it(code: str, name: str) -> None:
    assert own_name(code) == name

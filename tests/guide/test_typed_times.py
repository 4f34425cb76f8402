"""The hour of the daily tip and the place one lives in, typed as people speak of them."""

from __future__ import annotations

import pytest

from bot.guide.areas.tip_hour import TipHourWords
from bot.guide.areas.tip_zone import TipZoneWords
from bot.guide.areas.tips import TipsWords
from bot.guide.person import Settle
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library


@pytest.fixture
def chats() -> Chats:
    return Chats(pack_library("firstlabel"))


def who_is_asked_for_the_hour(chats: Chats, language: str) -> Chatter:
    person = chats.meet(language=language)
    person.remembers(Settle("America/Bogota"))
    person.says("/tips")
    person.taps(chats.guide.library.pack(language).words(TipsWords).begin)
    return person


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("8 de la noche", "20:00"),
        ("A las siete y media de la mañana, por favor", "07:30"),
        ("ocho de la noche", "20:00"),
        ("21 horas", "21:00"),
        ("a las 21 horas", "21:00"),
        ("tipo 6 y media de la tarde", "18:30"),
        ("ocho y cuarto de la noche", "20:15"),
        ("ocho menos cuarto de la noche", "19:45"),
        ("un cuarto para las ocho de la noche", "19:45"),
        ("siete y veinticinco de la tarde", "19:25"),
        ("siete treinta am", "07:30"),
        ("siete y diez de la tarde", "19:10"),
        ("8 pm por favor", "20:00"),
        ("7:15 de la noche", "19:15"),
        ("a las 7:30 a. m.", "07:30"),
        ("mediodía", "12:00"),
        ("al mediodía", "12:00"),
        ("12 del mediodía", "12:00"),
        ("la una de la tarde", "13:00"),
        ("medianoche", "00:00"),
        ("12 de la noche", "00:00"),
        ("cinco de la madrugada", "05:00"),
        ("veintiún horas", "21:00"),
        ("ocho", "08:00"),
    ],
)
def test_la_hora_se_dice_como_se_habla(chats: Chats, typed: str, time: str) -> None:
    eva = who_is_asked_for_the_hour(chats, "es")
    eva.says(typed)
    assert eva.person.plan is not None, eva.text
    eva.sees(time)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("half past seven in the evening", "19:30"),
        ("seven thirty in the morning", "07:30"),
        ("at eight o'clock in the evening please", "20:00"),
        ("quarter to nine at night", "20:45"),
        ("a quarter past six in the morning", "06:15"),
        ("noon", "12:00"),
        ("at noon", "12:00"),
        ("12 noon", "12:00"),
        ("midnight", "00:00"),
        ("nine pm", "21:00"),
        ("21 hours", "21:00"),
        ("around 3 in the afternoon", "15:00"),
        ("6:45 in the evening", "18:45"),
        ("two in the morning", "02:00"),
        ("twenty one thirty", "21:30"),
        ("seven fifteen", "07:15"),
        ("7 05", "07:05"),
        ("7:05 pm", "19:05"),
        ("7:30", "07:30"),
    ],
)
def test_an_hour_may_be_spoken_of(chats: Chats, typed: str, time: str) -> None:
    ana = who_is_asked_for_the_hour(chats, "en")
    ana.says(typed)
    assert ana.person.plan is not None, ana.text
    ana.sees(time)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("es", "12 de la mañana"),
        ("es", "de la noche"),
        ("es", "por la mañana"),
        ("es", "siete u ocho de la noche 9"),
        ("es", "25 horas"),
        ("es", "13 de la mañana"),
        ("es", "siete y ocho y nueve"),
        ("es", "siete y ocho"),
        ("es", "7 y 8 de la tarde"),
        ("en", "in the evening"),
        ("en", "half past"),
        ("en", "seven seventy"),
        ("en", "twelve in the morning"),
        ("en", "7 and 8"),
        ("en", "7, 8"),
        ("en", "seven and eight"),
        ("en", "seven eight"),
        ("en", "8 5"),
    ],
)
def test_an_hour_that_is_not_clear_is_asked_for_again(chats: Chats, language: str, typed: str) -> None:
    ana = who_is_asked_for_the_hour(chats, language)
    ana.says(typed)
    if "9" not in typed:
        ana.sees(chats.guide.library.pack(language).words(TipHourWords).no_time)
    assert ana.person.plan is None


@pytest.mark.parametrize("typed", ["8 9", "8 am and 9", "8 pm, 9 pm"])
def test_of_two_hours_none_is_chosen(chats: Chats, typed: str) -> None:
    ana = who_is_asked_for_the_hour(chats, "en")
    ana.says(typed)
    assert ana.person.plan is None
    ana.says("9 pm")
    ana.sees("21:00")


@pytest.mark.parametrize(
    "typed", ["how do I get paid", "is it one of the good platforms", "can I have two tips"]
)
def test_a_question_in_which_a_number_stands_is_no_hour(chats: Chats, typed: str) -> None:
    ana = who_is_asked_for_the_hour(chats, "en")
    ana.says(typed)
    assert ana.person.plan is None
    ana.sees_not(chats.words(TipHourWords).no_time)


def who_is_asked_for_the_place(chats: Chats, language: str) -> Chatter:
    person = chats.meet(language=language)
    words = chats.guide.library.pack(language)
    person.says("/tips")
    person.taps(words.words(TipsWords).begin)
    person.says("8:00")
    person.sees(words.words(TipZoneWords).ask)
    return person


@pytest.mark.parametrize(
    ("language", "typed", "place"),
    [
        ("es", "Vivo en Guadalajara, Jalisco", "Guadalajara"),
        ("es", "Guadalajara, Jalisco", "Guadalajara"),
        ("es", "Guadalajara Jalisco México", "Guadalajara"),
        ("es", "soy de Cali Colombia", "Cali"),
        ("es", "soy de Cali, Colombia", "Cali"),
        ("es", "CDMX", "Ciudad de México"),
        ("es", "vivo en la ciudad de mexico", "Ciudad de México"),
        ("es", "Medellín", "Medellín"),
        ("es", "bogota", "Bogotá"),
        ("es", "gracias, Lima Perú", "Lima"),
        ("es", "Hola, vivo en Monterrey, Nuevo León", "Monterrey"),
        ("es", "vivo en Nueva York", "Nueva York"),
        ("en", "I live in Austin, Texas", "Austin"),
        ("en", "I'm from Munich, Germany", "Munich"),
        ("en", "I’m in Berlin", "Berlin"),
        ("en", "it's Berlin", "Berlin"),
        ("en", "from: Nairobi", "Nairobi"),
        ("en", "Austin Texas USA", "Austin"),
        ("en", "I am from Quezon City, Metro Manila, Philippines", "Quezon City"),
        ("en", "my city is Nairobi", "Nairobi"),
        ("en", "Mexico City", "Mexico City"),
    ],
)
def test_the_city_that_is_named_is_the_city_that_is_shown(
    chats: Chats, language: str, typed: str, place: str
) -> None:
    ana = who_is_asked_for_the_place(chats, language)
    ana.says(typed)
    ana.sees(f"{'En' if language == 'es' else 'in'} {place} ")
    ana.sees_button(chats.guide.library.pack(language).words(TipZoneWords).yes)


@pytest.mark.parametrize(
    ("typed", "meant", "place"),
    [
        ("I'm from Lagos", "Lagos, Nigeria", "Lagos"),
        ("I'm in Los Angeles, California", "Los Angeles, United States", "Los Angeles"),
    ],
)
def test_an_apostrophe_in_front_of_a_place_takes_nothing_from_its_name(
    chats: Chats, typed: str, meant: str, place: str
) -> None:
    ana = who_is_asked_for_the_place(chats, "en")
    ana.says(typed)
    ana.taps(meant)
    ana.sees(f"in {place} ")


def test_una_ciudad_elegida_de_varias_conserva_su_nombre(chats: Chats) -> None:
    eva = who_is_asked_for_the_place(chats, "es")
    eva.says("Guadalajara")
    eva.taps("Guadalajara, México")
    eva.sees("En Guadalajara ahora es")
    otra = who_is_asked_for_the_place(chats, "es")
    otra.says("Cartagena, Bolívar")
    otra.taps("Cartagena, Colombia")
    otra.sees("En Cartagena ahora es")


def test_los_lugares_se_llaman_como_se_llaman_en_espanol(chats: Chats) -> None:
    eva = who_is_asked_for_the_place(chats, "es")
    eva.says("CDMX")
    eva.taps(chats.guide.library.pack("es").words(TipZoneWords).yes)
    eva.sees("Ciudad de México")
    eva.remembers(Settle("America/Bogota"))
    otra = who_is_asked_for_the_place(chats, "es")
    otra.says("Medellín")
    otra.taps(chats.guide.library.pack("es").words(TipZoneWords).yes)
    otra.sees("Bogotá")

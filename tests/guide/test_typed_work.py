"""Work written down in people's own words: currencies by their names, half hours, numbers in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.content.kinds.faq import FaqFile
from bot.guide.areas.worked_words import WorkedWords
from bot.guide.worklog import Work, read_log
from tests.support.chat import Chats, Chatter
from tests.support.packs import pack_library

TODAY = date(2026, 11, 23)


@pytest.fixture
def chats() -> Chats:
    return Chats(pack_library("firstlabel"))


@pytest.fixture
def ana(chats: Chats) -> Chatter:
    return chats.meet()


@pytest.fixture
def eva(chats: Chats) -> Chatter:
    return chats.meet("Eva", language="es")


def words(person: Chatter) -> WorkedWords:
    return person.chats.guide.library.pack(person.language).words(WorkedWords)


def entry(person: Chatter) -> Work:
    (found,) = read_log(person.person).entries.values()
    return found


def work(paid: int, money: str = "0", currency: str = "") -> Work:
    return Work(TODAY, paid, money=Decimal(money), currency=currency)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2h 14.50 dollars", work(120, "14.50", "USD")),
        ("an hour and a half 5 usd", work(90, "5", "USD")),
        ("one and a half hours 5 usd", work(90, "5", "USD")),
        ("2 and a half hours 5 usd", work(150, "5", "USD")),
        ("half an hour 2 usd", work(30, "2", "USD")),
        ("half hour 2 usd", work(30, "2", "USD")),
        ("a quarter of an hour 2 usd", work(15, "2", "USD")),
        ("three quarters of an hour 2 usd", work(45, "2", "USD")),
        ("two hours and a quarter 2 usd", work(135, "2", "USD")),
        ("two hours and twenty five minutes, nine euros", work(145, "9", "EUR")),
        ("one hour twelve thousand mexican pesos", work(60, "12000", "MXN")),
        ("1 hour 20k colombian pesos", work(60, "20000", "COP")),
        ("2h $5 MXN", work(120, "5", "MXN")),
    ],
)
def test_an_entry_may_be_written_as_one_speaks(ana: Chatter, typed: str, kept: Work) -> None:
    ana.says(f"/worked {typed}")
    assert entry(ana) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2h 14.50 dolares", work(120, "14.50", "USD")),
        ("2h 14.50 dólares", work(120, "14.50", "USD")),
        ("un dólar por una hora", work(60, "1", "USD")),
        ("una hora y media 5 dolares", work(90, "5", "USD")),
        ("hora y media 5 usd", work(90, "5", "USD")),
        ("2 horas y media 5 usd", work(150, "5", "USD")),
        ("dos horas y media, cinco euros", work(150, "5", "EUR")),
        ("media hora 2 usd", work(30, "2", "USD")),
        ("tres cuartos de hora 2 usd", work(45, "2", "USD")),
        ("dos horas y cuarto 2 usd", work(135, "2", "USD")),
        ("90 minutos 12 mil pesos colombianos", work(90, "12000", "COP")),
        ("treinta y cinco minutos 150 pesos mexicanos", work(35, "150", "MXN")),
    ],
)
def test_una_anotacion_se_escribe_como_se_habla(eva: Chatter, typed: str, kept: Work) -> None:
    eva.says(f"/worked {typed}")
    assert entry(eva) == kept


@pytest.mark.parametrize(
    ("language", "typed", "named", "kept"),
    [
        ("en", "2h $5", "$", work(120, "5", "USD")),
        ("en", "one hour 20000 pesos", "pesos", work(60, "20000", "USD")),
        ("es", "2h $5", "$", work(120, "5", "USD")),
        ("es", "1 hora 20000 pesos", "pesos", work(60, "20000", "USD")),
        ("es", "90 minutos 12 mil pesos", "pesos", work(90, "12000", "USD")),
    ],
)
def test_a_name_of_several_currencies_is_asked_about_and_the_rest_is_kept(
    chats: Chats, language: str, typed: str, named: str, kept: Work
) -> None:
    for ana, tapped in ((chats.meet(language=language), True), (chats.meet(language=language), False)):
        ana.says(f"/worked {typed}")
        ana.sees(words(ana).problems.which_currency.fill(words=named), words(ana).fields.ask_currency)
        assert not read_log(ana.person).entries
        if tapped:
            ana.taps("USD")
        else:
            ana.says("usd")
        ana.is_told(words(ana).notice_saved)
        assert entry(ana) == kept


def test_the_currency_used_before_is_no_reason_to_guess(ana: Chatter) -> None:
    ana.says("1h paid 9 COP")
    ana.chats.later(minutes=1)
    ana.says("/worked 2h $5")
    ana.sees(words(ana).problems.which_currency.fill(words="$"))
    ana.says("pesos")
    ana.sees(words(ana).problems.which_currency.fill(words="pesos"))
    ana.says("mexican pesos")
    assert list(read_log(ana.person).entries.values())[-1] == work(120, "5", "MXN")


def test_the_question_for_the_currency_may_be_left_for_another_line(ana: Chatter) -> None:
    ana.says("/worked 2h $5")
    ana.says("3h paid 6 EUR")
    assert entry(ana) == work(180, "6", "EUR")


def test_a_currency_we_do_not_know_loses_nothing_that_was_read(ana: Chatter) -> None:
    ana.says("1h paid 9 COP")
    ana.chats.later(minutes=1)
    ana.says("/worked 2h 14.50 doubloons")
    ana.sees(words(ana).problems.unknown_word.fill(words="doubloons"))
    ana.sees_button(words(ana).fields.paid.fill(value="2 h"))
    ana.sees_button(words(ana).fields.money.fill(value="14.50"))
    ana.sees_button(words(ana).fields.currency.fill(value=words(ana).fields.nothing))


def test_una_anotacion_sin_cifras_se_entiende_donde_se_espera(eva: Chatter) -> None:
    eva.says("/worked")
    eva.taps(words(eva).new)
    eva.says("una hora y media, cinco euros")
    assert entry(eva) == work(90, "5", "EUR")


def test_una_palabra_desconocida_no_borra_lo_demas(eva: Chatter) -> None:
    eva.says("/worked 2h 14.50 dolares clickworker")
    eva.sees(words(eva).problems.unknown_word.fill(words="clickworker"))
    eva.taps(words(eva).save)
    assert entry(eva) == work(120, "14.50", "USD")


@pytest.mark.parametrize("typed", ["150 pesos mexicanos", "$150", "150 pesos", "2h 150 usd", "90 min 150"])
def test_dinero_no_es_tiempo(eva: Chatter, typed: str) -> None:
    fields = words(eva).fields
    eva.says("/worked")
    eva.taps(words(eva).new)
    eva.taps(fields.paid.fill(value="0 min"))
    eva.says(typed)
    eva.sees(words(eva).problems.not_time.fill(words=typed), fields.ask_paid)
    eva.says("dos horas y media")
    eva.sees_button(fields.paid.fill(value="2 h 30 min"))


@pytest.mark.parametrize(
    "typed", ["2 horas y media", "dos horas y media", "2 h y media", "ciento cincuenta minutos", "150"]
)
def test_el_tiempo_se_escribe_con_palabras_tambien_en_el_formulario(eva: Chatter, typed: str) -> None:
    fields = words(eva).fields
    eva.says("/worked")
    eva.taps(words(eva).new)
    eva.taps(fields.paid.fill(value="0 min"))
    eva.says(typed)
    eva.sees_button(fields.paid.fill(value="2 h 30 min"))


def test_money_in_a_part_may_need_its_currency_named(ana: Chatter) -> None:
    fields = words(ana).fields
    ana.says("/worked")
    ana.taps(words(ana).new)
    ana.taps(fields.money.fill(value="0"))
    ana.says("$14")
    ana.sees(words(ana).problems.which_currency.fill(words="$"), fields.ask_currency)
    ana.taps("USD")
    ana.sees_button(fields.money.fill(value="US$14.00"))
    assert not read_log(ana.person).entries


@pytest.mark.parametrize("typed", ["2h 5 usd hours", "half 5 usd", "2h half unpaid", "minutes 5 usd"])
def test_time_that_could_be_read_two_ways_is_asked_about_by_its_own_word(ana: Chatter, typed: str) -> None:
    ana.says(f"/worked {typed}")
    ana.sees_not("“”")
    ana.sees(words(ana).how_to_type)
    assert not read_log(ana.person).entries


def who_is_asked_for_an_entry(person: Chatter) -> Chatter:
    person.says("/worked")
    person.taps(words(person).new)
    return person


@pytest.mark.parametrize(
    ("language", "typed", "answer"),
    [
        ("en", "can i work if i am under 18", "minimum-age"),
        ("en", "is 20 dollars an hour realy true", "pay-rates"),
        ("es", "me piden 50 dólares para desbloquear el trabajo", "avoid-scams"),
    ],
)
def test_a_question_with_a_number_is_answered_while_an_entry_is_waited_for(
    chats: Chats, language: str, typed: str, answer: str
) -> None:
    ana = who_is_asked_for_an_entry(chats.meet(language=language))
    ana.says(typed)
    question = chats.guide.library.pack(language)[FaqFile].faq.get(answer)
    assert question
    ana.sees(question.question)
    ana.says("2h paid 5 usd")
    assert entry(ana) == work(120, "5", "USD")


def test_who_was_cheated_is_helped_while_an_entry_is_waited_for(ana: Chatter) -> None:
    who_is_asked_for_an_entry(ana).says("i paid 50 dollars")
    ana.sees_not(words(ana).how_to_type)
    assert not read_log(ana.person).entries


@pytest.mark.parametrize(
    ("typed", "strange"),
    [
        ("worked 3h on images made 9 usd", "images"),
        ("2h paid gas station", "gas"),
        ("3h 9 doubloons", "doubloons"),
    ],
)
def test_an_entry_with_words_of_its_own_is_still_an_entry(ana: Chatter, typed: str, strange: str) -> None:
    who_is_asked_for_an_entry(ana).says(typed)
    ana.sees(words(ana).problems.unknown_word.fill(words=strange))

"""People who were cheated, and others whose words are no question, get what they need first, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import Place, Reply, SearchFile
from bot.content.kinds.steps import StepsFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.faq import FaqWords
from bot.guide.areas.glossary import GlossaryWords
from bot.guide.areas.language import LanguageWords
from bot.guide.areas.offers_words import OffersWords
from bot.guide.areas.settings import SettingsWords
from bot.guide.areas.tips import TipsWords
from bot.guide.person import Asked
from bot.guide.screen import TapButton
from bot.guide.taps import encode
from tests.support.chat import Chats, Chatter, before_the_fold, buttons_of
from tests.support.packs import Author, pack_library

PAID = {
    "en": ["I already paid and they want more", "they stole my money", "i think i got scammed", "I've paid already",
           "a man took my money", "sent him 50 dollars", "i bought gift cards and gave him the codes"],
    "es": ["ya pague y no me dejan sacar la plata", "ya pagué y ahora me piden más dinero para retirar", "me robaron",
           "ya pague 50 mil y no me dejan sacar la plata", "caí en una estafa", "me estafaron, ya pagué y perdí mi dinero",
           "le transferí 300 mil a un señor por el trabajo"],
}  # fmt: skip
SHARED = {
    "en": ["I sent him my id what do I do", "I shared the code", "i gave him my bank password", "a scammer has my passport"],
    "es": ["ya le mande la foto de mi credencial que hago", "compartí el código que me llegó", "les mandé mi cédula por chat",
           "me pidieron el código y se los di"],
}  # fmt: skip
ROUTED = {
    "urgent": {"en": ["I need money urgent", "i need a job urgently"], "es": ["necesito trabajo urgente", "necesito plata urgente"]},
    "free-not-hiring": {"en": ["are you hiring", "can you hire me?", "is this free"],
                        "es": ["me contratas?", "me puedes contratar", "esto es gratis?"]},
    "from-my-country": {"en": ["can i work from nigeria"], "es": ["puedo trabajar desde venezuela?"]},
    "delete-my-data": {"en": ["delete my data", "i dont want you to keep my data"],
                       "es": ["quiero darme de baja", "Ya no quiero que guarden mis datos"]},
    "change-language": {"en": ["change language"], "es": ["quiero cambiar de idioma"]},
    "who-is-behind": {"en": ["who is behind this bot", "who pays you?", "can I talk to a human"],
                      "es": ["¿Quién está detrás de este bot y quién les paga a ustedes?", "¿Cómo ganan dinero ustedes?",
                             "quisiera hablar con una persona real"]},
    "not-understood": {"en": ["i no understand", "i dont understand", "I do not understand the guideline"],
                       "es": ["no entiendo", "no te entiendo", "no entiendo las reglas"]},
    "how-to-start": {"en": ["how i start", "how do i start?", "pls help me register", "what do i do first"],
                     "es": ["como empiezo", "por donde empiezo?", "ayudame a registrarme", "que hago primero"]},
    "stop-tips": {"en": ["stop", "stop tips", "how do i stop the tips"],
                  "es": ["basta", "parar consejos", "como paro los consejos"]},
    "are-you-honest": {"en": ["Are you a scam", "is this bot legit?", "can i trust you"],
                       "es": ["eres una estafa?", "este bot es seguro?", "puedo confiar en ustedes"]},
    "losing-money": {"en": ["Could I lose money with this?"], "es": ["puedo perder dinero con esto?"]},
    "no-phone": {"en": ["I only have a computer and no phone"], "es": ["solo tengo computadora y no celular"]},
    "bank-details": {"en": ["they ask for my bank account number", "why they need my bank details"],
                     "es": ["me piden mi numero de cuenta", "es seguro dar mi cuenta bancaria?"]},
    "change-my-country": {"en": ["i want to change my country"], "es": ["quiero cambiar mi pais"]},
    "power-cuts": {"en": ["work at night no light", "power cuts every day"], "es": ["de noche no hay luz", "se va la luz mucho"]},
    "mobile-money": {"en": ["can i get money in momo", "mtn mobile money", "mpesa"],
                     "es": ["puedo cobrar por nequi", "me pagan por yape?"]},
}  # fmt: skip
IN_DANGER = [
    *(("en", text) for text in ("i want to die", "I want to kill myself", "i dont want to live anymore")),
    *(("es", text) for text in ("me quiero morir", "ya no quiero vivir", "no tengo ganas de vivir")),
]
ANSWERED: dict[str, dict[str, str | None]] = {
    "en": {"is this genuine?": "avoid-scams", "getting paid ghana": "paid-abroad", "Am I too old?": "minimum-age",
           "i dont have laptop only phone": "phone-only", "can i change my country to usa": "vpn",
           "i want to live from this": "full-time", "how do i start an online shop": None,
           "will they send it straight to my mobile money or bank": "paid-abroad"},
    "es": {"es genuino?": "avoid-scams", "soy muy viejo?": "minimum-age", "no tengo computadora solo celular": "phone-only",
           "quiero vivir de esto": "full-time", "no entiendo qué es esto": "what-is-annotation"},
}  # fmt: skip


@pytest.fixture
def shipped() -> Chats:
    return Chats(pack_library("firstlabel"))


def reply_of(ana: Chatter, id_: str) -> Reply:
    reply = ana.chats.guide.library.pack(ana.language)[SearchFile].replies.get(id_)
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("language", "id_", "text"),
    [
        (language, id_, text)
        for id_, said in (("already-paid", PAID), ("already-shared", SHARED))
        for language in said
        for text in said[language]
    ],
)
def test_whoever_was_cheated_gets_help_first_and_where_to_report_it(
    shipped: Chats, language: str, id_: str, text: str
) -> None:
    ana, words = shipped.meet(language=language), shipped.guide.library.pack(language).words(OffersWords)
    ana.says(text)
    help_ = reply_of(ana, id_).reply
    assert ana.text.startswith(help_.plain)
    assert help_.plain.splitlines()[-1] in before_the_fold(ana.screen.text.nodes)
    ana.taps(words.where_to_report)
    ana.sees(words.report, "ic3.gov")


@pytest.mark.parametrize(
    ("language", "id_", "text"),
    [(language, id_, text) for id_, said in ROUTED.items() for language in said for text in said[language]],
)
def test_what_is_no_question_is_understood_whatever_its_words(
    shipped: Chats, language: str, id_: str, text: str
) -> None:
    ana = shipped.meet(language=language)
    ana.says(text)
    ana.sees(reply_of(ana, id_).reply)


@pytest.mark.parametrize(("language", "text"), IN_DANGER)
def test_whoever_wants_to_die_is_led_to_people_and_to_nothing_else(
    shipped: Chats, language: str, text: str
) -> None:
    ana = shipped.meet(language=language)
    ana.says(text)
    ana.sees("findahelpline.com", "112", "911")
    assert [button.label for button in buttons_of(ana.screen)] == [
        shipped.guide.library.pack(language).words(CommonWords).menu
    ]


@pytest.mark.parametrize(
    ("language", "text", "id_"),
    [(language, text, id_) for language in ANSWERED for text, id_ in ANSWERED[language].items()],
)
def test_a_question_that_only_sounds_like_one_of_these_keeps_its_answer(
    shipped: Chats, language: str, text: str, id_: str | None
) -> None:
    ana, pack = shipped.meet(language=language), shipped.guide.library.pack(language)
    ana.says(text)
    question = pack[FaqFile].faq.get(id_) if id_ else None
    if question:
        assert ana.text.startswith(question.question)
    else:
        ana.sees_not(reply_of(ana, "how-to-start").reply)


@pytest.mark.parametrize(
    ("language", "text", "id_"),
    [
        ("en", "i would like to die laughing", "in-danger"),
        ("es", "me quiero matar de risa", "in-danger"),
        ("es", "quiero desaparecer de esta plataforma", "in-danger"),
        ("en", "how long until i can start", "how-to-start"),
        ("en", "help me sign in", "how-to-start"),
        ("es", "ayuda para entrar a mi cuenta", "how-to-start"),
        ("en", "too many messages from recruiters", "stop-tips"),
        ("en", "i do not have a smartphone or laptop", "no-phone"),
        ("en", "i have no power to decide", "power-cuts"),
    ],
)
def test_other_words_about_the_same_things_are_not_taken_for_it(
    shipped: Chats, language: str, text: str, id_: str
) -> None:
    ana = shipped.meet(language=language)
    ana.says(text)
    ana.sees_not(reply_of(ana, id_).reply)


def test_whoever_does_not_know_where_to_begin_goes_on_with_the_first_step(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says("how i start")
    first = next(iter(shipped.guide.library.pack("en")[StepsFile].steps))
    ana.taps(shipped.words(CommonWords).resume.fill(number=1, title=first.title))
    ana.sees(first.title)


def test_whoever_does_not_understand_can_open_the_words_or_ask_what_the_work_is(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says("i no understand")
    ana.sees_button(shipped.words(GlossaryWords).title)
    ana.sees_button("What is data annotation?")


def test_whoever_wants_no_more_tips_is_led_to_where_they_stop(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says("stop tips")
    ana.taps(shipped.words(TipsWords).title)
    ana.sees(shipped.words(TipsWords).title)


def test_age_and_payment_abroad_say_the_most_needed_before_the_fold(shipped: Chats) -> None:
    for text, said in (("Am I too old?", "no upper limit"), ("getting paid ghana", "receive")):
        ana = shipped.meet()
        ana.says(text)
        assert said in before_the_fold(ana.screen.text.nodes)


def test_whoever_wants_their_data_deleted_is_two_taps_away_from_it(shipped: Chats) -> None:
    ana, words = shipped.meet(), shipped.words(SettingsWords)
    ana.says("delete my data")
    ana.taps(words.delete)
    ana.sees(words.delete_ask)
    ana.taps(words.delete_yes)
    ana.sees(words.deleted)


def test_whoever_wants_another_language_can_choose_it(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says("change language")
    ana.taps(shipped.words(LanguageWords).title)
    ana.sees_button("Español")


def test_a_long_cry_for_help_is_not_analysed_but_a_pasted_scam_is(shipped: Chats) -> None:
    ana, words = shipped.meet(), shipped.words(OffersWords)
    ana.says(
        "Please help, a recruiter on Telegram told me to pay a registration fee. I paid 50 dollars and he blocked me."
    )
    ana.sees(reply_of(ana, "already-paid").reply)
    ana.sees_not(words.stop)
    ana.says(
        "You are selected! Before you can start you must pay a refundable registration fee of $50 on Telegram today."
    )
    ana.sees(words.stop)


def test_who_promises_to_get_lost_money_back_is_not_taken_for_a_victim(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says(
        "I was scammed too, until I found a hacker who recovered everything. Contact him on @recovery_pro"
    )
    ana.sees_not(reply_of(ana, "already-paid").reply)


def test_checkoffer_looks_at_whatever_it_is_given(shipped: Chats) -> None:
    ana, words = shipped.meet(), shipped.words(OffersWords)
    text = "I already paid a registration fee of $50 and now he says you must pay a refundable deposit of $200 on Telegram"
    ana.says(f"/checkoffer {text}")
    ana.sees_not(reply_of(ana, "already-paid").reply)
    ana.sees(words.not_kept)


def test_in_a_plain_question_about_pay_nobody_is_pitied(shipped: Chats) -> None:
    for language, text in (
        ("en", "when do i get paid"),
        ("en", "am i paid for tests"),
        ("es", "cuando me pagan"),
    ):
        ana = shipped.meet(language=language)
        ana.says(text)
        ana.sees_not(reply_of(ana, "already-paid").reply)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "no ablo ingles", "inglés"),
        ("en", "cuanto pagan por hora", "US$"),
        ("en", "me robaron", "No es tu culpa"),
        ("es", "i was scammed", "not your fault"),
    ],
)
def test_who_writes_in_another_language_is_answered_in_it_and_may_go_on_so(
    shipped: Chats, language: str, text: str, answer: str
) -> None:
    ana = shipped.meet(language=language)
    other = {"en": "Español", "es": "English"}[language]
    ana.says(text)
    ana.sees(
        answer, shipped.guide.library.pack({"en": "es", "es": "en"}[language]).words(LanguageWords).answered
    )
    ana.taps(other)
    ana.says("/language")
    ana.sees_button(f"● {other}")


def test_what_a_language_does_not_know_either_is_noted_for_it(shipped: Chats) -> None:
    ana = shipped.meet()
    ana.says("quiero saber cuando es la fiesta del pueblo")
    ana.sees_button("Español")
    assert all(change.language == "es" for change in ana.turn.changes if isinstance(change, Asked))


@pytest.mark.parametrize("text", ["zzzz qqqq", "wie viel verdient man", "is this work paid"])
def test_who_does_not_clearly_write_in_another_language_is_offered_none(shipped: Chats, text: str) -> None:
    ana = shipped.meet()
    ana.says(text)
    ana.sees_no_button("Español")


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        *(("en", text, "Outlier") for text in ("outlier", "is outlier legit?", "remotasks", "what is outlier")),
        *(("en", text, "UHRS") for text in ("uhrs", "what is uhrs")),
        *(("en", text, "TELUS") for text in ("telus", "is telus good")),
        *(("en", text, "Appen") for text in ("is appen good", "does appen pay")),
        *(("es", text, "Outlier") for text in ("outlier", "que es outlier", "outlier es bueno?", "remotasks paga?")),
        *(("es", text, "Clickworker") for text in ("q es clickworker", "clickworker es confiable")),
        ("en", "wat is bounding box", "Bounding box"),
        ("es", "q es bounding box", "Recuadro"),
    ],
)  # fmt: skip
def test_names_are_known_however_one_asks_about_them(
    shipped: Chats, language: str, text: str, title: str
) -> None:
    ana = shipped.meet(language=language)
    ana.says(text)
    assert title in ana.text.splitlines()[0]


@pytest.mark.parametrize("hasty", ["cuanto pagan x hora", "k es esto", "q es esto??"])
def test_words_written_in_haste_are_read_as_they_are_meant(shipped: Chats, hasty: str) -> None:
    ana, words = shipped.meet(language="es"), shipped.guide.library.pack("es").words(FaqWords)
    ana.says(hasty)
    ana.sees(words.was_it_helpful)


def test_every_part_of_the_chat_that_a_reply_opens_has_its_button(tmp_path: Path) -> None:
    author = Author("firstlabel", tmp_path)
    file = author.directory / "en" / "search.yaml"
    content = yaml.safe_load(file.read_text("utf-8"))
    urgent = next(reply for reply in content["replies"] if reply["id"] == "urgent")
    urgent["opens"] = list(get_args(Place))
    urgent["links"] = {}
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    ana = Chats(author.publishes()).meet()
    ana.says(urgent["examples"][0])
    taps = [button for button in buttons_of(ana.screen) if isinstance(button, TapButton)]
    assert len({button.label for button in taps[: len(get_args(Place))]}) == len(get_args(Place))
    for button in taps[: len(get_args(Place))]:
        ana.presses(encode(button.tap))
        assert ana.notice is None

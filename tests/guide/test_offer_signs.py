"""Which warning signs a text shows: how many offers are caught, how many honest messages accused, and at what cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.guide.offers.matching import Steps
from bot.guide.offers.reading import LONGEST
from bot.guide.offers.weighing import Verdict, weigh
from tests.support.packs import ROOT, pack_library

MESSAGES = ROOT / "tests" / "offers"
# At least so many plain and subtle scams have a sign of high severity, and at most so many honest messages.
# The points of words were learned from all but the unseen ones, which nobody looked at meanwhile.
GOALS = {
    "": (0.95, 0.9, 0.03),
    "_more": (0.95, 0.85, 0.06),
    "_earlier": (0.95, 0.85, 0.06),
    "_voices": (0.95, 0.85, 0.06),
    "_unseen": (0.9, 0.75, 0.08),
}
MOST_STEPS = 60_000


@pytest.fixture(scope="module")
def library() -> Library:
    return pack_library("firstlabel")


def judged(library: Library, text: str, language: str | None = None) -> Verdict:
    return weigh(library, text, library.pack("en"), language)


def signs(library: Library, text: str) -> set[str]:
    return {each.flag.id for each in judged(library, text).raised}


def shares(library: Library, file: Path) -> dict[str, float]:
    """Of each style of message, the part that is warned of."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    warned: dict[str, list[bool]] = {}
    for row in rows:
        warned.setdefault(row["style"], []).append(judged(library, row["text"]).warning)
    return {style: sum(each) / len(each) for style, each in warned.items()}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("part", list(GOALS))
def test_scams_are_caught_and_honest_messages_are_not_accused(
    library: Library, language: str, part: str
) -> None:
    plain, subtle, honest = GOALS[part]
    found = shares(library, MESSAGES / f"{language}{part}.jsonl")
    assert found["plain"] >= plain
    assert found["subtle"] >= subtle
    assert found["honest"] <= honest


def test_a_sign_quotes_the_sentence_that_tells_it(library: Library) -> None:
    text = (
        "Buen día. Vimos su perfil y fue seleccionada, gana de 1500 a 3000 pesos diarios. "
        "Para apartar su lugar debe cubrir un depósito de garantía de 850 pesos que se le devuelve."
    )
    quotes = {each.flag.id: each.quote for each in judged(library, text).raised}
    assert "depósito de garantía" in quotes["upfront-fee"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_short_scams_are_caught_also_where_somebody_tells_of_them(library: Library, language: str) -> None:
    found = shares(library, MESSAGES / f"{language}_short.jsonl")
    assert found["plain"] >= 0.95
    assert found["honest"] <= 0.03


@pytest.mark.parametrize("language", ["en", "es"])
def test_everyday_messages_are_not_accused(library: Library, language: str) -> None:
    assert shares(library, MESSAGES / f"{language}_everyday.jsonl")["honest"] <= 0.02


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Please pay a registration fee of $30 before you can start the job.", "upfront-fee"),
        (
            "Recharge 120 USDT to clear the negative balance and withdraw your commission.",
            "deposit-to-unlock",
        ),
        ("To withdraw your $870 you must first pay 15% income tax.", "withdraw-tax"),
        ("We mailed you a check. Deposit it and send the rest to our vendor.", "fake-check"),
        ("You receive payments in your account and forward them by bitcoin.", "money-through-you"),
        ("Share your online banking password so that we can link your salary.", "bank-login"),
        ("Send a photo of your passport here in the chat to secure the position.", "id-too-early"),
        ("I rent your verified account, you get 30 percent every week.", "account-rent"),
        ("We sit the assessment in your place for $80.", "pass-test-for-you"),
        ("Install AnyDesk so our trainer can set up your work panel.", "remote-control"),
        ("We recover your lost crypto, pay only a $200 processing fee.", "recovery"),
        ("Apply for the job at dataannotation-careers.top today.", "copycat-domain"),
        ("Write to our recruiter on Telegram for this job.", "chat-recruiter"),
        ("Like YouTube videos and earn $5 each.", "optimisation-clicks"),
        ("The minimum payout was raised to $150, upgrade your level to withdraw.", "moving-threshold"),
        ("Keep this offer between you and me.", "tell-nobody"),
        ("Earn $400 a day from your phone, no experience.", "unreal-pay"),
    ],
)
def test_a_sign_is_named_and_its_words_are_quoted(library: Library, text: str, sign: str) -> None:
    verdict = judged(library, text)
    quotes = {each.flag.id: each.quote for each in verdict.raised}
    assert sign in quotes
    assert quotes[sign]
    assert quotes[sign] in text


@pytest.mark.parametrize(
    "text",
    [
        "We never ask you to pay a registration fee before you start the job.",
        "Scammers will say: pay a registration fee of $30 to start the job.",
        "There is no registration fee and nothing to pay for this job.",
        "If anyone asks you to pay a registration fee, report them.",
    ],
)
def test_what_is_denied_or_only_told_of_is_no_sign(library: Library, text: str) -> None:
    assert not judged(library, text).warning


def test_who_pays_whom_matters(library: Library) -> None:
    assert judged(library, "You pay us $30 by transfer to join the project.").warning
    assert not judged(library, "We pay you $30 by transfer when the project ends.").warning


@pytest.mark.parametrize(
    "address",
    [
        "appen-jobs.top",
        "outl1er.ai",
        "outlier.work",
        "prolifïc.com",
        "mercor.com.login.xyz",
        "https://crowdgeen.com/apply",
        "scaleai-jobs.site",
        "remоtasks.com",
        "appen.hr@gmail.com",
    ],
)
def test_an_address_that_imitates_an_official_one_is_called_out(library: Library, address: str) -> None:
    assert "copycat-domain" in signs(library, f"Apply for the job at {address} today.")


@pytest.mark.parametrize(
    "address",
    [
        "appen.com",
        "www.outlier.ai/experts",
        "support.mercor.com",
        "jobs@rev.com",
        "example.org",
        "upscale.com",
    ],
)
def test_an_official_or_unlike_address_is_not(library: Library, address: str) -> None:
    assert "copycat-domain" not in signs(library, f"Apply for the job at {address} today.")


@pytest.mark.parametrize(
    "text",
    [
        "Contact our recruiter for this job: t.me/hr_desk",
        "Contact our recruiter for this job on T e l e g r a m",
        "Contact our recruiter for this job on Те\u200blegram",
        "Contact our recruiter for this job on te1egram",
    ],
)
def test_a_chat_is_found_in_disguise(library: Library, text: str) -> None:
    assert "chat-recruiter" in signs(library, text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_language_of_a_text_is_told_by_itself(library: Library, language: str) -> None:
    text = {
        "en": "Please pay a registration fee of $30 before you can start the job.",
        "es": "Por favor paga una cuota de inscripción de 30 dólares antes de empezar el trabajo.",
    }[language]
    assert judged(library, text).raised == judged(library, text, language).raised
    assert judged(library, text).warning


HOSTILE = {
    "nothing": "",
    "spaces": " " * LONGEST,
    "one word": "pay " * 1024,
    "one letter": "a" * LONGEST,
    "letters apart": "a " * 2048,
    "sentences": "pay. fee. " * 410,
    "dots": "a." * 2048,
    "digits": "1" * LONGEST,
    "commas": "1,1." * 1024,
    "amounts": "$1 " * 1365,
    "quotes": '"' * LONGEST,
    "hyphens": "a-" * 2048,
    "at signs": "@a" * 2048,
    "addresses": "x@appen.co " * 372,
    "labels": "appen-" * 682 + "x.com",
    "punycode": "xn--" + "a" * 4000 + ".com",
    "marks on a letter": "a" + "\u0301" * 4095,
    "emoji": "💰" * 2048,
    "half an emoji": "\ud83d" * LONGEST,
    "right to left": "\u202e" * LONGEST,
    "null bytes": "\x00" * LONGEST,
    "lines": "\n" * LONGEST,
    "all at once": "kindly pay deposit fee job telegram usdt account code id. " * 72,
    "negations": "never not no without but only " * 136,
    "too long": "pay the fee for the job " * 4000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_text_costs_more_than_a_bounded_number_of_steps(library: Library, text: str) -> None:
    steps = Steps()
    weigh(library, text, library.pack("en"), steps=steps)
    assert steps.count <= MOST_STEPS


def test_quotes_are_short_and_stand_in_the_text(library: Library) -> None:
    text = "pay the registration fee of 30 dollars now to start the job and " * 60
    for each in judged(library, text).raised:
        assert 0 < len(each.quote) <= 140
        assert each.quote in text

"""Is it worth my time? The forecast: its questions, its range, its assumptions, and answers that change."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.kinds.forecast import ForecastFile
from bot.content.kinds.pay import PayFile
from bot.content.kinds.task_types import TaskTypesFile
from bot.errors import ContentError
from bot.guide.areas.common import CommonWords
from bot.guide.areas.pay_words import PayWords
from bot.guide.areas.platform_card import PlatformCardWords
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.forecast import CHOICE, HOURS, KIND, LEVEL, rates_of, reckoned, rounded
from bot.guide.person import Remember
from tests.support.chat import Chats, Chatter, before_the_fold
from tests.support.packs import Author, pack_library


@pytest.fixture
def ana() -> Chatter:
    return Chats(pack_library("firstlabel")).meet()


@pytest.fixture
def words(ana: Chatter) -> PayWords:
    return ana.chats.words(PayWords)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author("firstlabel", tmp_path)


def kind(ana: Chatter, id_: str) -> str:
    found = ana.chats.pack[TaskTypesFile].task_types.get(id_)
    assert found
    return found.title


def level(ana: Chatter, id_: str) -> str:
    found = ana.chats.pack[PayFile].levels.get(id_)
    assert found
    return found.title


def answers(ana: Chatter, hours: int = 10, work: str = "image-video", at: str = "entry") -> None:
    ana.says("/pay")
    ana.taps(ana.chats.words(PayWords).hours.fill(hours=hours))
    ana.taps(kind(ana, work))
    ana.taps(level(ana, at))


def test_three_taps_lead_to_a_range_and_never_to_one_number(ana: Chatter, words: PayWords) -> None:
    ana.says("/pay")
    ana.sees(words.intro, words.ask_hours)
    ana.taps(words.hours.fill(hours=10))
    ana.sees(words.ask_kind)
    ana.taps(kind(ana, "image-video"))
    ana.sees(words.ask_level)
    ana.taps(level(ana, "entry"))
    ana.sees(
        words.for_.fill(
            hours=words.hours.fill(hours=10), kind=kind(ana, "image-video"), level=level(ana, "entry")
        ),
        # 10 h a week are 43 1/3 a month; of 3, 9, 15 US$ an hour, less the shares of content/forecast.yaml
        words.month.fill(low="US$24", middle="US$160", high="US$460"),
        words.first_month.fill(low="US$10", middle="US$95", high="US$370"),
        words.hour.fill(low="US$1.40", middle="US$5.60", high="US$12.00"),
        words.honest,
    )


@pytest.mark.parametrize(
    ("language", "names", "nothing"),
    [
        ("en", ("Low", "Middle", "High"), "some people earn nothing"),
        ("es", ("Bajo", "Medio", "Alto"), "algunas personas no ganan nada"),
    ],
)
def test_each_number_stands_with_its_name_and_the_caveats_are_read_at_once(
    ana: Chatter, language: str, names: tuple[str, ...], nothing: str
) -> None:
    ana.language = language
    pack = ana.chats.guide.library.pack(language)
    for choice in (f"{HOURS}:10", f"{KIND}:image-video", f"{LEVEL}:entry"):
        ana.presses(f"pys:{choice}")
    read = before_the_fold(ana.screen.text.nodes)
    lines = read.splitlines()
    for name in names:
        assert sum(line.startswith(f"{name}: ") for line in lines) == 3, read
    month, first_month, _ = (line for line in lines if line.startswith(f"{names[0]}: "))
    assert nothing in month
    assert nothing in first_month
    note, method = pack[ForecastFile].note, pack[ForecastFile].method
    assert note
    assert method
    assert note.plain in read
    assert method.plain not in read
    ana.sees(method)


def test_each_assumption_is_a_line_and_says_whose_estimate_it_is(ana: Chatter, words: PayWords) -> None:
    answers(ana)
    shares = ana.chats.pack[ForecastFile].shares
    for share in (shares.unpaid_time, shares.dry_weeks, shares.fees, shares.first_weeks):
        assert share.ours
        line = share.line.fill(least=share.high, most=share.low)
        ana.sees(words.our_assumption.fill(text=line))
    ana.sees(words.advertised.fill(low="US$3", middle="US$9", high="US$15"))
    card = ana.chats.words(PlatformCardWords)
    ana.sees(card.confidence.low, card.checked.fill(date="23 Nov"))
    ana.chats.later(days=200)
    ana.says("/pay")
    ana.sees(card.checked_long_ago)


def test_each_answer_can_be_changed_and_the_others_stay(ana: Chatter, words: PayWords) -> None:
    answers(ana)
    ana.taps(words.change_hours.fill(choice=words.hours.fill(hours=10)))
    ana.sees_button(words.chosen.fill(choice=words.hours.fill(hours=10)))
    ana.taps(words.hours.fill(hours=20))
    ana.sees(words.month.fill(low="US$48", middle="US$320", high="US$930"))
    ana.taps(level(ana, "entry"))
    ana.taps(level(ana, "middle"))
    ana.sees(level(ana, "middle"), words.hours.fill(hours=20))


def test_an_old_button_changes_its_own_answer_and_nothing_else(ana: Chatter, words: PayWords) -> None:
    ana.says("/pay")
    first = ana.screen
    answers(ana, 20, "text", "middle")
    ana.taps_old(first, words.hours.fill(hours=5))
    ana.taps_old(first, words.hours.fill(hours=5))
    assert {item: mark.value for k, item, mark in ana.person.marks if k == CHOICE} == {
        "hours": "5",
        "kind": "text",
        "level": "middle",
    }
    ana.sees(words.hours.fill(hours=5), kind(ana, "text"), level(ana, "middle"))


def test_a_kind_with_one_level_asks_for_none(ana: Chatter, words: PayWords) -> None:
    answers(ana)
    ana.taps(words.change_kind.fill(choice=kind(ana, "image-video")))
    ana.taps(kind(ana, "specialised"))
    ana.sees(
        words.for_.fill(
            hours=words.hours.fill(hours=10), kind=kind(ana, "specialised"), level=level(ana, "expert")
        )
    )
    ana.taps(words.change_kind.fill(choice=kind(ana, "specialised")))
    ana.taps(kind(ana, "image-video"))
    ana.sees(level(ana, "entry"))


def test_a_level_that_the_new_kind_does_not_have_is_asked_for(ana: Chatter, words: PayWords) -> None:
    answers(ana)
    ana.taps(words.change_kind.fill(choice=kind(ana, "image-video")))
    ana.taps(kind(ana, "llm-rating"))
    ana.sees(words.ask_level)
    ana.sees_no_button(level(ana, "entry"))


def test_kinds_that_somebody_named_in_the_beginning_come_first(ana: Chatter, words: PayWords) -> None:
    ana.remembers(Remember(ANSWER, "work", "audio"), Remember(CHOICE, "hours", "5"))
    ana.says("/pay")
    assert kind(ana, "audio") in ana.labels[0]


@pytest.mark.parametrize(
    "data",
    [
        "pys:hours:0",
        "pys:hours:999",
        "pys:hours:x",
        "pys:hours:",
        "pys:kind:gone",
        "pys:level:gone",
        "pys:what:1",
        "pyq:what",
    ],
)
def test_a_forged_button_is_answered_kindly(ana: Chatter, data: str) -> None:
    ana.presses(data)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)
    assert ana.deeds == []


def test_the_level_cannot_be_asked_for_before_the_kind(ana: Chatter, words: PayWords) -> None:
    ana.presses("pyq:level")
    ana.sees(words.ask_kind)


def test_whoever_loses_an_answer_to_an_author_is_asked_again(
    ana: Chatter, words: PayWords, author: Author
) -> None:
    answers(ana, work="text", at="middle")
    author.edits(
        "forecast",
        lambda data: (
            data.update(rates=[rate for rate in data["rates"] if rate["task_type"] != "text"])
            if "rates" in data
            else None
        ),
    )
    ana.chats.restart_with(author.publishes())
    ana.says("/pay")
    ana.sees(words.ask_kind)
    ana.sees_no_button(kind(ana, "text"))


def test_every_forecast_is_a_range_that_rises(ana: Chatter) -> None:
    file = ana.chats.pack[ForecastFile]
    for kind_ in ana.chats.pack[TaskTypesFile].task_types:
        assert rates_of(file, kind_.id), kind_.id
    for rate in file.rates:
        for hours in (1, *file.hours, 80):
            found = reckoned(file, rate, hours)
            for amounts in (found.month, found.first_month, found.hour):
                assert 0 < amounts.low < amounts.middle < amounts.high
            assert found.first_month.high < found.month.high
            assert found.hour.high < rate.high


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.4", "0"), ("7.6", "8"), ("23.9", "24"), ("159.1", "160"), ("9960", "10000"), ("0", "0")],
)
def test_no_more_digits_are_shown_than_are_known(amount: str, shown: str) -> None:
    assert rounded(Decimal(amount)) == Decimal(shown)


def test_another_subject_has_its_own_words_currency_and_shares() -> None:
    ben = Chats(pack_library("bread")).meet()
    words = ben.chats.words(PayWords)
    answers(ben, 6, "country-loaf", "dear")
    ben.sees(words.month.fill(low="CHF\xa047", middle="CHF\xa093", high="CHF\xa0180"))
    fees = ben.chats.pack[ForecastFile].shares.fees
    ben.sees(words.assumption.fill(text=fees.line.fill(least=5, most=5)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rate, share: rate.update(low=99), "write the smallest of the three as low"),
        (lambda rate, share: share.update(high=90), "the low forecast takes most off"),
        (
            lambda rate, share: share.update(ours=False, sources=[]),
            "name where this is from, or write 'ours: true'",
        ),
        (lambda rate, share: rate.update(level="middle"), "has a rate at the level 'middle' already"),
        (lambda rate, share: rate.update(task_type="nothing"), "there is no 'nothing' in task_types"),
    ],
)
def test_a_forecast_that_cannot_be_right_is_one_clear_line(author: Author, change: object, says: str) -> None:
    def edit(data: dict[str, object]) -> None:
        if "rates" in data:
            change(data["rates"][0], data["shares"]["unpaid_time"])  # type: ignore[operator,index]

    author.edits("forecast", edit)
    with pytest.raises(ContentError) as caught:
        author.publishes()
    (fault,) = caught.value.faults
    assert says in str(fault)
    assert "forecast.yaml:" in str(fault)


def test_a_currency_that_is_none_is_told(author: Author) -> None:
    author.edits("forecast", lambda data: data.update(currency="UDS") if "currency" in data else None)
    with pytest.raises(ContentError, match="UDS is no currency"):
        author.publishes()


def test_the_page_on_pay_leads_to_the_forecast(ana: Chatter, words: PayWords) -> None:
    ana.presses("jp:pay")
    ana.taps(words.title)
    ana.sees(words.ask_hours)


def test_in_spanish_money_is_written_as_one_writes_it_there() -> None:
    library = pack_library("firstlabel")
    eva = Chats(library).meet("Eva", language="es")
    words = library.pack("es").words(PayWords)
    eva.says("/pay")
    eva.taps(words.hours.fill(hours=30))
    kind_there, level_there = (
        library.pack("es")[TaskTypesFile].task_types.get("llm-rating"),
        library.pack("es")[PayFile].levels.get("expert"),
    )
    assert kind_there
    assert level_there
    eva.taps(kind_there.title)
    eva.taps(level_there.title)
    eva.sees(
        "¿Vale la pena?",
        words.month.fill(low="US$480", middle="US$3,100", high="US$9,300"),
        "Comisiones por cobrar y cambiar el dinero: del 1 al 8% (estimación nuestra)",
        "Lo anunciado no es lo ganado.",
    )

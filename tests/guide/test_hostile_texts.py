"""What a text costs that is made to cost much: counted, so that no clock is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.content.kinds.search import Reply
from bot.content.library import Pack
from bot.guide.action import Event, Say
from bot.guide.answers import Answers, Said, normalised
from bot.guide.answers.text import words_of
from bot.guide.answers.vocabulary import vocabulary
from bot.guide.guide import Guide
from bot.guide.offers.addresses import Addresses
from bot.guide.offers.reading import LONGEST, LONGEST_WORD, MOST_ADDRESSES, read
from bot.guide.person import Person
from tests.support.packs import pack_library

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOST_STEPS = 20_000
HOSTILE = {
    "one ligature": "ﷺ" * LONGEST,
    "ligatures": "ﷺ " * (LONGEST // 2),
    "marks on a letter": "a" + "\u0301" * 2047 + "\u0316" * 2047,
    "addresses": "".join(f"outlie{at}r{at}.com " for at in range(400))[:LONGEST],
    "amounts": "$1 " * (LONGEST // 3),
    "letters": "i " * (LONGEST // 2),
}


class Noting(Answers):
    """Counts how often texts are read for what they say, and what that costs."""

    def __init__(self) -> None:
        super().__init__()
        self._noted: dict[int, Said] = {}

    def said(self, pack: Pack, text: str, said: Said | None = None) -> Reply | None:
        said = said or Said()
        self._noted[id(said)] = said
        return super().said(pack, text, said)

    @property
    def reads(self) -> int:
        return sum(each.reads for each in self._noted.values())

    @property
    def steps(self) -> int:
        return sum(each.steps.count for each in self._noted.values())


@dataclass(frozen=True)
class Counting(Addresses):
    """Keeps each host that it is asked about."""

    hosts: list[str] = field(default_factory=list)

    def imitates(self, host: str) -> bool:
        self.hosts.append(host)
        return False


def judged_in(text: str) -> list[str]:
    """The hosts that are held against the official ones while a text is read."""
    empty = frozenset[str]()
    addresses = Counting(empty, empty, empty, empty, empty)
    read(text, addresses, empty.__contains__)
    return addresses.hosts


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_what_a_text_says_is_read_once_in_each_language_at_most(text: str) -> None:
    library, answers = pack_library("firstlabel"), Noting()
    Guide(library, "test_bot", answers=answers).turn(Person(1), Event(1, Say(text), language="en"), NOW)
    assert 1 <= answers.reads <= len(library.packs)
    assert answers.steps <= MOST_STEPS


def test_what_somebody_tells_of_an_offer_is_read_once_more_at_most() -> None:
    library, answers = pack_library("firstlabel"), Noting()
    story = "i was scammed, they told me to pay the registration fee of 35 dollars for the job and i sent it"
    Guide(library, "test_bot", answers=answers).turn(Person(1), Event(1, Say(story), language="en"), NOW)
    assert answers.reads <= 1 + len(library.packs), "once more in one's own language, for the answer"


def test_a_short_text_is_not_asked_whether_it_is_no_offer() -> None:
    library, answers = pack_library("firstlabel"), Noting()
    turn = Event(1, Say("how long does it take until i get paid"), language="en")
    Guide(library, "test_bot", answers=answers).turn(Person(1), turn, NOW)
    assert answers.reads == 1, "in one's own language, for the answer"


def test_each_address_is_told_apart_once() -> None:
    assert judged_in("one.com two.com one.com " * 100) == ["one.com", "two.com"]


def test_of_many_addresses_the_first_are_told_apart_and_the_others_are_links() -> None:
    assert len(judged_in(HOSTILE["addresses"])) == MOST_ADDRESSES
    empty = frozenset[str]()
    reading = read(HOSTILE["addresses"], Addresses.none(), empty.__contains__)
    assert all("link" in token.classes for token in reading.tokens if ".com" in token.word)


@pytest.mark.parametrize(
    "text", [HOSTILE["one ligature"], HOSTILE["ligatures"], HOSTILE["marks on a letter"]]
)
def test_words_are_short_however_much_a_sign_stands_for(text: str) -> None:
    empty = frozenset[str]()
    tokens = read(text, Addresses.none(), empty.__contains__).tokens
    assert all(len(token.word) <= 18 * LONGEST_WORD for token in tokens)
    assert len(normalised(text)) <= 2 * LONGEST


def test_any_row_of_accents_is_taken_away() -> None:
    assert normalised(HOSTILE["marks on a letter"]) == "a"
    assert normalised("e\u0301\u0316\u0301te\u0301") == "ete"


def test_a_language_is_told_by_the_first_words() -> None:
    library, answers = pack_library("firstlabel"), Answers()
    own, spanish = library.pack("en"), "quiero saber cuando es la fiesta del pueblo " * 20
    assert vocabulary(own).familiar(words_of("the work " * 400)) == 1.0
    assert answers.language_of(library, own, spanish + "the work " * 400) is library.pack("es")

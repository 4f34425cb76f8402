"""The search is as good as it was: shares of the development sets, a little below what was measured."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.asking import ids_of
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import SearchFile
from bot.content.library import Pack
from bot.guide.answers import Answers
from bot.guide.answers.text import normalised
from bot.semantic import meaning
from tests.answers.measuring import NONE, Outcome, Shares, cases, measured
from tests.support.packs import pack_library

LANGUAGES = ("en", "es")
FIRST, AMONG_THREE, ANSWERED, WRONG, IN_VAIN = 0.90, 0.95, 0.65, 0.04, 0.05


def shares(answers: Answers, language: str) -> Shares:
    pack = pack_library("firstlabel").pack(language)

    def search(question: str) -> Outcome:
        found = answers.find(pack, question)
        return Outcome(found.best.id if found.best else None, ids_of(found))

    return measured(search, cases(language))


@pytest.fixture(scope="module", params=["by words", "by meaning"])
def answers(request: pytest.FixtureRequest) -> Answers:
    if request.param == "by words":
        return Answers()
    encoder = meaning()
    assert encoder is not None, "the extra 'dev' installs it"
    return Answers(encoder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_get_their_answer_and_hardly_ever_a_wrong_one(answers: Answers, language: str) -> None:
    found = shares(answers, language)
    assert found.first >= FIRST
    assert found.among_three >= AMONG_THREE
    assert found.answered >= ANSWERED
    assert found.wrong <= WRONG
    assert found.answered_in_vain <= IN_VAIN


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_of_the_development_set_is_written_down_in_the_content(language: str) -> None:
    pack = pack_library("firstlabel").pack(language)
    written = {normalised(text) for text in _texts(pack)}
    assert not [case.question for case in cases(language) if normalised(case.question) in written]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_asked_for_and_a_fifth_is_out_of_scope(language: str) -> None:
    ids = {entry.id for entry in pack_library("firstlabel").pack(language)[FaqFile].faq}
    wanted = [case.wanted for case in cases(language)]
    assert {id_ for id_ in wanted if id_ != NONE} <= ids
    assert 0.15 <= wanted.count(NONE) / len(wanted) <= 0.25
    assert len({case.question for case in cases(language)}) == len(wanted)


def _texts(pack: Pack) -> Sequence[str]:
    search = pack[SearchFile]
    return [
        *(way for entry in pack[FaqFile].faq for way in (entry.question, entry.short, *entry.ask)),
        *(word for words in search.keywords.values() for word in words),
        *(example for reply in search.replies for example in reply.examples),
    ]

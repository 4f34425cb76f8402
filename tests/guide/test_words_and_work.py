"""The word list, and the kinds of work with what they pay."""

from __future__ import annotations

import pytest

from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.good_and_bad import GoodAndBadFile
from bot.content.kinds.pay import PayFile
from bot.content.kinds.task_types import TaskTypesFile
from bot.guide.areas.common import CommonWords
from bot.guide.areas.glossary import GlossaryWords
from bot.guide.areas.jobs import JobsWords
from bot.guide.areas.platforms_words import PlatformsWords
from tests.support.chat import Chats, Chatter


@pytest.fixture
def terms(chats: Chats) -> GlossaryFile:
    return chats.pack[GlossaryFile]


@pytest.fixture
def work(chats: Chats) -> JobsWords:
    return chats.words(JobsWords)


def test_each_word_is_found_through_its_group(ana: Chatter, terms: GlossaryFile) -> None:
    common = ana.chats.words(CommonWords)
    for term in terms.glossary:
        group = terms.groups.get(term.group)
        assert group is not None
        ana.says("/glossary")
        ana.taps(group.title)
        while term.term not in ana.labels:
            ana.taps(common.next_page)
        ana.taps(term.term)
        ana.sees(term.term, term.meaning, term.example or "", *term.also)
        ana.taps(common.all_back.fill(title=group.title))
        ana.sees(ana.chats.words(GlossaryWords).group_intro)


def test_a_word_typed_by_itself_is_explained(ana: Chatter, terms: GlossaryFile) -> None:
    for term in terms.glossary:
        ana.says(f"  {term.term.upper()}! ")
        ana.sees(term.meaning)
        for other in term.also:
            ana.says(other)
            assert ana.turn.area == "glossary"


def test_a_word_may_be_asked_for_in_a_sentence(ana: Chatter, terms: GlossaryFile) -> None:
    for lead in ana.chats.words(CommonWords).asked_before:
        ana.says(f"{lead} {terms.glossary[0].term}?")
        ana.sees(terms.glossary[0].meaning)


def test_related_words_are_a_tap_away(ana: Chatter, terms: GlossaryFile) -> None:
    term = next(term for term in terms.glossary if term.related)
    other = terms.glossary.get(term.related[0])
    assert other is not None
    ana.says(f"/start term_{term.id}")
    ana.taps(other.term)
    ana.sees(other.meaning)


def test_a_kind_of_work_shows_what_one_does_needs_and_earns(ana: Chatter, work: JobsWords) -> None:
    pack = ana.chats.pack
    for kind in pack[TaskTypesFile].task_types:
        level = pack[PayFile].levels.get(kind.level)
        assert level is not None
        ana.says("/jobs")
        ana.taps(work.kind.fill(title=kind.title))
        ana.sees(kind.title, kind.what, *kind.examples, *kind.skills, kind.level_note or "")
        ana.sees(work.level.fill(level=level.title, range=level.range))
        for id_ in kind.equipment:
            entry = pack.find("equipment", id_)
            assert entry is not None
            ana.sees(entry.caption)


def test_a_kind_of_work_leads_to_who_offers_it(ana: Chatter, work: JobsWords) -> None:
    kind = ana.chats.pack[TaskTypesFile].task_types[0]
    ana.says(f"/start job_{kind.id}")
    ana.taps(work.find_it)
    ana.sees(kind.title, ana.chats.words(PlatformsWords).kind_intro)


def test_pay_shows_levels_what_moves_them_and_what_to_expect(ana: Chatter, work: JobsWords) -> None:
    pay = ana.chats.pack[PayFile]
    ana.says("/jobs")
    ana.taps(work.pay)
    ana.sees(pay.intro, *(level.title for level in pay.levels), *(level.range for level in pay.levels))
    ana.taps(work.factors)
    ana.sees(*(point.title for point in pay.factors), *(point.text for point in pay.factors))
    ana.taps(work.pay)
    ana.taps(work.expectations)
    ana.sees(*(point.text for point in pay.expectations))


def test_the_good_and_the_bad_stand_a_tap_apart(ana: Chatter, work: JobsWords) -> None:
    sides = ana.chats.pack[GoodAndBadFile]
    ana.says("/jobs")
    ana.taps(work.good)
    ana.sees(work.good_intro, *(point.text for point in sides.good))
    ana.taps(work.bad)
    ana.sees(work.bad_intro, *(point.text for point in sides.bad))
    ana.taps(work.good)
    ana.sees(work.good_intro)


def test_every_amount_names_where_it_is_from(ana: Chatter, work: JobsWords) -> None:
    ana.says("/jobs")
    ana.taps(work.pay)
    for level in ana.chats.pack[PayFile].levels:
        ana.sees(*(source.url.split("/")[2].removeprefix("www.") for source in level.sources))


@pytest.mark.parametrize(
    "data", ["jp:no-such-page", "gg:no-such-group:0", "o:glossary:no-such-word:", "o:task_types:x:"]
)
def test_a_forged_button_is_answered_kindly(ana: Chatter, data: str) -> None:
    ana.presses(data)
    ana.is_told(ana.chats.words(CommonWords).gone_entry)

"""The ranking itself: for any answers, whatever the order of the content."""

from __future__ import annotations

import random
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.fields import Shelf
from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.library import Pack
from bot.guide.matching import TOP, Answers, rank, risen, ways
from bot.guide.matching_table import choices
from tests.support.packs import PACKS, pack_library


def pack(name: str) -> Pack:
    return pack_library(name).pack(None)


def reordered(original: Pack, seed: int) -> Pack:
    """The same content, its platforms in another order."""
    file = original[PlatformsFile]
    shuffled = random.Random(seed).sample(list(file.platforms), len(file.platforms))
    other = file.model_copy(update={"platforms": Shelf(shuffled)})
    return replace(original, kinds=MappingProxyType({**original.kinds, PlatformsFile: other}))


@st.composite
def any_answers(draw: st.DrawFn, name: str) -> Answers:
    """Any subset of the questions, answered in any way that the buttons allow, or with nonsense."""
    answers: dict[str, tuple[str, ...]] = {}
    for question in pack(name)[MatchingFile].questions:
        ids = [choice.id for choice in choices(pack(name), question)]
        most = len(ids) if question.several else 1
        picked = draw(st.lists(st.sampled_from([*ids, "no-such-option"]), max_size=most, unique=True))
        if picked:
            answers[question.id] = tuple(picked)
    return answers


def asked(name: str) -> st.SearchStrategy[tuple[str, Answers]]:
    return any_answers(name).map(lambda answers: (name, answers))


ANYBODY = st.sampled_from(sorted(PACKS)).flatmap(asked)


@given(ANYBODY)
def test_whatever_is_answered_each_entry_has_one_place_and_only_sound_ones_come_up(
    asker: tuple[str, Answers],
) -> None:
    name, answers = asker
    found = rank(pack(name), answers)
    open_ones = (*found.fitting, *found.unfit)
    assert all(match.platform.recommended and match.platform.paid for match in open_ones)
    ids = [*(match.platform.id for match in open_ones), *(each.id for each in found.aside)]
    assert sorted(ids) == sorted(each.id for each in pack(name)[PlatformsFile].platforms)
    assert len(found.top) == min(TOP, len(found.fitting))


@given(ANYBODY, st.integers())
def test_the_order_of_the_content_matters_only_between_equal_ones(
    asker: tuple[str, Answers], seed: int
) -> None:
    name, answers = asker
    found, other = rank(pack(name), answers), rank(reordered(pack(name), seed), answers)
    assert {m.platform.id: m.points for m in found.fitting} == {
        m.platform.id: m.points for m in other.fitting
    }
    assert [m.points for m in found.fitting] == [m.points for m in other.fitting]
    assert [m.points for m in found.fitting] == sorted((m.points for m in found.fitting), reverse=True)


@given(ANYBODY)
def test_equal_ones_stand_in_the_authors_order_every_time(asker: tuple[str, Answers]) -> None:
    name, answers = asker
    author = [each.id for each in pack(name)[PlatformsFile].platforms]
    found = rank(pack(name), answers)
    assert rank(pack(name), answers) == found
    for first, second in zip(found.fitting, found.fitting[1:], strict=False):
        if first.points == second.points:
            assert author.index(first.platform.id) < author.index(second.platform.id)


@given(ANYBODY)
def test_what_would_change_it_does_change_it(asker: tuple[str, Answers]) -> None:
    name, answers = asker
    for way in ways(pack(name), answers):
        before = answers.get(way.question.id, ())
        others = (*before, way.choice.id) if way.question.several else (way.choice.id,)
        assert len(rank(pack(name), {**answers, way.question.id: others}).fitting) == way.count > 0


@pytest.mark.parametrize("name", list(PACKS))
def test_what_is_unknown_counts_nothing(name: str) -> None:
    base = {match.platform.id: match.points for match in rank(pack(name), {}).fitting}
    for question in pack(name)[MatchingFile].questions:
        for choice in choices(pack(name), question):
            found = rank(pack(name), {question.id: (choice.id,)})
            for match in (*found.fitting, *found.unfit):
                if [verdict.level for verdict in match.verdicts] == ["unknown"]:
                    assert match.points == base[match.platform.id]
                    assert match.fits


def test_nothing_rises_when_nothing_changes_and_a_newcomer_on_top_does() -> None:
    whole = rank(pack("firstlabel"), {})
    assert risen(whole, whole) == ()
    without = replace(whole, fitting=whole.fitting[1:])
    assert risen(without, whole) == (whole.fitting[0].platform,)
    assert risen(whole, without) == tuple(match.platform for match in without.top)

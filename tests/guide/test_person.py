"""What a person's record becomes when changes are made to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.guide.person import (
    Change,
    Erase,
    Forget,
    Marks,
    Person,
    Presence,
    Remember,
    Seen,
    Start,
    applied,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WORDS = st.sampled_from(["a", "b", "c"])
CHANGES = st.one_of(
    st.builds(Remember, WORDS, WORDS, WORDS),
    st.builds(Forget, WORDS, WORDS),
    st.builds(Start, st.none() | WORDS),
    st.builds(Seen, st.none() | WORDS),
    st.builds(Presence, st.booleans()),
    st.builds(Erase),
)


@given(CHANGES)
def test_the_same_change_twice_is_the_same_as_once(change: Change) -> None:
    before = applied(Person(1), [Remember("a", "a", "a"), Start("x"), Presence(gone=True)], NOW)
    once = applied(before, [change], LATER)
    assert applied(once, [change], LATER) == once


@given(st.lists(CHANGES), st.lists(CHANGES))
def test_changes_in_two_parts_lead_where_they_lead_in_one(first: list[Change], second: list[Change]) -> None:
    at_once = applied(Person(1), [*first, *second], NOW)
    assert applied(applied(Person(1), first, NOW), second, NOW) == at_once


@given(st.lists(CHANGES), st.lists(CHANGES))
def test_after_erase_nothing_of_before_is_left(before: list[Change], after: list[Change]) -> None:
    assert applied(Person(1), [*before, Erase(), *after], NOW) == applied(Person(1), after, NOW)


@given(st.lists(CHANGES))
def test_the_id_never_changes(changes: list[Change]) -> None:
    assert applied(Person(7), changes, NOW).id == 7


def test_the_first_source_and_the_first_start_win() -> None:
    ana = applied(Person(1), [Start("poster")], NOW)
    ana = applied(ana, [Start("advert")], LATER)
    assert (ana.source, ana.started_at) == ("poster", NOW)


def test_a_source_may_come_after_a_start_without_one() -> None:
    assert applied(Person(1), [Start(), Start("poster")], NOW).source == "poster"


def test_the_same_mark_again_keeps_its_time() -> None:
    ana = applied(Person(1), [Remember("step", "one", "done")], NOW)
    again = applied(ana, [Remember("step", "one", "done")], LATER)
    mark = again.marks.get("step", "one")
    assert mark is not None
    assert mark.at == NOW


def test_another_value_has_its_own_time() -> None:
    ana = applied(Person(1), [Remember("step", "one", "skipped")], NOW)
    mark = applied(ana, [Remember("step", "one", "done")], LATER).marks.get("step", "one")
    assert mark is not None
    assert (mark.value, mark.at) == ("done", LATER)


def test_a_change_leaves_the_former_record_as_it_was() -> None:
    before = applied(Person(1), [Remember("a", "x", "1")], NOW)
    applied(before, [Remember("a", "x", "2"), Forget("a", "x")], LATER)
    assert before.marks.value("a", "x") == "1"


def test_of_present_and_former_ids_the_first_with_a_mark_counts() -> None:
    marks = Marks.of([("step", "old", "done", NOW), ("step", "older", "skipped", NOW)])
    assert marks.value("step", "new", "old", "older") == "done"
    assert marks.value("step", "new") is None
    assert [(kind, item) for kind, item, _ in marks] == [("step", "old"), ("step", "older")]


def test_marks_that_were_all_taken_away_are_none() -> None:
    marks = applied(Person(1), [Remember("a", "x", "1"), Forget("a", "x")], NOW).marks
    assert not marks
    assert not Marks()
    assert Marks.of([("a", "x", "1", NOW)])


def test_somebody_who_starts_again_is_no_longer_gone() -> None:
    assert not applied(Person(1), [Presence(gone=True), Start()], NOW).gone

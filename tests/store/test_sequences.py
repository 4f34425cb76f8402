"""Whatever happens in whatever order, a store holds what :func:`bot.guide.person.applied` says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.guide.person import (
    UNTIL_BACK,
    Asked,
    Change,
    Erase,
    Forget,
    Person,
    Plan,
    Presence,
    Remember,
    Schedule,
    Seen,
    Settle,
    Start,
    Tipped,
    applied,
)
from bot.guide.ports import Store
from tests.store.knowing import NOON, known

# Few names, so that changes meet; and now and then any text that every database can hold.
_word = st.sampled_from(["a", "b", "A", "a/b", ""]) | st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8
)
_moment = st.integers(0, 5).map(lambda hours: NOON + timedelta(hours=hours))
_plan = st.builds(
    Plan,
    st.sampled_from(["UTC", "Asia/Manila"]),
    st.integers(0, 1439),
    st.frozensets(st.integers(0, 6)),
    st.booleans(),
    st.none() | _moment | st.just(UNTIL_BACK),
)
_changes = st.lists(
    st.one_of(
        st.builds(Remember, _word, _word, _word),
        st.builds(Forget, _word, _word),
        st.builds(Start, st.none() | _word),
        st.builds(Seen, st.none() | _word),
        st.builds(Presence, st.booleans()),
        st.builds(Settle, st.sampled_from(["UTC", "Europe/Berlin"])),
        st.builds(Schedule, _plan, st.none() | _moment),
        st.builds(
            Tipped, _moment, st.none() | _moment, st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3))
        ),
        st.builds(Asked, _word, _word),
        st.just(Erase()),
    ),
    max_size=6,
)


def _without_tipped(changes: list[Change]) -> list[Change]:
    """What a turn may hold: what was due is dealt with elsewhere, and once."""
    return [change for change in changes if not isinstance(change, Tipped)]


_turns = st.lists(st.tuples(st.integers(0, 2), _changes, st.integers(0, 5_000_000)), max_size=12)

# Each example is about three people whom the store has never seen, so examples do not meet.
_newcomers = count(1, step=3)
_settings = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_settings
@given(turns=_turns)
async def test_a_store_holds_for_each_person_what_their_changes_make_of_them(
    store: Store, turns: list[tuple[int, list[Change], int]]
) -> None:
    first = next(_newcomers)
    people = {first + offset: Person(first + offset) for offset in range(3)}
    now = NOON
    for who, changes, microseconds in turns:
        now += timedelta(microseconds=microseconds)
        person_id = first + who
        people[person_id] = applied(people[person_id], changes, now)
        await store.save(person_id, changes, now)
        for expected in people.values():
            assert known(await store.person(expected.id)) == known(expected)


@_settings
@given(before=_changes, changes=_changes.map(_without_tipped))
async def test_the_same_changes_again_leave_the_same_person(
    store: Store, before: list[Change], changes: list[Change]
) -> None:
    person_id = next(_newcomers)
    later = NOON + timedelta(hours=1)
    await store.save(person_id, before, NOON)
    await store.save(person_id, changes, later)
    once = await store.person(person_id)
    await store.save(person_id, changes, later)
    assert await store.person(person_id) == once

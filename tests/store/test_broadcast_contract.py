"""Broadcasts: what every store promises to whoever writes and sends them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.guide.broadcast import Audience, Broadcast, Fate, Post, Stage, Tally
from bot.guide.journey import DONE, SKIPPED, STEP
from bot.guide.person import Change, Erase, Presence, Remember, Seen, Start
from bot.guide.ports import Store
from bot.store import open_store
from tests.store.knowing import LATER, NOON

ADMIN, OTHER = 7_000_000_001, 8
POST = Post("Hello 👋 \ud83d\x00", '[{"type": "bold", "offset": 0, "length": 5}]', "AgACphoto")
STAGES: tuple[Stage, ...] = ("none", "some", "all")
STEPS = (("learn", "study"), ("apply",), ("work",))
DAY = timedelta(days=1)


def draft(number: int = 1, admin: int = ADMIN, **others: object) -> Broadcast:
    made = Broadcast(number, admin, NOON, "en", post=POST)
    return replace(made, **others)  # type: ignore[arg-type]


async def people(store: Store, *ids: int, changes: tuple[Change, ...] = (Start(),)) -> None:
    for person in ids:
        await store.save(person, changes, NOON)


async def confirmed(store: Store, size: int, number: int = 1) -> Broadcast:
    """A broadcast to so many people, whose ids count from 1."""
    await people(store, *range(1, size + 1))
    await store.keep_draft(draft(number))
    assert await store.confirm(draft(number), STEPS, NOON)
    found = await store.broadcast(number)
    assert found is not None
    return found


async def everybody(store: Store, number: int = 1) -> list[int]:
    return list(await store.take(number, 1_000))


async def test_a_draft_is_read_back_as_it_was_written(store: Store) -> None:
    audience = Audience("pt", "some", 30)
    await store.keep_draft(draft(2**50, audience=audience, revision=3, language="pt-br"))
    found = await store.draft(ADMIN)
    assert found == draft(2**50, audience=audience, revision=3, language="pt-br")
    assert await store.broadcast(2**50) == found
    assert await store.draft(OTHER) is None


async def test_an_admin_has_one_draft_and_it_can_be_dropped(store: Store) -> None:
    await store.keep_draft(draft(1))
    await store.keep_draft(draft(3, OTHER))
    await store.keep_draft(draft(2, post=None))
    assert await store.draft(ADMIN) == draft(2, post=None)
    assert await store.broadcast(1) is None
    await store.drop_draft(ADMIN)
    assert await store.draft(ADMIN) is None
    assert await store.draft(OTHER) == draft(3, OTHER)


async def test_a_draft_of_another_admin_is_not_overwritten(store: Store) -> None:
    await store.keep_draft(draft(1))
    await store.keep_draft(draft(1, OTHER, post=None))
    assert await store.draft(ADMIN) == draft(1)
    assert await store.draft(OTHER) is None


async def test_whoever_is_there_at_the_confirmation_gets_it_and_nobody_who_is_gone(store: Store) -> None:
    await people(store, 1, 2, 3, 4)
    await store.save(3, [Presence(gone=True)], NOON)
    await store.keep_draft(draft())
    assert await store.audience_size(Audience(), STEPS, NOON) == 3
    assert await store.confirm(draft(), STEPS, LATER, message=77)
    await people(store, 5)
    await store.save(3, [Presence(gone=False)], LATER)
    assert await everybody(store) == [1, 2, 4]
    assert await store.broadcast(1) == draft(state="on", message=77, at=LATER)
    assert await store.draft(ADMIN) is None


async def test_a_draft_is_confirmed_once_and_only_as_it_was_seen(store: Store) -> None:
    await people(store, 1)
    await store.keep_draft(draft(revision=2))
    assert not await store.confirm(draft(revision=1), STEPS, NOON)
    assert not await store.confirm(draft(2, revision=2), STEPS, NOON)
    assert not await store.confirm(draft(admin=OTHER, revision=2), STEPS, NOON)
    assert await store.confirm(draft(revision=2), STEPS, NOON)
    assert not await store.confirm(draft(revision=2), STEPS, LATER)
    await store.keep_draft(draft(revision=3))
    assert await store.tally(1) == Tally(waiting=1)
    found = await store.broadcast(1)
    assert found is not None
    assert (found.state, found.revision) == ("on", 2)


async def test_what_is_not_written_yet_cannot_be_confirmed(store: Store) -> None:
    await store.keep_draft(draft(post=None))
    assert not await store.confirm(draft(post=None), STEPS, NOON)


@pytest.mark.parametrize(
    ("audience", "chosen"),
    [
        (Audience(), [1, 2, 3, 4, 5]),
        (Audience(language="pt"), [1, 2]),
        (Audience(language="p"), []),
        (Audience(language="%"), []),
        (Audience(language="p_"), []),
        (Audience(days=7), [1, 4]),
        (Audience(stage="none"), [1, 5]),
        (Audience(stage="some"), [2, 3]),
        (Audience(stage="all"), [4]),
        (Audience("en", "all", 7), [4]),
        (Audience("pt", "all", 7), []),
    ],
)
async def test_an_audience_is_chosen_by_language_progress_and_activity(
    store: Store, audience: Audience, chosen: list[int]
) -> None:
    def at(*items: str, value: str = DONE) -> list[Change]:
        return [Remember(STEP, item, value) for item in items]

    old, lately = NOON - 8 * DAY, NOON - 6 * DAY
    await store.save(1, [Start(), Seen("pt-BR"), Remember("task", "learn", DONE)], lately)
    await store.save(2, [Seen("pt"), *at("study")], old)
    await store.save(3, [Seen("en"), *at("learn", value=SKIPPED), *at("apply", "long-gone")], old)
    await store.save(4, [Seen("en-GB"), *at("study", "apply", "work")], lately)
    await store.save(5, [Start(), *at("work", value="open")], NOON)
    assert await store.audience_size(audience, STEPS, NOON) == len(chosen)
    await store.keep_draft(draft(audience=audience))
    assert await store.confirm(draft(audience=audience), STEPS, NOON)
    assert await everybody(store) == chosen


async def test_a_step_made_of_two_former_ones_counts_once(store: Store) -> None:
    merged = (("begin", "learn", "study"), ("apply",))
    await store.save(1, [Remember(STEP, item, DONE) for item in ("learn", "study")], NOON)
    await store.save(2, [Remember(STEP, item, DONE) for item in ("learn", "study", "apply")], NOON)
    sizes = {stage: await store.audience_size(Audience(stage=stage), merged, NOON) for stage in STAGES}
    assert sizes == {"none": 0, "some": 1, "all": 1}


async def test_without_steps_progress_does_not_matter(store: Store) -> None:
    await people(store, 1, 2)
    assert await store.audience_size(Audience(stage="all"), (), NOON) == 2


async def test_the_languages_of_those_who_are_here_are_told_most_first(store: Store) -> None:
    for person, language in enumerate(("en", "pt-BR", "pt", "EN-gb", "en", "sw", None)):
        await store.save(person + 1, [Start(), *([Seen(language)] if language else [])], NOON)
    await store.save(9, [Seen("sw"), Presence(gone=True)], NOON)
    found = await store.audience_languages()
    assert list(found.items()) == [("en", 3), ("pt", 2), ("sw", 1)]


async def test_each_person_is_taken_once_however_many_are_asked_for(store: Store) -> None:
    await confirmed(store, 7)
    taken = [list(await store.take(1, 3)) for _ in range(4)]
    assert taken == [[1, 2, 3], [4, 5, 6], [7], []]
    assert await store.tally(1) == Tally(in_flight=7)


async def test_who_has_gone_since_the_confirmation_costs_no_call_and_counts_as_blocked(store: Store) -> None:
    await confirmed(store, 9)
    for person in (1, 2, 3, 5, 8):
        await store.save(person, [Presence(gone=True)], NOON)
    await store.save(8, [Presence(gone=False)], LATER)
    assert await store.take(1, 2) == [4], "of those who were looked at"
    assert await store.tally(1) == Tally(waiting=5, in_flight=1, blocked=3)
    assert await store.take(1, 9) == [6, 7, 8, 9]
    assert await store.take(1, 9) == []
    assert await store.tally(1) == Tally(in_flight=5, blocked=4)


async def test_nothing_is_taken_of_what_is_paused_or_cancelled_and_cancelled_is_for_good(
    store: Store,
) -> None:
    await confirmed(store, 3)
    await store.steer(1, "paused")
    assert await store.take(1, 1) == []
    await store.steer(1, "on")
    assert await store.take(1, 1) == [1]
    await store.steer(1, "cancelled")
    await store.steer(1, "on")
    assert await store.take(1, 1) == []
    (found,) = await store.under_way()
    assert found.state == "cancelled"


async def test_a_draft_cannot_be_steered_or_taken_from(store: Store) -> None:
    await people(store, 1)
    await store.keep_draft(draft())
    await store.steer(1, "on")
    assert await store.under_way() == []
    assert await store.take(1, 5) == []


async def test_what_became_of_each_is_counted_and_who_is_gone_is_known(store: Store) -> None:
    await confirmed(store, 6)
    await store.take(1, 5)
    fates: dict[int, Fate] = {1: "sent", 2: "failed", 3: "blocked", 4: "unknown"}
    await store.land(1, fates, [3], LATER)
    assert await store.tally(1) == Tally(waiting=1, in_flight=1, sent=1, failed=1, blocked=1, unknown=1)
    assert [(await store.person(each)).gone for each in (1, 3)] == [False, True]


async def test_what_was_surely_not_sent_waits_again(store: Store) -> None:
    await confirmed(store, 3)
    await store.take(1, 3)
    await store.land(1, {2: "sent"}, [], NOON)
    await store.put_back(1, [1, 2])
    assert await everybody(store) == [1]


async def test_what_was_in_flight_when_its_sender_died_is_unknown_and_never_taken_again(store: Store) -> None:
    await confirmed(store, 3)
    await store.take(1, 2)
    await store.lose_flights()
    assert await store.tally(1) == Tally(waiting=1, unknown=2)
    await store.put_back(1, [1])
    assert await everybody(store) == [3]


async def test_a_late_word_from_who_was_thought_dead_is_still_believed(store: Store) -> None:
    await confirmed(store, 2)
    await store.take(1, 2)
    await store.lose_flights()
    await store.land(1, {1: "sent"}, [], NOON)
    await store.land(1, {1: "unknown", 2: "unknown"}, [], NOON)
    assert await store.tally(1) == Tally(sent=1, unknown=1)


async def test_whoever_is_erased_meanwhile_is_left_out(store: Store) -> None:
    await confirmed(store, 3)
    await store.take(1, 1)
    await store.save(1, [Erase()], NOON)
    await store.save(2, [Erase()], NOON)
    await store.land(1, {1: "blocked"}, [1], NOON)
    assert await store.tally(1) == Tally(waiting=1)
    assert not (await store.person(1)).gone


async def test_what_an_admin_wrote_goes_with_their_erasure_unless_it_was_confirmed(store: Store) -> None:
    await confirmed(store, 2)
    await store.keep_draft(draft(5))
    await store.keep_draft(draft(6, OTHER))
    await store.save(ADMIN, [Erase()], NOON)
    assert await store.draft(ADMIN) is None
    assert await store.draft(OTHER) is not None
    assert [each.id for each in await store.under_way()] == [1]


async def test_those_under_way_are_told_in_the_order_of_their_confirmation(store: Store) -> None:
    await people(store, 1)
    for number, admin in ((9, ADMIN), (3, OTHER), (6, 10)):
        await store.keep_draft(draft(number, admin))
        assert await store.confirm(draft(number, admin), STEPS, NOON)
    assert [each.id for each in await store.under_way()] == [9, 3, 6]
    await store.end(3, LATER)
    assert [each.id for each in await store.under_way()] == [9, 6]


async def test_after_the_end_the_tally_is_all_that_is_left(store: Store) -> None:
    await confirmed(store, 3)
    await store.show_on(1, 12)
    await store.take(1, 2)
    await store.land(1, {1: "sent", 2: "blocked"}, [2], NOON)
    await store.steer(1, "cancelled")
    await store.end(1, LATER)
    await store.end(1, LATER)
    await store.steer(1, "on")
    await store.purge_broadcasts(NOON)
    assert await store.tally(1) == Tally(waiting=1, sent=1, blocked=1)
    assert await store.broadcast(1) == draft(state="cancelled", post=None, message=12, ended=True)
    assert await store.take(1, 1) == []


async def test_old_drafts_are_forgotten_and_nothing_that_is_under_way(store: Store) -> None:
    await confirmed(store, 2)
    await store.keep_draft(draft(2))
    await store.keep_draft(draft(3, OTHER, at=LATER))
    await store.purge_broadcasts(LATER)
    assert await store.draft(ADMIN) is None
    assert await store.draft(OTHER) is not None
    assert await everybody(store) == [1, 2]


async def test_of_an_unknown_one_there_is_nothing(store: Store) -> None:
    assert await store.broadcast(5) is None
    assert await store.tally(5) == Tally()
    assert await store.take(5, 5) == []
    await store.steer(5, "on")
    await store.show_on(5, 1)
    await store.end(5, NOON)
    await store.land(5, {}, [], NOON)
    await store.put_back(5, [])
    await store.drop_draft(ADMIN)
    await store.lose_flights()


async def test_a_broadcast_survives_the_end_of_the_process(url: str) -> None:
    store = await open_store(url)
    before = await confirmed(store, 5)
    await store.take(1, 2)
    await store.close()
    again = await open_store(url)
    assert await again.under_way() == [before]
    assert await again.tally(1) == Tally(waiting=3, in_flight=2)
    await again.close()


async def test_two_who_take_at_once_never_get_the_same_person(url: str) -> None:
    one, other = await open_store(url), await open_store(url)
    try:
        await confirmed(one, 200)

        async def all_of(store: Store) -> list[int]:
            found: list[int] = []
            while got := await store.take(1, 7):
                found += got
                await store.land(1, dict.fromkeys(got, "sent"), [], NOON)
            return found

        got = await asyncio.gather(*(all_of(store) for store in (one, other, one, other)))
        assert sorted(person for each in got for person in each) == list(range(1, 201))
    finally:
        await one.close()
        await other.close()


async def test_twenty_thousand_people_are_fixed_and_purged_at_once(database_store: Store, url: str) -> None:
    from tests.faults.databases import database_at

    database = database_at(url)
    await people(database_store, 1)
    await database.run(
        "WITH RECURSIVE more (id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM more WHERE id < 20000)"
        " INSERT INTO people (id) SELECT id FROM more"
    )
    await database_store.keep_draft(draft())
    assert await database_store.confirm(draft(), STEPS, NOON)
    assert await database_store.tally(1) == Tally(waiting=20_000)
    await database_store.end(1, NOON)
    await database_store.purge_broadcasts(NOON)
    assert await database.rows("SELECT COUNT(*) FROM broadcast_people") == [(0,)]

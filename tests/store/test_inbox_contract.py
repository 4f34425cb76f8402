"""What every store promises of the inbox, said in examples."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import LaneLostError
from bot.guide.person import Erase, Person, Remember
from bot.guide.ports import DeadLetter, Letter, Store, Taken
from bot.store import open_store
from tests.store.knowing import LATER, NOON, marks

ANNA, BEN = 7_000_000_001, 42


def letter(number: int, person: int = ANNA) -> Letter:
    return Letter(number, person, f'{{"update_id": {number}}}')


async def ids_waiting(store: Store, person: int = ANNA) -> list[int]:
    return [each.id for each in await store.waiting(person, None, 100)]


@pytest.fixture
async def serving(store: Store) -> Store:
    """A store that serves, as it does once the bot has started."""
    assert not await store.claim()
    return store


async def test_what_was_put_is_there_to_be_worked_on(serving: Store) -> None:
    assert (await serving.put([letter(7), letter(8), letter(9, BEN)], NOON)).now == {7, 8, 9}
    assert await serving.waiting(ANNA, None, 100) == [letter(7), letter(8)]
    assert await ids_waiting(serving, BEN) == [9]


async def test_nothing_put_is_nothing_to_do(serving: Store) -> None:
    assert not (await serving.put([], NOON)).now


async def test_a_letter_that_comes_again_is_ignored_while_it_waits(serving: Store) -> None:
    await serving.put([letter(7)], NOON)
    taken = await serving.put([letter(7), letter(8)], NOON)
    assert taken.now == {8}
    assert taken.later <= {ANNA}
    assert await ids_waiting(serving) == [7, 8]


async def test_a_letter_that_comes_twice_in_one_batch_is_one(serving: Store) -> None:
    assert (await serving.put([letter(7), letter(7)], NOON)).now == {7}
    assert await ids_waiting(serving) == [7]


async def test_a_letter_that_comes_again_after_it_is_done_is_ignored(serving: Store) -> None:
    await serving.put([letter(7)], NOON)
    await serving.settle([7], [ANNA])
    assert await serving.put([letter(7)], NOON) == Taken(frozenset())
    assert await ids_waiting(serving) == []


async def test_letters_wait_in_the_order_of_their_ids(serving: Store) -> None:
    for number in (9, 7, 8):
        await serving.put([letter(number)], NOON)
    assert await ids_waiting(serving) == [7, 8, 9]
    assert [each.id for each in await serving.waiting(ANNA, 7, 1)] == [8]


async def test_any_id_and_person_that_telegram_may_send_is_kept(serving: Store) -> None:
    for number, person in ((2**63 - 1, 2**63 - 1), (-(2**63) + 1, -1), (0, 0)):
        await serving.put([letter(number, person)], NOON)
        assert await ids_waiting(serving, person) == [number]


async def test_what_is_settled_is_gone(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    assert not await serving.settle([7], [])
    assert await ids_waiting(serving) == [8]
    await serving.settle([7, 8], [ANNA])
    assert await ids_waiting(serving) == []


async def test_after_a_kill_what_waited_is_dealt_out_again(url: str) -> None:
    first = await open_store(url)
    await first.claim()
    await first.put([letter(7), letter(8, BEN), letter(9, BEN)], NOON)
    await first.settle([8], [])
    await first.close()
    second = await open_store(url)
    assert list(await second.claim()) == [ANNA, BEN]
    assert (await ids_waiting(second), await ids_waiting(second, BEN)) == ([7], [9])
    assert not await second.claim(), "a lane is dealt out once"
    await second.close()


async def test_an_answer_is_kept_with_what_the_turn_changes(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.save(ANNA, [Remember("step", "s", "done")], NOON, {7: '{"text": "Done"}'})
    assert [each.answer for each in await serving.waiting(ANNA, None, 2)] == ['{"text": "Done"}', None]
    assert ("step", "s") in marks(await serving.person(ANNA))


async def test_an_answer_alone_is_kept_too(serving: Store) -> None:
    await serving.put([letter(7)], NOON)
    await serving.save(ANNA, [], NOON, {7: "shown"})
    assert (await serving.waiting(ANNA, None, 1))[0].answer == "shown"
    assert await serving.person(ANNA) == Person(ANNA)


async def test_a_turn_whose_letter_is_gone_changes_nothing(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.settle([7], [])
    with pytest.raises(LaneLostError):
        await serving.save(ANNA, [Remember("step", "s", "done")], NOON, {8: "a", 7: "b"})
    assert await serving.person(ANNA) == Person(ANNA)
    assert (await serving.waiting(ANNA, None, 1))[0].answer is None


async def test_what_is_left_of_a_lost_turns_person_is_dealt_again(serving: Store) -> None:
    await serving.put([letter(7), letter(8), letter(9, BEN)], NOON)
    await serving.settle([7], [])
    with pytest.raises(LaneLostError):
        await serving.save(ANNA, [], NOON, {7: "late"})
    assert list(await serving.claim()) == [ANNA]
    assert not await serving.claim()


async def test_after_a_lost_turn_that_person_is_dealt_again_whose_letters_they_were(serving: Store) -> None:
    await serving.put([letter(7, BEN), letter(8, BEN), letter(9)], NOON)
    await serving.settle([7], [])
    with pytest.raises(LaneLostError):
        await serving.save(ANNA, [], NOON, {8: "shown", 7: "late"})
    assert list(await serving.claim()) == [BEN]


async def test_how_often_work_began_is_counted(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.begin([7])
    await serving.begin([7, 8])
    assert [each.begun for each in await serving.waiting(ANNA, None, 2)] == [2, 1]
    await serving.begin([7, 8], -1)
    assert [each.begun for each in await serving.waiting(ANNA, None, 2)] == [1, 0]


async def test_a_buried_letter_waits_no_more_and_stays_known(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.bury(7, DeadLetter("7K3QZ4", "KeyError", '{"message": "object"}'), NOON)
    assert await ids_waiting(serving) == [8]
    assert not (await serving.put([letter(7)], NOON)).now


async def test_what_never_had_an_id_can_be_buried(serving: Store) -> None:
    await serving.bury(None, DeadLetter("7K3QZ5", "no update", "str"), NOON)


async def test_an_erased_person_may_still_have_letters_and_begins_anew(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.save(ANNA, [Erase()], NOON, {7: "gone"})
    await serving.settle([7], [])
    await serving.save(ANNA, [Remember("step", "s", "done")], NOON, {8: "new"})
    assert set(marks(await serving.person(ANNA))) == {("step", "s")}


async def test_ids_are_forgotten_when_they_are_old_and_nothing_waits_under_them(serving: Store) -> None:
    await serving.put([letter(7), letter(8)], NOON)
    await serving.settle([7], [])
    await serving.put([letter(9)], LATER)
    await serving.settle([9], [])
    await serving.purge(dead_before=LATER, known_before=LATER)
    assert (await serving.put([letter(7), letter(8), letter(9)], LATER)).now == {7}


async def test_a_purge_takes_away_more_than_it_does_in_one_transaction(serving: Store) -> None:
    many = [letter(number) for number in range(5_000)]
    await serving.put(many, NOON)
    await serving.settle([each.id for each in many], [ANNA])
    await serving.purge(dead_before=LATER, known_before=LATER)
    assert len((await serving.put(many, LATER)).now) == 5_000


async def test_a_duty_is_had_by_whoever_asks_alone(store: Store) -> None:
    async with store.duty("purge"):
        await store.purge(dead_before=NOON - timedelta(days=1), known_before=NOON)

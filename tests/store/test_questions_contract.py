"""What every store promises about questions that were asked in vain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.guide.person import Asked, Erase, Person, Remember, Seen
from bot.guide.ports import Store
from bot.guide.ports_unanswered import Unanswered
from tests.store.knowing import LATER, NOON

ANNA, BEN = 7_000_000_001, 42
DAY = timedelta(days=1)
PARKING = Asked("can i park there", "en")


async def asked(store: Store, since: datetime = NOON) -> list[tuple[str, str]]:
    return [(each.text, each.language) for each in await store.unanswered(since.date())]


async def test_a_question_is_kept_with_the_other_changes_of_its_turn(store: Store) -> None:
    await store.save(ANNA, [Seen("en"), PARKING], NOON)
    (found,) = await store.unanswered(NOON.date())
    assert found == Unanswered(found.id, PARKING.text, "en", NOON.date())
    assert (await store.person(ANNA)).seen_at == NOON


async def test_it_makes_nobody_known(store: Store) -> None:
    await store.save(ANNA, [PARKING], NOON)
    assert await store.person(ANNA) == Person(ANNA)


async def test_whoever_asks_the_same_on_a_day_it_is_kept_once(store: Store) -> None:
    await store.save(ANNA, [PARKING], NOON)
    await store.save(ANNA, [PARKING], NOON)
    await store.save(BEN, [PARKING], LATER)
    assert await asked(store) == [("can i park there", "en")]


async def test_in_another_language_in_other_words_or_on_another_day_it_is_another_one(store: Store) -> None:
    await store.save(ANNA, [PARKING, Asked(PARKING.text, "es"), Asked("May I park?", "en")], NOON)
    await store.save(ANNA, [PARKING], NOON + DAY)
    assert len({each.id for each in await store.unanswered(NOON.date())}) == 4


async def test_the_last_day_comes_first_and_days_before_are_left_out(store: Store) -> None:
    for ago in (2, 0, 1):
        await store.save(ANNA, [Asked(f"{ago} days ago", "en")], NOON - ago * DAY)
    assert [text for text, _ in await asked(store, NOON - DAY)] == ["0 days ago", "1 days ago"]
    assert [each.text for each in await store.unanswered((NOON - 2 * DAY).date(), 1)] == ["0 days ago"]


async def test_a_day_is_that_of_utc(store: Store) -> None:
    early = datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=5)))
    await store.save(ANNA, [PARKING], early)
    (found,) = await store.unanswered(early.astimezone(UTC).date())
    assert found.day == early.astimezone(UTC).date() != early.date()


async def test_what_is_ignored_is_shown_no_more_until_another_day(store: Store) -> None:
    await store.save(ANNA, [PARKING, Asked("who are you", "en")], NOON)
    parking = next(each.id for each in await store.unanswered(NOON.date()) if each.text == PARKING.text)
    await store.ignore([parking])
    await store.ignore([parking, 2**56 - 1])
    await store.ignore([])
    await store.save(BEN, [PARKING], LATER)
    assert await asked(store) == [("who are you", "en")]
    await store.save(BEN, [PARKING], NOON + DAY)
    assert await asked(store, NOON + DAY) == [("can i park there", "en")]


async def test_what_is_old_is_forgotten(store: Store) -> None:
    await store.save(ANNA, [PARKING], NOON - DAY)
    await store.save(ANNA, [Asked("ignored", "en")], NOON - DAY)
    await store.save(ANNA, [Asked("of today", "en")], NOON)
    await store.ignore(
        [each.id for each in await store.unanswered(NOON.date() - DAY) if each.text == "ignored"]
    )
    await store.purge_unanswered(NOON.date())
    assert await asked(store, NOON - DAY) == [("of today", "en")]


async def test_more_than_one_piece_of_old_ones_goes_at_once(database_store: Store) -> None:
    many = [Asked(f"question {number}", "en") for number in range(2_500)]
    await database_store.save(ANNA, many, NOON - DAY)
    await database_store.purge_unanswered(NOON.date())
    assert await asked(database_store, NOON - DAY) == []


async def test_whoever_is_erased_leaves_their_questions_since_nobody_knows_whose_they_are(
    store: Store,
) -> None:
    await store.save(ANNA, [Remember("step", "a", "done"), PARKING], NOON)
    await store.save(ANNA, [Erase()], LATER)
    assert await store.person(ANNA) == Person(ANNA)
    assert await asked(store) == [("can i park there", "en")]


async def test_any_text_can_be_kept(store: Store) -> None:
    odd = '\u202e 👩‍👩‍👧‍👦 it\'s "odd"; DROP TABLE unanswered; --\t\n' + "ñ" * 250
    await store.save(ANNA, [Asked(odd, "pt-br")], NOON)
    assert await asked(store) == [(odd, "pt-br")]

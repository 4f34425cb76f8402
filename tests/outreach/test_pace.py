"""How fast tips go out: as fast as they may, no faster, and Telegram's pauses are kept. Before real lanes, in virtual time."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

from telegram.error import RetryAfter

from bot.guide.ports import Sent
from bot.guide.screen import Screen
from bot.telegram_io.lanes import CallLane
from tests.outreach.fakes import NINE, Office
from tests.support.virtual_time import now, virtual
from tests.telegram_io.far_telegram import FarTelegram, Trip, far, most_in

RATE = 25
ROUND_TRIP = 0.2


class FarPost:
    """Sends through the bulk lane to a far Telegram."""

    def __init__(self, telegram: FarTelegram) -> None:
        self.telegram = telegram

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        assert within is not None
        await self.telegram.call("tip", person_id, CallLane(bulk=True, until=now() + within))
        return Sent.DONE


def office_before(telegram: FarTelegram) -> Office:
    office = Office(rate=RATE)
    office.post = FarPost(telegram)  # type: ignore[assignment]
    office.store.seconds = 0.02
    return office


def arrived(telegram: FarTelegram) -> list[Trip]:
    return [trip for trip in telegram.trips if trip.error is None]


@virtual
async def test_the_rate_is_reached_over_a_slow_line_and_never_passed() -> None:
    telegram = far(RATE, there=lambda: ROUND_TRIP / 2, back=lambda: ROUND_TRIP / 2)
    office = office_before(telegram)
    people = office.store.add(*[NINE] * RATE * 60)
    began = now()
    async with office.at_work():
        await office.until(lambda: len(office.store.recorded) == len(people))
    # The lane counts a message until a second after its answer, for it may have arrived at any moment before that.
    assert now() - began < 60 * (1 + ROUND_TRIP) * 1.02
    assert most_in(1.0, (trip.arrived for trip in telegram.trips)) <= RATE
    assert Counter(trip.chat for trip in telegram.trips) == Counter(people)


@virtual
async def test_a_pause_is_kept_and_nobody_gets_two_or_none() -> None:
    halts = {10: 7.0, 100: 50.0, 200: 300.0}

    def answer(trip: Trip) -> RetryAfter | None:
        halt = halts.pop(len(telegram.trips), None)
        return RetryAfter(timedelta(seconds=halt)) if halt else None

    telegram = far(RATE, there=lambda: 0.1, back=lambda: 0.1, answer=answer)
    office = office_before(telegram)
    people = office.store.add(*[NINE] * 300)
    async with office.at_work():
        await office.until(lambda: len(office.store.recorded) == len(people))
        await asyncio.sleep(300)
    assert halts == {}
    assert Counter(trip.chat for trip in arrived(telegram)) == Counter(people)
    refused = [trip for trip in telegram.trips if trip.error is not None]
    for trip, pause in zip(refused, (7.0, 50.0, 300.0), strict=True):
        assert not [each for each in telegram.trips if trip.ended < each.started < trip.ended + pause]

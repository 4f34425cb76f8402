"""Which call rides in the answer to which update, and what happens to those that miss it."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.telegram_io.rides import Rides

TAP: dict[str, Any] = {"update_id": 1, "callback_query": {"id": "q"}}


async def test_the_call_for_a_tap_goes_with_the_answer_to_its_update() -> None:
    rides = Rides()
    ride = rides.offer(TAP)
    assert ride is not None
    assert rides.take("q", "answerCallbackQuery", {"callback_query_id": "q"})
    assert await ride == {"method": "answerCallbackQuery", "callback_query_id": "q"}
    assert not rides.take("q", "answerCallbackQuery", {"callback_query_id": "q"}), "it has left"


async def test_who_comes_too_late_goes_alone_and_nobody_waits_longer() -> None:
    rides = Rides(wait=0.0)
    ride = rides.offer(TAP)
    assert ride is not None
    assert await ride is None
    assert not rides.take("q", "answerCallbackQuery", {})


async def test_a_tap_that_is_delivered_again_waits_for_nothing() -> None:
    rides = Rides()
    first = rides.offer(TAP)
    assert first is not None
    assert rides.offer({**TAP, "update_id": 2}) is None
    rides.take("q", "answerCallbackQuery", {})
    assert await first == {"method": "answerCallbackQuery"}


async def test_messages_and_nonsense_carry_nothing() -> None:
    rides = Rides()
    nonsense: list[dict[str, Any]] = [
        {"update_id": 1, "message": {"id": "q"}},
        {"update_id": 1, "callback_query": []},
        {"update_id": 1, "callback_query": {"id": 7}},
    ]
    assert [rides.offer(each) for each in nonsense] == [None, None, None]
    assert not rides.take("q", "answerCallbackQuery", {})


async def test_at_a_stop_every_request_is_answered_at_once() -> None:
    rides = Rides(wait=600)
    ride = rides.offer(TAP)
    assert ride is not None
    rides.stop()
    async with asyncio.timeout(5):
        assert await ride is None
    assert not rides.take("q", "answerCallbackQuery", {})

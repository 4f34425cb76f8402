from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot.telegram_io.connection import Bot, build
from bot.telegram_io.worker import Worker
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import Catastrophe


@pytest.fixture
def bot() -> Bot:
    bot: Bot = build(TOKEN, "http://127.0.0.1:9").bot
    return bot


def said(update_id: int, person: int = 1, text: str = "x") -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "A"}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": person, "type": "private"},
        "from": user,
        "text": text,
    }
    return {"update_id": update_id, "message": message}


class Handler:
    """Notes what it handles; with a gate, each update waits for it."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.now: set[int] = set()
        self.most = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, update: Update) -> None:
        self.now.add(update.update_id)
        self.most = max(self.most, len(self.now))
        await asyncio.sleep(0)
        await self.gate.wait()
        self.now.discard(update.update_id)
        self.done.append(update.update_id)


async def test_all_that_was_taken_is_done_before_the_offset_moves(bot: Bot) -> None:
    handler = Handler()
    worker = Worker(bot, handler, patience=5)
    await worker.take([said(7, 1), said(8, 2), said(9, 1)])
    assert worker.offset == 10
    assert sorted(handler.done) == [7, 8, 9]
    assert handler.done.index(7) < handler.done.index(9)


async def test_the_offset_stays_below_what_is_still_in_hand(bot: Bot) -> None:
    handler = Handler()
    handler.gate.clear()
    worker = Worker(bot, handler, patience=0.001)
    await worker.take([said(7), said(8)])
    assert worker.offset == 7
    await worker.take([said(7), said(8), said(9, 2)])
    assert worker.offset == 7
    handler.gate.set()
    await worker.finish(5)
    assert worker.offset == 10
    assert sorted(handler.done) == [7, 8, 9]


async def test_update_ids_may_begin_anew_lower(bot: Bot) -> None:
    worker = Worker(bot, Handler(), patience=5)
    await worker.take([said(900)])
    await worker.take([said(5)])
    assert worker.offset == 6


async def test_no_more_than_so_many_turns_are_under_way(bot: Bot) -> None:
    handler = Handler()
    worker = Worker(bot, handler, at_once=3, patience=5)
    await worker.take([said(number, number) for number in range(1, 21)])
    assert handler.most == 3
    assert len(handler.done) == 20


async def test_a_handler_that_fails_does_not_end_the_lane(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    async def handle(update: Update) -> None:
        if update.update_id == 7:
            raise RuntimeError(f"{update.message and update.message.text}")
        done.append(update.update_id)

    worker = Worker(bot, handle, patience=5)
    await worker.take([said(7, text="private words"), said(8)])
    assert worker.offset == 9
    assert done == [8]
    assert "an update failed" in caplog.text
    assert "private words" not in caplog.text


async def test_updates_of_nobody_share_a_lane(bot: Bot) -> None:
    handler = Handler()
    worker = Worker(bot, handler, patience=5)
    await worker.take([{"update_id": 1}, {"update_id": 2, "poll": None}])
    assert handler.done == [1, 2]
    assert handler.most == 1


async def test_only_the_last_handled_are_remembered(bot: Bot) -> None:
    handler = Handler()
    worker = Worker(bot, handler, patience=5, remembered=3)
    await worker.take([said(number) for number in range(1, 6)])
    await worker.take([said(5), said(1)])
    assert handler.done == [1, 2, 3, 4, 5, 1]


async def test_a_lane_that_dies_is_not_passed_over_in_silence(bot: Bot) -> None:
    async def handle(update: Update) -> None:
        raise Catastrophe

    worker = Worker(bot, handle, patience=5)
    await worker.take([said(1, 1), said(2, 2)])
    with pytest.raises(Catastrophe):
        await worker.broken


async def test_finishing_with_nothing_in_hand_is_at_once(bot: Bot) -> None:
    worker = Worker(bot, Handler())
    await worker.finish(5)
    assert worker.offset == 0


async def test_what_cannot_be_read_is_done_with_at_once(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    handler = Handler()
    worker = Worker(bot, handler, patience=5)
    nameless = said(2)
    nameless["message"]["from"]["id"] = "private words"
    await worker.take([{"update_id": 1, "message": "private words"}, nameless])
    assert worker.offset == 3
    await worker.take([nameless])
    assert worker.offset == 3
    assert handler.done == []
    assert caplog.text.count("reading an update failed") == 2
    assert "private words" not in caplog.text

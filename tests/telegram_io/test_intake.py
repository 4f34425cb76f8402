from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.errors import StoreError
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.insist import Insist
from bot.telegram_io.intake import BREATH_SECONDS, Intake
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import Basket, Sleeper


class Script:
    """A Bot API server that answers getUpdates at once, from a list; then it holds the poll open."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.offsets: list[int | None] = []
        self.confirmed: list[int | None] = []
        self.confirmation = '{"ok": true, "result": []}'
        self.spent = asyncio.Event()
        self.before_answer: Callable[[], None] = lambda: None

    async def answer(self, request: web.Request) -> web.Response:
        result: Any = True
        if request.path.endswith("/getWebhookInfo"):
            result = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        if request.path.endswith("/getMe"):
            result = {"id": 4242, "is_bot": True, "first_name": "F", "username": "firstlabel_bot"}
        if request.path.endswith("/getUpdates"):
            asked = await request.json()
            offset = asked.get("offset")
            if asked.get("timeout") == 0:
                self.confirmed.append(offset)
                return web.Response(text=self.confirmation)
            self.offsets.append(offset)
            if not self.answers:
                self.spent.set()
                await asyncio.Event().wait()
            self.before_answer()
            result = self.answers.pop(0)
        return web.json_response({"ok": True, "result": result})


@pytest.fixture
async def script() -> Script:
    return Script()


@pytest.fixture
async def scripted(script: Script) -> AsyncIterator[Bot]:
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", script.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with build(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}") as application:
        yield application.bot
    await runner.cleanup()


async def polled(script: Script, bot: Bot, sleeper: Sleeper, basket: Basket) -> None:
    intake = Intake(bot, basket, Insist(sleeper.sleep, sleeper.monotonic), sleeper.sleep, sleeper.monotonic)
    task = asyncio.create_task(intake.run())
    await asyncio.wait_for(script.spent.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_each_poll_begins_after_what_was_taken(script: Script, scripted: Bot, sleeper: Sleeper) -> None:
    script.answers = [[{"update_id": 5}, {"update_id": 6, "of": "a kind yet unknown"}], [{"update_id": 7}]]
    basket = Basket()
    await polled(script, scripted, sleeper, basket)
    assert [update["update_id"] for update in basket.taken] == [5, 6, 7]
    assert script.offsets == [None, 7, 8]
    assert sleeper.waits == []


async def test_a_server_that_answers_at_once_with_nothing_does_not_make_it_spin(
    script: Script, scripted: Bot, sleeper: Sleeper
) -> None:
    script.answers = [[], [], []]
    await polled(script, scripted, sleeper, Basket())
    assert sleeper.waits == [BREATH_SECONDS] * 3


async def test_a_poll_that_ran_its_time_is_followed_by_the_next_at_once(
    script: Script, scripted: Bot, sleeper: Sleeper
) -> None:
    script.answers = [[], []]
    script.before_answer = lambda: setattr(sleeper, "time", sleeper.time + 30)
    await polled(script, scripted, sleeper, Basket())
    assert sleeper.waits == []


async def test_what_is_no_update_is_left_out_and_told_of(
    script: Script, scripted: Bot, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    script.answers = [
        [{"update_id": 5}, {"message": {}}, {"update_id": "x"}, None],
        [7],
        {"no": "list"},
        None,
    ]
    basket = Basket()
    await polled(script, scripted, sleeper, basket)
    assert basket.taken == [{"update_id": 5}]
    assert "3 items that are no updates" in caplog.text
    assert sleeper.waits == [BREATH_SECONDS] * 3


async def test_what_cannot_be_kept_is_not_confirmed_and_kept_when_the_trouble_is_over(
    script: Script, scripted: Bot, sleeper: Sleeper
) -> None:
    script.answers = [[{"update_id": 5}], [{"update_id": 6}]]
    basket = Basket()
    basket.errors = [StoreError("the disk is full") for _ in range(6)]
    await polled(script, scripted, sleeper, basket)
    assert [update["update_id"] for update in basket.taken] == [5, 6]
    assert script.offsets == [None, 6, 7]
    assert len(sleeper.waits) == 6
    assert max(sleeper.waits) <= 2


async def test_update_ids_may_begin_anew_lower(script: Script, scripted: Bot, sleeper: Sleeper) -> None:
    script.answers = [[{"update_id": 900}], [{"update_id": 5}]]
    await polled(script, scripted, sleeper, Basket())
    assert script.offsets == [None, 901, 6]


async def test_the_end_confirms_what_was_taken(script: Script, scripted: Bot, sleeper: Sleeper) -> None:
    script.answers = [[{"update_id": 5}]]
    await polled(script, scripted, sleeper, Basket())
    assert script.confirmed == [6]


async def test_the_end_confirms_nothing_when_nothing_was_taken(
    script: Script, scripted: Bot, sleeper: Sleeper
) -> None:
    await polled(script, scripted, sleeper, Basket())
    assert script.confirmed == []


async def test_a_confirmation_that_fails_does_no_harm(
    script: Script, scripted: Bot, sleeper: Sleeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    script.answers = [[{"update_id": 5}]]
    script.confirmation = "not the answer of a Bot API server"
    await polled(script, scripted, sleeper, Basket())
    assert "could not be confirmed" in caplog.text

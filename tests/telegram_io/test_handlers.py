"""Handlers in python-telegram-bot's Application, beside ours."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.playground.standin.server import Server
from bot.telegram_io.connection import App, build
from bot.telegram_io.handlers import Context, TurnHandler, on_error
from bot.telegram_io.incoming import Incoming
from tests.telegram_io.conftest import TOKEN


@pytest.fixture
async def application(server: Server) -> AsyncIterator[App]:
    async with build(TOKEN, server.url) as application:
        application.add_error_handler(on_error)
        yield application


async def test_an_update_that_is_not_for_us_goes_on_to_the_next_handler(application: App) -> None:
    ran: list[int] = []

    async def run(incoming: Incoming) -> None:
        raise AssertionError("nothing was read")

    async def other(update: Update, context: Context) -> None:
        ran.append(update.update_id)

    application.add_handler(TurnHandler(lambda update: None, run))
    application.add_handler(TypeHandler(Update, other))
    await application.process_update(Update(7))
    await application.process_update("no update at all")
    assert ran == [7]


async def test_what_a_handler_lets_escape_is_logged_under_a_reference(
    application: App, caplog: pytest.LogCaptureFixture
) -> None:
    def read(update: Update) -> Incoming | None:
        raise KeyError(f"words of update {update.update_id}")

    async def run(incoming: Incoming) -> None:
        raise AssertionError("nothing was read")

    application.add_handler(TurnHandler(read, run))
    await application.process_update(Update(7))
    assert "an update failed ref=" in caplog.text
    assert "update=7" in caplog.text
    assert "words of update 7" not in caplog.text

"""Handlers in python-telegram-bot's Application, beside ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.guide.ports import Letter
from bot.playground.standin.server import Server
from bot.telegram_io.connection import App, build
from bot.telegram_io.handlers import Context, TurnHandler, on_error
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.pressed import Pressed
from bot.telegram_io.work import Part, Work
from tests.telegram_io.conftest import TOKEN


@pytest.fixture
async def application(server: Server) -> AsyncIterator[App]:
    async with build(TOKEN, server.url) as application:
        application.add_error_handler(on_error)
        yield application


async def test_work_that_is_not_for_us_goes_on_to_the_next_handler(application: App) -> None:
    ran: list[int] = []

    async def run(parts: Sequence[Part]) -> None:
        raise AssertionError("nothing was read")

    async def other(work: Work, context: Context) -> None:
        ran.append(work.parts[0][1].update_id)

    application.add_handler(TurnHandler(lambda update: None, run))
    application.add_handler(TypeHandler(Work, other))
    await application.process_update(work(7))
    await application.process_update("no update at all")
    assert ran == [7]


async def test_what_a_handler_lets_escape_is_left_to_the_worker(application: App) -> None:
    def read(update: Update | Pressed) -> Incoming | None:
        raise KeyError(update.update_id)

    async def run(parts: Sequence[Part]) -> None:
        raise AssertionError("nothing was read")

    application.add_handler(TurnHandler(read, run))
    failed = work(7)
    await application.process_update(failed)
    assert isinstance(failed.error, KeyError)


async def test_what_escapes_with_something_that_is_no_work_is_logged_under_a_reference(
    application: App, caplog: pytest.LogCaptureFixture
) -> None:
    async def other(update: str, context: Context) -> None:
        raise KeyError(f"words of {update}")

    application.add_handler(TypeHandler(str, other))
    await application.process_update("Ann")
    assert "a handler failed ref=" in caplog.text
    assert "words of Ann" not in caplog.text


def work(update_id: int) -> Work:
    return Work([(Letter(update_id, 1, "{}"), Update(update_id))])

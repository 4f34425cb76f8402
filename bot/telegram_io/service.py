"""The bot at work, from the first call to Telegram to the last."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial

from bot.guide.ports import Store
from bot.telegram_io.connection import App, Bot
from bot.telegram_io.handlers import TurnHandler, on_error
from bot.telegram_io.incoming import read
from bot.telegram_io.insist import Insist
from bot.telegram_io.intake import Intake
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.ports import Clock, Monotonic, Runs, Sleep, Taker, Turns
from bot.telegram_io.profile import publish
from bot.telegram_io.turns import TurnRunner
from bot.telegram_io.worker import Worker

FINISH_SECONDS = 8.0
"""How long the turns in hand may take once we are asked to stop; with the calls after them, 10 s in all."""

_log = logging.getLogger(__name__)


async def serve(
    application: App,
    guide_for: Callable[[str], Turns],
    store: Store,
    clock: Clock,
    *,
    stop: asyncio.Event,
    sleep: Sleep = asyncio.sleep,
    monotonic: Monotonic = time.monotonic,
    finish_within: float = FINISH_SECONDS,
    intake_for: Callable[[Bot, Taker, Insist], Runs] | None = None,
) -> None:
    """Take updates and answer them until ``stop`` is set; then finish the turns in hand and return.

    ``guide_for`` makes the guide once the bot's own username is known. Outages are waited out. Raises
    :class:`bot.errors.TelegramError` if Telegram refuses us for good; whatever else ends a background task is
    raised as it is. Leaves ``store`` open. ``intake_for`` makes what brings the updates in; by default they are polled.
    """
    insist = Insist(sleep, monotonic)
    bot: Bot = application.bot
    try:
        if not await _unless(stop, insist(application.initialize)):
            return
        guide = guide_for(bot.username)
        _add_handlers(application, guide, TurnRunner(guide, store, Messenger(bot, sleep), clock))
        worker = Worker(bot, application.process_update)
        intake = (intake_for or partial(Intake, sleep=sleep, monotonic=monotonic))(bot, worker, insist)
        profile = asyncio.create_task(publish(bot, guide), name="profile")
        _log.info("taking updates as @%s", bot.username)
        try:
            await _unless(stop, intake.run(), worker.broken)
        finally:
            profile.cancel()
            await asyncio.gather(profile, return_exceptions=True)
            await worker.finish(finish_within)
    finally:
        await application.shutdown()
        await bot.shutdown()  # the Application leaves the bot open if it never came up itself


def _add_handlers(application: App, guide: Turns, turns: TurnRunner) -> None:
    to_event = partial(read, codec=guide.codec, bot_username=application.bot.username)
    application.add_handler(TurnHandler(to_event, turns.run))
    application.add_error_handler(on_error)


async def _unless(stop: asyncio.Event, *work: Awaitable[object]) -> bool:
    """Wait until ``stop`` or the first of ``work`` ends; raises what that raised. Whether work came first.

    What has not ended by then is cancelled.
    """
    stopping = asyncio.create_task(stop.wait())
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stopping, *tasks):
            task.cancel()
        await asyncio.gather(stopping, *tasks, return_exceptions=True)
    for task in tasks:
        if task in done:
            task.result()
    return stopping not in done

"""The bot at work, from the first call to Telegram to the last."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from bot.guide.ports import People, Store
from bot.guide.ports_meter import UNMETERED, Meter
from bot.guide.ports_outlet import Outlet
from bot.telegram_io.attempts import Attempts
from bot.telegram_io.connection import App, Bot
from bot.telegram_io.desk import CLOSED
from bot.telegram_io.handlers import TurnHandler, on_error
from bot.telegram_io.incoming import read
from bot.telegram_io.inline import InlineAnswers, InlineFirst
from bot.telegram_io.insist import Insist
from bot.telegram_io.intake import Intake
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.operators import publish_to_operators
from bot.telegram_io.outgoing import Outgoing
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Desk, Draw, Initiative, Monotonic, Notes, Runs, Sleep, Taker, Turns
from bot.telegram_io.profile import publish
from bot.telegram_io.retention import purge_for_ever
from bot.telegram_io.supervision import supervise
from bot.telegram_io.turns import TurnRunner
from bot.telegram_io.watched import Watched
from bot.telegram_io.worker import Worker

FINISH_SECONDS = 6.0
"""How long the turns in hand may take once we are asked to stop; with what comes before and after, 10 s in all."""

G = TypeVar("G", bound=Turns)

_log = logging.getLogger(__name__)


def nothing_beside(guide: Turns, outlet: Outlet) -> Sequence[Initiative]:
    """A bot that only answers."""
    return ()


async def serve(
    application: App,
    guide_for: Callable[[str], G],
    store: Store,
    clock: Clock,
    *,
    stop: asyncio.Event,
    sleep: Sleep = asyncio.sleep,
    monotonic: Monotonic = time.monotonic,
    finish_within: float = FINISH_SECONDS,
    intake_for: Callable[[Bot, Taker, Insist], Runs] | None = None,
    beside: Callable[[G, Outlet], Sequence[Initiative]] = nothing_beside,
    desk: Desk = CLOSED,
    reached: Reached = ignore,
    draw: Draw | None = None,
    renewed: asyncio.Event | None = None,
    meter: Meter = UNMETERED,
) -> None:
    """Take updates and answer them until ``stop`` is set; then finish the turns in hand and return.

    ``guide_for`` makes the guide once the bot's own username is known, ``intake_for`` what brings the updates in;
    by default they are polled; ``beside`` makes what the bot does by itself; ``desk`` serves the operators; ``draw``
    makes pictures of charts; ``meter`` counts. Whenever ``renewed`` is set, guide or desk say something else than before, and the bot's
    profile is brought up to date again. Outages are waited out. Raises
    :class:`bot.errors.TelegramError` if Telegram refuses us for good, :class:`bot.errors.TaskDiedError` if a
    background task ends by a bug. Leaves ``store`` open.
    """
    insist = Insist(sleep, monotonic)
    bot: Bot = application.bot
    try:
        # Before Telegram is asked anything: who may not serve, or moves the data, shall know at once.
        waiting = await store.claim()
        if not await _unless(stop, insist(application.initialize)):
            return
        guide = guide_for(bot.username)
        initiatives = beside(guide, Outgoing(bot, sleep, meter))
        people = Watched(store, [each.changed for each in initiatives])
        attempts = _attempts(application, guide, store, people, clock, sleep, reached, desk, draw, meter)
        worker = Worker(
            store, attempts, clock, sleep=sleep, monotonic=monotonic, reached=reached, meter=meter
        )
        inline = InlineFirst(worker, InlineAnswers(bot, guide.offer), monotonic)
        intake = (intake_for or partial(Intake, sleep=sleep, monotonic=monotonic, meter=meter))(
            bot, inline, insist
        )
        worker.start(waiting)
        _log.info("at work as @%s", bot.username)
        tasks = {
            "intake": intake.run(),
            "worker": worker.run(),
            "inline": inline.run(),
            "retention": purge_for_ever(store, clock),
            **{each.name: each.run() for each in initiatives},
        }
        async with _published(bot, guide, desk, store, renewed or asyncio.Event()):
            try:
                await supervise(stop, tasks)
            finally:
                ends = [each.finish(finish_within) for each in initiatives]
                await asyncio.gather(worker.finish(finish_within), *ends)
    finally:
        await application.shutdown()
        await bot.shutdown()  # the Application leaves the bot open if it never came up itself


def _attempts(  # noqa: PLR0917  # what serve() was given
    application: App,
    guide: Turns,
    store: Store,
    people: People,
    clock: Clock,
    sleep: Sleep,
    reached: Reached,
    desk: Desk,
    draw: Draw | None,
    meter: Meter,
) -> Attempts:
    """Letters go through the Application's handlers, of which ours is the first."""
    bot: Bot = application.bot
    runner = TurnRunner(
        guide, people, Messenger(bot, sleep, draw, meter), clock, reached, desk=desk, meter=meter
    )
    reader = partial(read, codec=guide.codec, bot_username=bot.username, desk=desk)
    handler = TurnHandler(reader, runner.run)
    application.add_handler(handler)
    application.add_error_handler(on_error)
    return Attempts(
        bot,
        store,
        process=application.process_update,
        apologise=handler.instead(runner.apologise),
        clock=clock,
        sleep=sleep,
        reached=reached,
    )


@asynccontextmanager
async def _published(
    bot: Bot, guide: Turns, desk: Desk, notes: Notes, renewed: asyncio.Event
) -> AsyncIterator[None]:
    """Bring the bot's profile up to date meanwhile; the bot works without."""

    async def publish_all() -> None:
        while True:
            renewed.clear()
            await publish(bot, guide)
            await publish_to_operators(bot, guide, desk, notes)
            await renewed.wait()

    profile = asyncio.create_task(publish_all(), name="profile")
    try:
        yield
    finally:
        profile.cancel()
        await asyncio.gather(profile, return_exceptions=True)


async def _unless(stop: asyncio.Event, work: Awaitable[object]) -> bool:
    """Wait until ``stop`` or ``work`` ends; raises what that raised. Whether work came first.

    What has not ended by then is cancelled.
    """
    stopping = asyncio.create_task(stop.wait())
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([stopping, task], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in (stopping, task):
            each.cancel()
        await asyncio.gather(stopping, task, return_exceptions=True)
    if task.cancelled():
        return False
    task.result()
    return True

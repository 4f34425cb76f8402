"""Makes a call to Telegram again, as the class of its failure allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError as ApiError

from bot.guide.ports_meter import UNMETERED, Lane, Meter
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import Failure, Kind, classify
from bot.telegram_io.ports import Sleep
from bot.trouble import Backoff

_log = logging.getLogger(__name__)


class Tries:
    """Waits out what is surely not done yet, and outages. The pauses that Telegram asks for are the bot's own matter."""

    def __init__(
        self, bot: Bot, sleep: Sleep = asyncio.sleep, meter: Meter = UNMETERED, lane: Lane = "reply"
    ) -> None:
        self._bot = bot
        self._sleep = sleep
        self._meter = meter
        self._lane: Lane = lane

    async def __call__(
        self, call: Callable[[], Awaitable[object]], tries: int, person_id: int
    ) -> Failure | None:
        """Why it failed for good, or ``None``. Whatever else ``call`` raises, it raises.

        One whose fate is unknown is made up to ``tries`` times, of which only those count between which Telegram
        answered something, were it a poll; with 0 it is not made again.
        """
        backoff, heard = Backoff(0.5, 30.0), self._bot.heard
        while True:
            failure = await _called(call)
            self._meter.called(self._lane, failure.kind.name.lower() if failure else "done")
            if failure is None or failure.kind is Kind.DONE:
                return None
            if failure.kind is Kind.UNKNOWN and self._bot.heard != heard:
                tries, heard = tries - 1, self._bot.heard
            if failure.kind is Kind.UNKNOWN and tries <= 0:
                return failure
            if failure.kind not in (Kind.NOT_SENT, Kind.UNKNOWN):
                return failure
            wait = backoff.next()
            _log.info("waiting %.1f s person=%d (%s)", wait, person_id, failure.detail)
            await self._sleep(wait)


async def _called(call: Callable[[], Awaitable[object]]) -> Failure | None:
    try:
        await call()
    except ApiError as error:
        return classify(error)
    return None

"""Fetches updates by long polling and hands them over."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import Any, Never

from telegram.error import TelegramError as ApiError

from bot.errors import StoreError
from bot.guide.ports_meter import UNMETERED, Meter
from bot.telegram_io.connection import Bot
from bot.telegram_io.incoming import ALLOWED_UPDATES
from bot.telegram_io.insist import Insist
from bot.telegram_io.ports import Monotonic, RawUpdate, Sleep, Taker
from bot.telegram_io.raw import update_of
from bot.trouble import Backoff

CONFIRM_SECONDS = 1.0
BREATH_SECONDS = 1.0
_AT_ONCE_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Intake:
    """Polls one bot's updates into one taker."""

    def __init__(
        self,
        bot: Bot,
        taker: Taker,
        insist: Insist,
        sleep: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
        *,
        meter: Meter = UNMETERED,
    ) -> None:
        self._bot = bot
        self._taker = taker
        self._insist = insist
        self._sleep = sleep
        self._monotonic = monotonic
        self._meter = meter
        self._offset: int | None = None

    async def run(self) -> Never:
        """Poll until cancelled. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good."""
        await self._remove_webhook()
        try:
            while True:
                await self._poll()
        finally:
            await self._confirm()

    async def _poll(self) -> None:
        began = self._monotonic()
        answer = await self._insist(partial(self._bot.raw_updates, self._offset, ALLOWED_UPDATES))
        updates = _usable(answer)
        if updates:
            await self._keep(updates)
        elif answer or self._monotonic() - began < _AT_ONCE_SECONDS:
            # A server that answers at once, with nothing or with nonsense, must not keep us spinning.
            await self._sleep(BREATH_SECONDS)
        self._meter.beat("intake")

    async def _keep(self, updates: Sequence[RawUpdate]) -> None:
        """Hand over; only what is kept may be forgotten by Telegram, by the offset of the next poll."""
        backoff = Backoff(0.2, 2.0)
        while True:
            try:
                await self._taker.take(updates)
            except StoreError:
                wait = backoff.next()
                _log.debug("%d updates were refused; trying again in %.1f s", len(updates), wait)
                await self._sleep(wait)
            else:
                # Telegram may begin anew at a lower number, so the last one counts, not the highest.
                self._offset = updates[-1]["update_id"] + 1
                return

    async def _confirm(self) -> None:
        """Tell Telegram, at the end, what is kept. It may fail: what comes again is known by its id."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._bot.raw_updates(self._offset, ALLOWED_UPDATES, wait=0, limit=1)
        except (ApiError, TimeoutError):
            _log.info("the last updates could not be confirmed and may come again")

    async def _remove_webhook(self) -> None:
        info = await self._insist(self._bot.get_webhook_info)
        if info.url:
            _log.warning("a webhook was set for this bot; it is removed, and its pending updates are kept")
            await self._insist(partial(self._bot.delete_webhook, drop_pending_updates=False))


def _usable(answer: Any) -> list[RawUpdate]:
    """The updates in an answer to getUpdates; what has no id could never be confirmed, and is left out."""
    items = answer if isinstance(answer, list) else [answer]
    updates = [update for update in map(update_of, items) if update is not None]
    if len(updates) < len(items):
        _log.warning("getUpdates brought %d items that are no updates", len(items) - len(updates))
    return updates

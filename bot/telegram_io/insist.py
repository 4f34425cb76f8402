"""Calls without which the bot cannot go on: getMe at the start, getUpdates ever after."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import TelegramError as ApiError

from bot.errors import TelegramError
from bot.telegram_io.failures import REFUSED, Failure, Kind, classify
from bot.telegram_io.ports import Monotonic, Sleep
from bot.trouble import Backoff

CONFLICT_SECONDS = 30.0
"""How long another program may take our updates before we give up."""

CALM_SECONDS = 120.0
"""After so long without a conflict, the next one is a new one."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Insist:
    """Repeats a call until Telegram answers it; raises :class:`bot.errors.TelegramError` if it never will.

    Outages are waited out, however long they last: each begins and ends with one line in the log.
    """

    def __init__(
        self,
        sleep: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
        backoff: Backoff | None = None,
    ) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._backoff = backoff or Backoff(1.0, 30.0)
        self._down_since: float | None = None
        self._conflict_began = self._conflict_last = float("-inf")

    async def __call__(self, call: Callable[[], Awaitable[T]]) -> T:
        """What ``call`` returns, once it does."""
        while True:
            try:
                answer = await call()
            except ApiError as error:
                failure = classify(error)
                # Not chained: below it may stand a text that holds the token.
                refusal = self._refusal(failure)
            else:
                self._up()
                return answer
            if refusal is not None:
                raise refusal
            await self.pause(failure)

    async def pause(self, failure: Failure) -> None:
        """Wait as this failure asks for: as long as Telegram says, else longer each time."""
        if self._down_since is None and failure.kind is not Kind.CONFLICT:
            self._down_since = self._monotonic()
            _log.warning(
                "Telegram cannot be reached (%s); trying again until it can. "
                "If it never can: is this machine online, and BOT_API_URL right?",
                failure.detail,
            )
        await self._sleep(self._backoff.next() if failure.retry_after is None else failure.retry_after)

    def _up(self) -> None:
        self._backoff.reset()
        if self._down_since is not None:
            _log.info("Telegram answers again after %.0f s", self._monotonic() - self._down_since)
            self._down_since = None

    def _refusal(self, failure: Failure) -> TelegramError | None:
        match failure.kind:
            case Kind.REFUSED:
                return TelegramError(REFUSED)
            case Kind.CONFLICT:
                return self._conflict()
            case Kind.OUR_FAULT | Kind.PERSON_GONE:
                return TelegramError(f"Telegram will not serve this bot ({failure.detail})")
            case _:
                return None

    def _conflict(self) -> TelegramError | None:
        now = self._monotonic()
        if now - self._conflict_last > CALM_SECONDS:
            self._conflict_began = now
            _log.warning(
                "Another program takes this bot's updates with the same token; stop one of the two "
                "(this one ends if that lasts %.0f s)",
                CONFLICT_SECONDS,
            )
        self._conflict_last = now
        if now - self._conflict_began < CONFLICT_SECONDS:
            return None
        return TelegramError(
            "Another program takes this bot's updates: stop it, or give this bot a token of its own in TELEGRAM_BOT_TOKEN"
        )

"""The python-telegram-bot Application: one bot, its HTTP clients and defaults, and where handlers are added."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from typing import Any, cast

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot
from telegram.request import RequestData

from bot.guide.ports_meter import UNMETERED, Meter
from bot.telegram_io.lanes import BULK_RATE, REPLY, CallLane, Lanes
from bot.telegram_io.ports import Monotonic, Sleep
from bot.telegram_io.rides import Rides
from bot.telegram_io.transport import Heard, Raw, Transport

TELEGRAM_URL = "https://api.telegram.org"
POLL_SECONDS = 30
"""How long Telegram may hold a poll open while nothing happens."""

_CONNECTIONS = 64
_READ_SECONDS = 10.0
_POLL_MARGIN_SECONDS = 10.0

App = Application[Any, Any, Any, Any, Any, Any]


class Bot(ExtBot[CallLane]):
    """An ``ExtBot`` that keeps its token to itself and can fetch updates unparsed."""

    __slots__ = ("_rides",)

    def __init__(self, token: str, **options: Any) -> None:
        super().__init__(token, **options)
        self._rides = Rides()

    @property
    def rides(self) -> Rides:
        """Where calls may ride in the answer to a webhook."""
        return self._rides

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{self.token.partition(':')[0]}]"

    @property
    def heard(self) -> int:
        """How often Telegram has answered so far, whatever it said."""
        assert isinstance(self.request, Transport)
        return self.request.heard.count

    def _insert_defaults(self, data: dict[str, object]) -> None:
        # PTB 22.8 takes an empty text for a list of no poll options and sends "[]" in its place.
        empty = [name for name, value in data.items() if value == ""]
        super()._insert_defaults(data)
        data.update(dict.fromkeys(empty, ""))

    async def call(self, method: str, parameters: dict[str, Any], lane: CallLane = REPLY) -> Any:
        """Any method, its parameters and its result as JSON has them: what python-telegram-bot makes of both costs more
        than the call itself.

        Raises :class:`telegram.error.TelegramError`.
        """
        assert isinstance(self.rate_limiter, Lanes)
        return await self.rate_limiter.process_request(
            self._call, (method, parameters), {}, method, parameters, lane
        )

    async def show(
        self,
        chat_id: int,
        text: str,
        markup: dict[str, Any] | None,
        *,
        message_id: int | None = None,
        thread_id: int | None = None,
        silent: bool = False,
        lane: CallLane = REPLY,
    ) -> Any:
        """Change the message, or send a new one if there is none to change. ``text`` is Telegram's HTML."""
        parameters: dict[str, Any] = {
            "chat_id": chat_id,
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if markup is not None:
            parameters["reply_markup"] = markup
        if message_id is not None:
            return await self.call("editMessageText", {**parameters, "message_id": message_id}, lane)
        if thread_id is not None:
            parameters["message_thread_id"] = thread_id
        if silent:
            parameters["disable_notification"] = True
        return await self.call("sendMessage", parameters, lane)

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:
        return await self.request.post(f"{self.base_url}/{method}", cast("RequestData", Raw(parameters)))

    async def raw_updates(
        self, offset: int | None, allowed: Sequence[str], wait: int = POLL_SECONDS, limit: int = 100
    ) -> Any:
        """``getUpdates`` as Telegram answers it: one update that can't be parsed must not hold up the others.

        ``wait`` is in seconds. Raises :class:`telegram.error.TelegramError`.
        """
        # Not do_api_request, which warns about every method that python-telegram-bot has a wrapper for.
        return await self._post(
            "getUpdates",
            {"offset": offset, "timeout": wait, "limit": limit, "allowed_updates": list(allowed)},
            read_timeout=wait + _POLL_MARGIN_SECONDS,
        )


def build(
    token: str,
    api_url: str = TELEGRAM_URL,
    bulk_rate: int = BULK_RATE,
    *,
    sleep: Sleep = asyncio.sleep,
    monotonic: Monotonic = time.monotonic,
    meter: Meter = UNMETERED,
) -> App:
    """The Application, not yet connected. ``api_url`` is that of any Bot API server.

    ``bulk_rate`` is how many calls of the bulk lane may reach it in a second.
    """
    # How RetryAfter will tell its time in PTB 23; without it each of them warns of its own deprecation.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    url, heard = api_url.rstrip("/"), Heard()
    bot = Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        # As many more as bulk may have under way, so that no reply waits for one of them.
        request=Transport(_CONNECTIONS + bulk_rate, _READ_SECONDS, heard),
        get_updates_request=Transport(2, POLL_SECONDS + _POLL_MARGIN_SECONDS, heard),
        defaults=Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        rate_limiter=Lanes(bulk_rate, sleep, monotonic, meter),
    )
    # No updater: it confirms updates before they are handled. No job queue: it forgets its jobs.
    return ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()

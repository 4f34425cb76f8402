"""Sends what nobody asked for: in the bulk lane, so that every reply goes before it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.errors import TelegramError
from bot.guide.broadcast import Post
from bot.guide.ports import Sent
from bot.guide.ports_meter import UNMETERED, Meter
from bot.guide.screen import Screen
from bot.telegram_io.board import MessageBoard
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import REFUSED, Failure, Kind
from bot.telegram_io.lanes import CallLane
from bot.telegram_io.ports import Sleep
from bot.telegram_io.posting import send_post
from bot.telegram_io.render import html, keyboard
from bot.telegram_io.tries import Tries

REPEAT_TRIES = 2
"""Of a message whose fate is unknown. Fewer than of a reply: nobody waits for it, and most often it has arrived."""

_log = logging.getLogger(__name__)


class Outgoing:
    """All ports by which something is sent that nobody asked for: :class:`bot.guide.ports_outlet.Outlet`."""

    def __init__(self, bot: Bot, sleep: Sleep = asyncio.sleep, meter: Meter = UNMETERED) -> None:
        self._bot = bot
        self._tries = Tries(bot, sleep, meter, "bulk")
        self._board = MessageBoard(bot, sleep)

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        """As the port has it. ``ValueError`` for a screen that Telegram cannot show."""
        text, markup = html(screen.text), keyboard(screen.rows)

        def send(lane: CallLane) -> Awaitable[object]:
            return self._bot.show(person_id, text, markup, silent=silent, lane=lane)

        return await self._sent(person_id, send, within, REPEAT_TRIES if repeat else 0)

    async def post(self, person_id: int, post: Post, *, within: float) -> Sent:
        """As the port has it."""

        def send(lane: CallLane) -> Awaitable[object]:
            return send_post(self._bot, person_id, post, rate_limit_args=lane)

        return await self._sent(person_id, send, within, 0)

    async def show(
        self, chat_id: int, message: int | None, screen: Screen, *, last: bool = False
    ) -> int | None:
        """As the port has it."""
        return await self._board.show(chat_id, message, screen, last=last)

    async def _sent(
        self,
        person_id: int,
        send: Callable[[CallLane], Awaitable[object]],
        within: float | None,
        tries: int,
    ) -> Sent:
        now = asyncio.get_running_loop().time
        until = None if within is None else now() + within

        async def call() -> None:
            if until is not None and now() >= until:
                raise TimeoutError
            await send(CallLane(bulk=True, until=until))

        failure = await self._tries(call, tries, person_id)
        return Sent.DONE if failure is None else _fate(failure, person_id)


def _fate(failure: Failure, person_id: int) -> Sent:
    match failure.kind:
        case Kind.PERSON_GONE:
            return Sent.GONE
        case Kind.UNKNOWN:
            return Sent.UNKNOWN
        case Kind.REFUSED:
            raise TelegramError(REFUSED)
        case _:
            _log.error("a message was not sent person=%d (%s)", person_id, failure.detail)
            return Sent.FAILED

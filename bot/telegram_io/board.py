"""Shows an operator how far things are, in one message that changes."""

from __future__ import annotations

import asyncio

from bot.errors import TelegramError
from bot.guide.screen import Screen
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import REFUSED, Failure, Kind
from bot.telegram_io.messenger import REPEAT_TRIES, SEND_TRIES
from bot.telegram_io.ports import Sleep
from bot.telegram_io.render import html, keyboard
from bot.telegram_io.tries import Tries


class MessageBoard:
    """A :class:`bot.guide.ports_outlet.Board`. It goes in the lane of replies: somebody waits for it."""

    def __init__(self, bot: Bot, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._tries = Tries(bot, sleep)

    async def show(
        self, chat_id: int, message: int | None, screen: Screen, *, last: bool = False
    ) -> int | None:
        """As the port has it."""
        if message is not None:
            failure = await self._edit(chat_id, message, screen, REPEAT_TRIES if last else 0)
            if failure is None or failure.kind is not Kind.MESSAGE_GONE:
                return message if _may_see(failure) else None
        return await self._send(chat_id, screen)

    async def _edit(self, chat_id: int, message: int, screen: Screen, tries: int) -> Failure | None:
        text, markup = html(screen.text), keyboard(screen.rows)
        return await self._tries(
            lambda: self._bot.show(chat_id, text, markup, message_id=message),
            tries,
            chat_id,
        )

    async def _send(self, chat_id: int, screen: Screen) -> int | None:
        text, markup, sent = html(screen.text), keyboard(screen.rows), list[int]()

        async def call() -> None:
            sent.append((await self._bot.show(chat_id, text, markup))["message_id"])

        failure = await self._tries(call, SEND_TRIES, chat_id)
        return sent[-1] if _may_see(failure) and sent else None


def _may_see(failure: Failure | None) -> bool:
    if failure is not None and failure.kind is Kind.REFUSED:
        raise TelegramError(REFUSED)
    return failure is None or failure.kind is not Kind.PERSON_GONE

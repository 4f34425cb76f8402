"""Shows a turn: answers the tap, changes the message tapped, or sends new ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError as ApiError

from bot.guide.screen import Document, Turn
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import Failure, Kind, classify
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.lanes import Lane
from bot.telegram_io.pacing import Backoff
from bot.telegram_io.ports import Sleep
from bot.telegram_io.render import html, keyboard

EDIT_TRIES = 4
"""An edit or an answer may be repeated at will: done twice, it is as if done once."""

SEND_TRIES = 2
"""A message whose fate is unknown is sent once more. It may then stand there twice, which is harmless, since a
button carries its target state; a message that never came would leave the person with nothing to press."""

_log = logging.getLogger(__name__)


class Messenger:
    """Shows turns to people through a bot."""

    def __init__(self, bot: Bot, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._sleep = sleep

    async def show(self, incoming: Incoming, turn: Turn) -> Failure | None:
        """Show all of the turn; returns why the screen could not be shown, or ``None``.

        Waits out whatever is surely not sent yet; the pauses that Telegram asks for are the bot's own matter. Raises ``ValueError`` for a
        screen that cannot be written down, before anything is sent.
        """
        work = self._messages(incoming, turn)
        if incoming.query_id is None:
            return await work()
        # Side by side: the tap stops spinning at once, and the screen comes a round trip earlier.
        _, failure = await asyncio.gather(self._answer(incoming, turn.notice), work())
        return failure

    def _messages(self, incoming: Incoming, turn: Turn) -> Callable[[], Awaitable[Failure | None]]:
        document, screen = turn.document, turn.screen
        caption = html(document.caption) if document else ""
        text, markup = (html(screen.text), keyboard(screen.rows)) if screen else (None, None)

        async def work() -> Failure | None:
            if document is not None:
                failure = await self._send_document(incoming, document, caption)
                if failure is not None:
                    return failure
            if text is None:
                return None
            if incoming.message_id is not None and not turn.fresh:
                failure = await self._edit(incoming, text, markup)
                if failure is None or failure.kind is not Kind.MESSAGE_GONE:
                    return failure
            return await self._send(incoming, text, markup)

        return work

    async def _answer(self, incoming: Incoming, notice: str | None) -> None:
        query_id, lane = incoming.query_id or "", Lane(chat=incoming.chat_id)
        failure = await self._settled(
            lambda: self._bot.answer_callback_query(query_id, text=notice, rate_limit_args=lane),
            EDIT_TRIES,
            incoming,
        )
        # The turn counts all the same: only the little clock on the button goes on for a while.
        if failure is not None and failure.kind is not Kind.QUERY_TOO_OLD:
            _log.warning("a tap was not answered person=%d (%s)", incoming.event.person_id, failure.detail)

    async def _edit(
        self, incoming: Incoming, text: str, markup: InlineKeyboardMarkup | None
    ) -> Failure | None:
        return await self._settled(
            lambda: self._bot.edit_message_text(
                text, chat_id=incoming.chat_id, message_id=incoming.message_id, reply_markup=markup
            ),
            EDIT_TRIES,
            incoming,
        )

    async def _send(
        self, incoming: Incoming, text: str, markup: InlineKeyboardMarkup | None
    ) -> Failure | None:
        return await self._delivered(
            incoming,
            lambda chat_id: self._bot.send_message(
                chat_id, text, reply_markup=markup, message_thread_id=incoming.thread_id
            ),
        )

    async def _send_document(self, incoming: Incoming, document: Document, caption: str) -> Failure | None:
        # Bytes, never a name: python-telegram-bot would open a local file of that name.
        return await self._delivered(
            incoming,
            lambda chat_id: self._bot.send_document(
                chat_id,
                document=document.content,
                filename=document.name,
                caption=caption,
                message_thread_id=incoming.thread_id,
            ),
        )

    async def _delivered(
        self, incoming: Incoming, send: Callable[[int], Awaitable[object]]
    ) -> Failure | None:
        failure = await self._settled(lambda: send(incoming.chat_id), SEND_TRIES, incoming)
        if failure is None or failure.new_chat_id is None:
            return failure
        moved = failure.new_chat_id
        return await self._settled(lambda: send(moved), SEND_TRIES, incoming)

    async def _settled(
        self, call: Callable[[], Awaitable[object]], tries: int, incoming: Incoming
    ) -> Failure | None:
        """Repeat a call as the class of its failure allows, up to ``tries`` times if its fate is unknown."""
        backoff = Backoff(0.5, 30.0)
        while True:
            try:
                await call()
            except ApiError as error:
                failure = classify(error)
            else:
                return None
            if failure.kind is Kind.DONE:
                return None
            if failure.kind is Kind.UNKNOWN:
                tries -= 1
            if failure.kind not in (Kind.NOT_SENT, Kind.UNKNOWN) or tries == 0:
                return failure
            wait = backoff.next()
            _log.info("waiting %.1f s person=%d (%s)", wait, incoming.event.person_id, failure.detail)
            await self._sleep(wait)

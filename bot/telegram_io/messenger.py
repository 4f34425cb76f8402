"""Shows replies: answers the tap, changes the message tapped, or sends new ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.guide.broadcast import Post
from bot.guide.ports_meter import UNMETERED, Meter
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import Failure, Kind
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.lanes import CallLane
from bot.telegram_io.pictures import Drawing
from bot.telegram_io.ports import Draw, Sleep
from bot.telegram_io.posting import send_post
from bot.telegram_io.render import Keyboard
from bot.telegram_io.reply import File, Reply
from bot.telegram_io.tries import Tries

REPEAT_TRIES = 10
"""An edit or an answer may be repeated at will: done twice, it is as if done once."""

SEND_TRIES = 10
"""A message whose fate is unknown is sent again. It may then stand there twice, which is harmless, since a button
carries its target state; a message that never came would leave the person with nothing to press. Only tries count
between which Telegram answered something, were it a poll: an outage is waited out, however long it lasts."""

_log = logging.getLogger(__name__)


class Messenger:
    """Shows replies to people through a bot. Without ``draw`` a picture's caption, which tells the same, stands alone."""

    def __init__(
        self,
        bot: Bot,
        sleep: Sleep = asyncio.sleep,
        draw: Draw | None = None,
        meter: Meter = UNMETERED,
    ) -> None:
        self._bot = bot
        self._draw = draw
        self._tries = Tries(bot, sleep, meter)

    async def answer(self, incoming: Incoming, notice: str | None) -> None:
        """Answer a tap, so that its button stops spinning. It may fail: the turn counts all the same."""
        parameters, lane = {"callback_query_id": incoming.query_id or ""}, CallLane(chat=incoming.chat_id)
        if notice is not None:
            parameters["text"] = notice
        if self._bot.rides.take(parameters["callback_query_id"], "answerCallbackQuery", parameters):
            return
        failure = await self._tries(
            lambda: self._bot.call("answerCallbackQuery", parameters, lane),
            REPEAT_TRIES,
            incoming.event.person_id,
        )
        if failure is not None and failure.kind is not Kind.QUERY_TOO_OLD:
            _log.warning("a tap was not answered person=%d (%s)", incoming.event.person_id, failure.detail)

    async def show(self, incoming: Incoming, reply: Reply) -> Failure | None:
        """Show file, picture, post and screen; returns why the screen could not be shown, or ``None``.

        Waits out whatever is surely not sent yet, and outages; the pauses that Telegram asks for are the bot's own
        matter.
        """
        if reply.file is not None:
            failure = await self._send_file(incoming, reply.file)
            if failure is not None:
                return failure
        if reply.picture is not None:
            failure = await self._send_picture(incoming, reply.picture)
            if failure is not None:
                return failure
        if reply.post is not None:
            failure = await self._send_post(incoming, reply.post)
            if failure is not None:
                return failure
        if reply.text is None:
            return None
        if incoming.message_id is not None and reply.edits:
            failure = await self._edit(incoming, reply)
            if failure is None or failure.kind is not Kind.MESSAGE_GONE:
                return failure
        return await self._send(incoming, reply)

    async def _edit(self, incoming: Incoming, reply: Reply) -> Failure | None:
        return await self._tries(
            lambda: self._bot.show(
                incoming.chat_id, reply.text or "", reply.markup, message_id=incoming.message_id
            ),
            REPEAT_TRIES,
            incoming.event.person_id,
        )

    async def _send(self, incoming: Incoming, reply: Reply) -> Failure | None:
        return await self._send_text(incoming, reply.text or "", reply.markup)

    async def _send_text(
        self, incoming: Incoming, text: str, markup: Keyboard | None = None
    ) -> Failure | None:
        return await self._delivered(
            incoming,
            lambda chat_id: self._bot.show(chat_id, text, markup, thread_id=incoming.thread_id),
        )

    async def _send_picture(self, incoming: Incoming, drawing: Drawing) -> Failure | None:
        if self._draw is None:
            return await self._send_text(incoming, drawing.caption)
        drawn = await self._draw(drawing.chart)
        return await self._delivered(
            incoming,
            lambda chat_id: self._bot.send_photo(
                chat_id, photo=drawn, caption=drawing.caption, message_thread_id=incoming.thread_id
            ),
        )

    async def _send_file(self, incoming: Incoming, file: File) -> Failure | None:
        # Bytes, never a name: python-telegram-bot would open a local file of that name.
        if file.photo:
            return await self._delivered(
                incoming,
                lambda chat_id: self._bot.send_photo(
                    chat_id,
                    photo=file.content,
                    filename=file.name,
                    caption=file.caption,
                    message_thread_id=incoming.thread_id,
                ),
            )
        return await self._delivered(
            incoming,
            lambda chat_id: self._bot.send_document(
                chat_id,
                document=file.content,
                filename=file.name,
                caption=file.caption,
                message_thread_id=incoming.thread_id,
            ),
        )

    async def _send_post(self, incoming: Incoming, post: Post) -> Failure | None:
        return await self._delivered(
            incoming,
            lambda chat_id: send_post(self._bot, chat_id, post, message_thread_id=incoming.thread_id),
        )

    async def _delivered(
        self, incoming: Incoming, send: Callable[[int], Awaitable[object]]
    ) -> Failure | None:
        failure = await self._tries(lambda: send(incoming.chat_id), SEND_TRIES, incoming.event.person_id)
        if failure is None or failure.new_chat_id is None:
            return failure
        moved = failure.new_chat_id
        return await self._tries(lambda: send(moved), SEND_TRIES, incoming.event.person_id)

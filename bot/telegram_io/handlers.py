"""Where python-telegram-bot's Application meets ours. Further handlers go beside :class:`TurnHandler`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackContext

from bot.telegram_io.incoming import Incoming
from bot.telegram_io.references import report

_log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]


class TurnHandler(BaseHandler[Incoming, Context, None]):
    """Takes every update that ``read`` makes an event of, and runs its turn.

    Its callback gets what was read, not the update: so an update is read once.
    """

    def __init__(
        self, read: Callable[[Update], Incoming | None], run: Callable[[Incoming], Awaitable[None]]
    ) -> None:
        async def callback(incoming: Incoming, context: Context) -> None:
            await run(incoming)

        super().__init__(callback)
        self._read = read

    def check_update(self, update: object) -> Incoming | None:
        """What the person did; ``None`` leaves the update to other handlers."""
        return self._read(update) if isinstance(update, Update) else None

    async def handle_update(
        self, update: object, application: object, check_result: object, context: Context
    ) -> None:
        """Run the turn of what :meth:`check_update` found."""
        assert isinstance(check_result, Incoming)
        await self.callback(check_result, context)


async def on_error(update: object, context: Context) -> None:
    """Log what a handler let escape; the update is then done with, and the rest flow on."""
    error = context.error or RuntimeError()
    report(_log, "an update", error, update=getattr(update, "update_id", None))

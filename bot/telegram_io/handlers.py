"""Where python-telegram-bot's Application meets ours. Further handlers go beside :class:`TurnHandler`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackContext

from bot.references import report
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.pressed import Pressed
from bot.telegram_io.work import Part, Work

_log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]


class TurnHandler(BaseHandler[Sequence[Part], Context, None]):
    """Takes all work that ``read`` makes events of, and runs its turns.

    Its callback gets what was read, not the updates: so an update is read once.
    """

    def __init__(
        self,
        read: Callable[[Update | Pressed], Incoming | None],
        run: Callable[[Sequence[Part]], Awaitable[None]],
    ) -> None:
        async def callback(parts: Sequence[Part], context: Context) -> None:
            await run(parts)

        super().__init__(callback)
        self._read = read

    def check_update(self, update: object) -> Sequence[Part] | None:
        """What the person did; ``None`` leaves the work to other handlers."""
        if not isinstance(update, Work):
            return None
        read = ((letter, self._read(each)) for letter, each in update.parts)
        return [
            Part(letter, incoming, update.again.get(letter.id, ()), letter.id in update.late)
            for letter, incoming in read
            if incoming is not None
        ] or None

    def instead(self, run: Callable[[Part, str], Awaitable[None]]) -> Callable[[Work, str], Awaitable[None]]:
        """Reads work as the handler does, and has ``run`` do something else with its first part."""

        async def with_first(work: Work, word: str) -> None:
            if parts := self.check_update(work):
                await run(parts[0], word)

        return with_first

    async def handle_update(
        self, update: object, application: object, check_result: object, context: Context
    ) -> None:
        """Run the turns of what :meth:`check_update` found."""
        assert isinstance(check_result, list)
        await self.callback(check_result, context)


async def on_error(update: object, context: Context) -> None:
    """What a handler let escape is the worker's to deal with; without one, it is logged."""
    error = context.error or RuntimeError()
    if isinstance(update, Work):
        update.error = error
    else:
        report(_log, "a handler", error)

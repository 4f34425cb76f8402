"""By what the bot speaks of its own accord, as protocols."""

from __future__ import annotations

from typing import Protocol

from bot.guide.broadcast import Post
from bot.guide.ports import Sender, Sent
from bot.guide.screen import Screen


class Poster(Protocol):
    """Sends people what an operator wrote, in the lane that replies go before."""

    async def post(self, person_id: int, post: Post, *, within: float) -> Sent:
        """Send it; never again if its fate is unknown.

        ``TimeoutError``: nothing could go out for ``within`` seconds, and it is surely not sent. Raises
        :class:`bot.errors.TelegramError` if Telegram refuses us for good.
        """


class Board(Protocol):
    """Shows an operator how far things are, in one message that changes."""

    async def show(
        self, chat_id: int, message: int | None, screen: Screen, *, last: bool = False
    ) -> int | None:
        """Change the message, or send a new one if there is none (any more); which message it is then.

        A change that may have failed is left to the next one, unless this is the ``last``. ``None``: the operator sees nothing of us any more. Raises :class:`bot.errors.TelegramError` if Telegram refuses
        us for good.
        """


class Outlet(Sender, Poster, Board, Protocol):
    """All by which the bot speaks of its own accord."""

"""The first words with Telegram about a new bot: whose token is this, what does the bot say about itself, who runs it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from telegram.error import TelegramError as ApiError

from bot.errors import TelegramError
from bot.telegram_io.connection import App, Bot, build
from bot.telegram_io.failures import REFUSED, Kind, classify
from bot.telegram_io.ports import Monotonic, Sleep, Turns
from bot.telegram_io.profile import bring_up_to_date
from bot.telegram_io.raw import update_of

LOOK_SECONDS = 1.0
"""How often it is looked whether the code has come."""

_ONLY_MESSAGES = ("message",)


class RefusedError(TelegramError):
    """Telegram does not know the token."""


class FirstContact:
    """One bot, by its token. To be used as a context; it raises :class:`bot.errors.TelegramError` when it cannot be.

    :class:`RefusedError` if the token is at fault.
    """

    def __init__(
        self, token: str, api_url: str, sleep: Sleep = asyncio.sleep, monotonic: Monotonic = time.monotonic
    ) -> None:
        self._application: App = build(token, api_url)
        self._sleep = sleep
        self._monotonic = monotonic

    async def __aenter__(self) -> FirstContact:
        try:
            await self._application.initialize()
        except ApiError as error:
            await self._close()
            raise _explained(error) from None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    @property
    def username(self) -> str:
        return str(self._bot.username)

    @property
    def name(self) -> str:
        return str(self._bot.first_name)

    async def publish(self, guide: Turns, name: str | None) -> None:
        """Set descriptions and menu, and, if one is given, the name."""
        try:
            await bring_up_to_date(self._bot, guide)
            if name is not None:
                await self._bot.set_my_name(name)
        except ApiError as error:
            raise _explained(error) from None

    async def sender_of(self, code: str, within: float) -> int | None:
        """The id of whoever sends this code in a private chat, or ``None`` if nobody does in so many seconds.

        It may be alone, or come by the link that starts the bot with it. All that was sent is left with Telegram, for the
        bot to answer when it runs.
        """
        ends = self._monotonic() + within
        while self._monotonic() < ends:
            try:
                updates = await self._bot.raw_updates(None, _ONLY_MESSAGES, wait=0)
            except ApiError as error:
                raise _explained(error) from None
            found = next((each for each in updates if _says(each, code)), None)
            if found is not None:
                return _sender(found)
            await self._sleep(LOOK_SECONDS)
        return None

    @property
    def _bot(self) -> Bot:
        bot: Bot = self._application.bot
        return bot

    async def _close(self) -> None:
        await self._application.shutdown()
        await self._bot.shutdown()


def _explained(error: ApiError) -> TelegramError:
    failure = classify(error)
    match failure.kind:
        case Kind.REFUSED:
            return RefusedError(REFUSED)
        case Kind.CONFLICT:
            return TelegramError(
                "Another program takes this bot's updates, or it has a webhook: stop it first, then try again"
            )
        case Kind.NOT_SENT | Kind.UNKNOWN:
            return TelegramError(
                f"Telegram cannot be reached ({failure.detail}): is this machine online, and BOT_API_URL right?"
            )
        case _:
            return TelegramError(f"Telegram will not have it ({failure.detail})")


def _says(update: object, code: str) -> bool:
    message = (update_of(update) or {}).get("message")
    if not isinstance(message, dict) or _sender(update) is None:
        return False
    private = (message.get("chat") or {}).get("id") == _sender(update)
    said = str(message.get("text", "")).strip().removeprefix("/start").strip()
    return private and said.upper() == code


def _sender(update: Any) -> int | None:
    try:
        return int(update["message"]["from"]["id"])
    except (KeyError, TypeError, ValueError):
        return None

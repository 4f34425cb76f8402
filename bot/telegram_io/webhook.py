"""Has updates delivered by Telegram over HTTP, beside :mod:`bot.telegram_io.intake`, which asks for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Never

from telegram.error import BadRequest

from bot.errors import SettingsError, TelegramError
from bot.guide.ports_meter import UNMETERED, Meter
from bot.telegram_io.connection import Bot
from bot.telegram_io.deliveries import BODY_SECONDS, Deliveries
from bot.telegram_io.incoming import ALLOWED_UPDATES
from bot.telegram_io.inlet import Inlet
from bot.telegram_io.insist import Insist
from bot.telegram_io.keeping import Keeper
from bot.telegram_io.ports import Sleep, Taker
from bot.webhook_site import WebhookSite, why_not_listening

CONNECTIONS: Final = 100
"""How many deliveries Telegram may have under way at the same time: the most it offers."""

FINISH_SECONDS: Final = 1.5
"""How long keeping what has come may take once we are asked to stop."""

WATCH_SECONDS: Final = 30.0
PATIENCE: Final = 3
"""So many times in a row the webhook may be somebody else's before we give up."""

_CLOSE_SECONDS: Final = 0.5

_log = logging.getLogger(__name__)


class Webhook:
    """Serves one bot's webhook: every update is with the taker before Telegram is told that it arrived.

    TLS ends at a proxy before it. Other replicas may serve the same webhook.
    """

    def __init__(
        self,
        bot: Bot,
        taker: Taker,
        insist: Insist,
        site: WebhookSite,
        *,
        body_seconds: float = BODY_SECONDS,
        finish_within: float = FINISH_SECONDS,
        every: Sleep = asyncio.sleep,
        meter: Meter = UNMETERED,
    ) -> None:
        """``every`` waits between two looks at whether the webhook is still ours."""
        self._every = every
        self._meter = meter
        self._bot = bot
        self._insist = insist
        self._site = site
        self._keeper = Keeper(taker)
        self._deliveries = Deliveries(site, self._keeper, bot.rides, body_seconds)
        self._inlet = Inlet(self._deliveries.rules)
        self._finish_within = finish_within

    async def run(self) -> Never:
        """Listen, tell Telegram where, and take what comes until cancelled.

        The end answers the requests in hand. It does not remove the webhook: other replicas may serve it, and
        what comes meanwhile Telegram keeps for the next start. A bot that polls removes it when it starts.

        Raises :class:`bot.errors.SettingsError` if this process can't listen on ``WEBHOOK_LISTEN`` or Telegram
        will not deliver to ``WEBHOOK_URL``, and :class:`bot.errors.TelegramError` if Telegram refuses us for good.
        """
        async with self._closing(), self._keeping() as keeping, self._listening():
            await self._insist(self._set)
            _log.info("updates are delivered to %s", self._site.url)
            self._meter.beat("intake")
            watching = asyncio.create_task(self._watch(), name="webhook-watch")
            try:
                done, _ = await asyncio.wait([keeping, watching], return_when=asyncio.FIRST_COMPLETED)
                await done.pop()
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
        raise AssertionError("neither of the two ends by itself")

    async def _watch(self) -> Never:
        """Notice when somebody else takes the webhook away: no update would come, and nothing would be wrong."""
        lost = 0
        while True:
            await self._every(WATCH_SECONDS)
            info = await self._insist(self._bot.get_webhook_info)
            if info.url == self._site.address:
                self._meter.beat("intake")
                lost = 0
                continue
            lost += 1
            if lost == PATIENCE:
                raise TelegramError(
                    "Another program takes this bot's webhook away again and again: stop it, "
                    "or give this bot a token of its own in TELEGRAM_BOT_TOKEN"
                )
            _log.warning("another program took this bot's webhook away, with the same token; it is set again")
            await self._insist(self._set)

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._site.address,
                secret_token=self._site.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            # Telegram's text names the fault (port, certificate, host); it does not repeat the address.
            raise SettingsError(f"WEBHOOK_URL: Telegram will not deliver there: {error.message}") from None

    @asynccontextmanager
    async def _keeping(self) -> AsyncIterator[asyncio.Task[Never]]:
        """The keeper at work; at the end every request in hand knows what became of it."""
        task = asyncio.create_task(self._keeper.run(), name="webhook-keeper")
        try:
            yield task
        finally:
            await self._keeper.finish(self._finish_within)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """At the end, what has come whole is still answered."""
        try:
            await self._inlet.listen(self._site.host, self._site.port)
        except (OSError, UnicodeError) as error:
            raise SettingsError(f"WEBHOOK_LISTEN: {why_not_listening(error)}") from None
        try:
            yield
        finally:
            self._deliveries.stop()
            self._inlet.refuse_new()

    @asynccontextmanager
    async def _closing(self) -> AsyncIterator[None]:
        """At the end the connections are closed."""
        try:
            yield
        finally:
            await self._inlet.close(_CLOSE_SECONDS)

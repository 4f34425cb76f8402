"""What is kept for a while only: dead letters, the ids by which Telegram's repetitions are recognised,
questions that nobody could answer, erased bytes."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, timedelta
from typing import Never

from bot.errors import StoreError
from bot.guide.ports import Store
from bot.telegram_io.ports import Clock, Sleep
from bot.trouble import Trouble

DEAD_LETTERS = timedelta(days=30)

KNOWN_UPDATES = timedelta(days=3)
"""Telegram keeps what it could not deliver for a day (https://core.telegram.org/bots/api#getting-updates)."""

DRAFTS = timedelta(days=1)
"""What an operator wrote, and did not confirm since."""

UNANSWERED = timedelta(days=60)
"""What was asked in vain."""

EVERY_SECONDS = 600.0
"""Erased people's bytes that could not go at once wait for it, so it is not long."""

AFTER_TROUBLE_SECONDS = 60.0

_log = logging.getLogger(__name__)


async def purge_for_ever(store: Store, clock: Clock, sleep: Sleep = asyncio.sleep) -> Never:
    """Forget what is old, now and every ten minutes; of several processes one does it."""
    trouble = Trouble(_log, "what is old can be forgotten again after %.0f s")
    while True:
        try:
            async with store.duty("retention"):
                while True:
                    now = clock()
                    await store.purge(dead_before=now - DEAD_LETTERS, known_before=now - KNOWN_UPDATES)
                    await store.purge_broadcasts(now - DRAFTS)
                    await store.purge_unanswered((now.astimezone(UTC) - UNANSWERED).date())
                    trouble.over()
                    await sleep(EVERY_SECONDS)
        except StoreError as error:
            trouble.met(error)
            await sleep(AFTER_TROUBLE_SECONDS)

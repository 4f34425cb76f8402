"""Calls that ride in the answer to the webhook: one trip to Telegram less for every tap.

What Telegram makes of such a call it does not tell, so only those ride whose result nobody needs:
https://core.telegram.org/bots/api#making-requests-when-getting-updates.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from bot.telegram_io.ports import RawUpdate

WAIT_SECONDS: Final = 0.25
"""How long the answer to an update waits for a call that may ride with it. An ordinary turn takes a tenth of that."""


class Rides:
    """Brings together the requests that brought taps, and the answers to those taps."""

    def __init__(self, wait: float = WAIT_SECONDS) -> None:
        self._wait = wait
        self._open: dict[str, asyncio.Future[dict[str, Any] | None]] = {}

    def offer(self, update: RawUpdate) -> asyncio.Future[dict[str, Any] | None] | None:
        """What an update's own answer may carry, if it is a tap: a call, or ``None`` when it should wait no longer."""
        query = update.get("callback_query")
        query_id = query.get("id") if isinstance(query, dict) else None
        if not isinstance(query_id, str) or query_id in self._open:
            return None
        loop = asyncio.get_running_loop()
        ride = self._open[query_id] = loop.create_future()
        loop.call_later(self._wait, self._give_up, query_id, ride)
        return ride

    def take(self, query_id: str, method: str, parameters: dict[str, Any]) -> bool:
        """Whether this call goes with the answer to the update that brought the tap; it need not be made then."""
        ride = self._open.pop(query_id, None)
        if ride is None or ride.done():
            return False
        ride.set_result({"method": method, **parameters})
        return True

    def stop(self) -> None:
        """Nothing rides any more."""
        for query_id, ride in tuple(self._open.items()):
            self._give_up(query_id, ride)

    def _give_up(self, query_id: str, ride: asyncio.Future[dict[str, Any] | None]) -> None:
        if self._open.get(query_id) is ride:
            del self._open[query_id]
        if not ride.done():
            ride.set_result(None)

"""Calls that ride in the answer to the webhook: one trip to Telegram less for every tap.

What Telegram makes of such a call it does not tell, so only those ride whose result nobody needs:
https://core.telegram.org/bots/api#making-requests-when-getting-updates.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, NamedTuple

from bot.telegram_io.ports import RawUpdate

WAIT_SECONDS: Final = 0.25
"""How long the answer to an update waits for a call that may ride with it. An ordinary turn takes a tenth of that."""


class _Ride(NamedTuple):
    until: float
    """By the clock of the loop."""
    call: asyncio.Future[dict[str, Any] | None]


class Rides:
    """Brings together the requests that brought taps, and the answers to those taps."""

    def __init__(self, wait: float = WAIT_SECONDS) -> None:
        self._wait = wait
        self._open: dict[str, _Ride] = {}
        self._timer: asyncio.TimerHandle | None = None

    def offer(self, update: RawUpdate) -> asyncio.Future[dict[str, Any] | None] | None:
        """What an update's own answer may carry, if it is a tap: a call, or ``None`` when it should wait no longer."""
        query = update.get("callback_query")
        query_id = query.get("id") if isinstance(query, dict) else None
        if not isinstance(query_id, str) or query_id in self._open:
            return None
        loop = asyncio.get_running_loop()
        self._open[query_id] = ride = _Ride(loop.time() + self._wait, loop.create_future())
        if self._timer is None:
            self._timer = loop.call_at(ride.until, self._give_up_late)
        return ride.call

    def take(self, query_id: str, method: str, parameters: dict[str, Any]) -> bool:
        """Whether this call goes with the answer to the update that brought the tap; it need not be made then."""
        ride = self._open.pop(query_id, None)
        if ride is None or ride.call.done():
            return False
        ride.call.set_result({"method": method, **parameters})
        return True

    def stop(self) -> None:
        """Nothing rides any more."""
        while self._open:
            self._give_up_first()

    def _give_up_late(self) -> None:
        # The first to be offered is the first to be late. One timer is enough for all of them.
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._open:
            first = next(iter(self._open.values()))
            if first.until > loop.time():
                self._timer = loop.call_at(first.until, self._give_up_late)
                return
            self._give_up_first()

    def _give_up_first(self) -> None:
        call = self._open.pop(next(iter(self._open))).call
        if not call.done():
            call.set_result(None)

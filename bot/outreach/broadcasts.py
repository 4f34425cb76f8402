"""Sends confirmed broadcasts, one after the other: to each person once, and goes on where it was after any end."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Never, Protocol

from bot.errors import StoreError
from bot.guide.broadcast import Broadcast
from bot.guide.person import Change
from bot.guide.ports_broadcast import Broadcasts, Teller
from bot.guide.ports_outlet import Outlet
from bot.outreach.broadcast_flights import BroadcastFlights
from bot.outreach.broadcast_watch import BroadcastWatch
from bot.outreach.caution import Caution
from bot.outreach.dispatcher import most_under_way
from bot.outreach.fates import FateRecorder
from bot.trouble import Backoff, Trouble

LOOK_SECONDS = 1.0
"""How often to look whether an operator confirmed, paused or stopped anything: another process may have been told."""

STRAY_SECONDS = 30.0
"""So long those have to tell who still had something in flight when another took over."""

_log = logging.getLogger(__name__)


class BroadcastStore(Broadcasts, Protocol):
    """What this needs of a store."""

    def duty(self, name: str) -> AbstractAsyncContextManager[None]:
        """As :meth:`bot.guide.ports.Store.duty`."""


class Broadcasting:
    """Of several processes on one database, one sends at a time.

    In flight is recorded before a message is sent. So a kill repeats nothing, and of what was in flight, at most
    ``most_under_way(rate)``, it is unknown what became of it. ``rate`` is how many messages go out in a second; who made
    a broadcast and is no longer one of ``admins`` has it stopped.
    """

    name = "broadcasts"

    def __init__(
        self,
        store: BroadcastStore,
        teller: Teller,
        outlet: Outlet,
        now: Callable[[], datetime],
        *,
        admins: Collection[int],
        rate: int,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._now = now
        self._admins = frozenset(admins)
        self._sleep = sleep
        self._trouble = Trouble(_log, "broadcasts can be sent again after %.0f s", monotonic)
        self._backoff = Backoff(0.5, 30.0)
        most = most_under_way(rate)
        recorder = FateRecorder(store, now, self._trouble, sleep)
        # All that waits in the lane before one of them, ours and the tips', and a round trip.
        within = 2.0 + 3 * most / rate
        self._caution = Caution(monotonic)
        self._flights = BroadcastFlights(store, outlet, recorder, self._caution, most=most, within=within)
        self._watch = BroadcastWatch(store, teller, outlet, monotonic)

    async def run(self) -> Never:
        """Until cancelled. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good."""
        while True:
            try:
                async with self._store.duty(self.name):
                    await self._send_for_ever()
            except StoreError as error:
                self._trouble.met(error)
            await self._sleep(self._backoff.next())

    async def finish(self, within: float) -> None:
        """After :meth:`run`: let what is under way end and record it, for at most ``within`` seconds."""
        await asyncio.gather(self._watch.stop(), self._flights.finish(within))

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """A turn has stored these changes of a person."""
        self._flights.active(person_id)

    async def _send_for_ever(self) -> Never:
        # Our own from before trouble with the database are not lost: they land first.
        await self._landed()
        await self._store.lose_flights()
        while True:
            under_way = await self._store.under_way()
            self._trouble.over()
            self._backoff.reset()
            if under_way:
                await self._send(under_way[0])
            else:
                await self._sleep(LOOK_SECONDS)

    async def _send(self, broadcast: Broadcast) -> None:
        """Until it is over."""
        _log.info("a broadcast is sent broadcast=%d person=%d", broadcast.id, broadcast.admin)
        while not broadcast.ended:
            self._flights.check()
            if broadcast.admin in self._admins:
                await self._watch.look(broadcast)
            elif broadcast.state != "cancelled":
                await self._stop(broadcast)
            more = broadcast.state == "on" and await self._flights.fill(broadcast)
            if self._flights.under_way:
                await self._flights.wait(LOOK_SECONDS, for_all=not more)
            elif await self._is_over(broadcast):
                await self._end(broadcast)
                return
            broadcast = await self._store.broadcast(broadcast.id) or replace(broadcast, ended=True)

    async def _is_over(self, broadcast: Broadcast) -> bool:
        """Whether nothing is left to do for it; waits a little if nothing can be done now."""
        if broadcast.state == "cancelled":
            return True
        tally = await self._store.tally(broadcast.id)
        if not tally.left:
            return True
        if broadcast.state == "on" and tally.in_flight and not tally.waiting:
            # Of another process, which was thought dead and was only slow.
            await self._sleep(STRAY_SECONDS)
            await self._store.lose_flights()
        elif broadcast.state == "paused" or self._caution.needed:
            await self._sleep(LOOK_SECONDS)
        return False

    async def _stop(self, broadcast: Broadcast) -> None:
        _log.warning("who made a broadcast is no operator any more: it stops broadcast=%d", broadcast.id)
        await self._store.steer(broadcast.id, "cancelled")

    async def _end(self, broadcast: Broadcast) -> None:
        tally = await self._store.tally(broadcast.id)
        if broadcast.admin in self._admins:
            await self._watch.last(replace(broadcast, ended=True), tally)
        # Last: should it be told twice, that does no harm.
        await self._store.end(broadcast.id, self._now())
        _log.info(
            "a broadcast is over broadcast=%d (%s): sent %d, failed %d, blocked %d, unknown %d, left %d",
            broadcast.id,
            "stopped" if broadcast.state == "cancelled" else "done",
            tally.sent,
            tally.failed,
            tally.blocked,
            tally.unknown,
            tally.left,
        )

    async def _landed(self) -> None:
        while self._flights.under_way:
            await self._flights.wait(LOOK_SECONDS, for_all=True)
        self._flights.check()

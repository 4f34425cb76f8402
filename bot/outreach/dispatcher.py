"""Sends everybody what is due at their hour: in time, once, and no faster than Telegram takes it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Never, Protocol

from bot.clock import Timekeeper
from bot.errors import StoreError
from bot.guide.person import Change, Person, Presence, Schedule, Start, Tipped
from bot.guide.ports import Daily, Due, Outreach, Sender
from bot.guide.ports_meter import UNMETERED, Meter
from bot.outreach.capacity import Capacity
from bot.outreach.claims import CLAIM_SECONDS, Claims
from bot.outreach.counting import Counts
from bot.outreach.flights import Flights
from bot.outreach.planning import NextTip, Replanning
from bot.outreach.recording import Recorder
from bot.references import report
from bot.trouble import Backoff, Trouble

BATCH_SECONDS = 2
"""So many seconds' worth of messages are claimed at a time."""

LONGEST_SLEEP = timedelta(seconds=60)
"""Another process may set an earlier time, and does not tell."""

SHORTEST_SLEEP = timedelta(seconds=1)
"""Should the database name a moment that has been, though nobody is due."""

DAY = timedelta(days=1)

_log = logging.getLogger(__name__)


class DutyStore(Outreach, Protocol):
    """What the dispatcher needs of a store."""

    def duty(self, name: str) -> AbstractAsyncContextManager[None]:
        """As :meth:`bot.guide.ports.Store.duty`."""


class Dispatcher:
    """Of several processes on one database, one sends at a time.

    Whoever is due is claimed before anything is sent, and recorded together with what came of it. So nobody is skipped,
    and a kill repeats at most what was under way. ``rate`` is how many messages a second may be sent; ``tzdata`` is
    the version of the time zones' rules by which ``next_tip`` reckons, ``claim`` how many seconds a claim lasts.
    """

    name = "outreach"

    def __init__(
        self,
        store: DutyStore,
        daily: Daily,
        sender: Sender,
        timekeeper: Timekeeper,
        *,
        next_tip: NextTip,
        tzdata: str,
        rate: int,
        claim: float = CLAIM_SECONDS,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        meter: Meter = UNMETERED,
    ) -> None:
        self._store = store
        self._daily = daily
        self._time = timekeeper
        self._sleep = sleep
        self._woken = asyncio.Event()
        self._counts = Counts(monotonic, meter)
        self._trouble = Trouble(_log, "tips can be sent again after %.0f s", monotonic)
        self._backoff = Backoff(0.5, 30.0)
        self._claims = Claims(store, timekeeper, rate * BATCH_SECONDS, claim)
        recorder = Recorder(store, timekeeper.now, self._trouble, sleep)
        self._flights = Flights(sender, recorder, self._counts, most_under_way(rate), self._woken.set)
        self._capacity = Capacity(store, rate)
        self._replanning = Replanning(store, next_tip, tzdata, timekeeper.now)

    async def run(self) -> Never:
        """Until cancelled. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good."""
        while True:
            try:
                async with self._store.duty(self.name):
                    await self._replanning.run()
                    await self._send_for_ever()
            except StoreError as error:
                self._trouble.met(error)
            await self._sleep(self._backoff.next())

    async def finish(self, within: float) -> None:
        """After :meth:`run`: let what is under way end and record it, for at most ``within`` seconds; let go of the rest."""
        await asyncio.gather(self._claims.let_go(), self._flights.finish(within))
        self._counts.tell(over=True)

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """A turn has stored these changes of a person."""
        for part in (self._claims, self._flights, self._replanning):
            part.active(person_id)
        if any(isinstance(change, Schedule | Start | Presence) for change in changes):
            self._woken.set()

    async def _send_for_ever(self) -> Never:
        while True:
            await self._send_claimed()
            await self._capacity.look(self._time.now())
            anybody = await self._claims.take(self._flights.people)
            self._trouble.over()
            self._backoff.reset()
            if not anybody:
                self._counts.tell(over=not self._flights.people)
                await self._rest()

    async def _send_claimed(self) -> None:
        while True:
            await self._flights.room()
            person = self._claims.next()
            if person is None:
                break
            self._flights.begin(person.id, self._due(person), self._claims.seconds_left)
        await self._claims.let_go_of_passed()
        self._counts.tell(over=False)

    async def _rest(self) -> None:
        """Until somebody may be due."""
        self._woken.clear()
        # After that, so that no change is overlooked.
        at, now = await self._store.next_due(), self._time.now()
        await self._time.wait(_wake(at, now), self._woken, LONGEST_SLEEP.total_seconds())
        self._flights.check()

    def _due(self, person: Person) -> Due:
        now = self._time.now()
        try:
            return self._daily.daily(person, now)
        except Exception as error:
            # A fault that one person meets must not keep the others' tips from them.
            report(_log, "choosing a tip", error, person=person.id)
            due_at = person.next_tip_at or now
            return Due("failed", None, (Tipped(due_at, due_at + ((now - due_at) // DAY + 1) * DAY),))


def most_under_way(rate: int) -> int:
    """How many messages may be under way at a time: the lane always has one to send if a round trip takes half a second."""
    return max(4, rate // 2)


def _wake(at: datetime | None, now: datetime) -> datetime | None:
    return now + SHORTEST_SLEEP if at is not None and at <= now else at

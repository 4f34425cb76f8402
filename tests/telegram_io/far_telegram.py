"""A Telegram at the other end of a slow line, in virtual time: it notes when each call starts, arrives and ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from math import inf
from typing import Any

from telegram.error import RetryAfter

from bot.telegram_io.lanes import BULK, CallLane, Lanes
from tests.support.virtual_time import now

Chat = int | str | None


@dataclass
class Trip:
    """A call on its way, once for each time that it is made. Times are those of the virtual clock, in seconds."""

    method: str
    chat: Chat
    text: str
    bulk: bool
    started: float
    arrived: float = inf
    ended: float = inf
    error: BaseException | None = None
    first: int = 0
    """Where its start stands among all starts and ends, which may fall into the same moment."""
    last: float = inf
    """Where its end stands."""


class FarTelegram:
    """``there`` and ``back`` are how many seconds a call takes; ``answer`` may return the error to answer it with."""

    def __init__(
        self,
        lanes: Lanes,
        *,
        there: Callable[[], float],
        back: Callable[[], float],
        answer: Callable[[Trip], BaseException | None],
    ) -> None:
        self.lanes = lanes
        self.there = there
        self.back = back
        self.answer = answer
        self.trips: list[Trip] = []
        self._events = count()

    def send(
        self, text: str, chat: Chat = None, lane: CallLane | None = None, method: str = "sendMessage"
    ) -> asyncio.Task[str]:
        """Call a method, which answers with ``text``; it is on its way once the loop has had a turn."""
        return asyncio.create_task(self.call(text, chat, lane, method))

    def bulk(self, texts: Iterable[object], first_chat: int = 1) -> list[asyncio.Task[str]]:
        """Send each text to a chat of its own, in the bulk lane."""
        return [self.send(str(text), first_chat + index, BULK) for index, text in enumerate(texts)]

    async def call(
        self, text: str, chat: Chat = None, lane: CallLane | None = None, method: str = "sendMessage"
    ) -> str:
        data = {"text": text} if chat is None else {"chat_id": chat, "text": text}
        known = lane.chat if lane and chat is None else chat
        bulk = lane is not None and lane.bulk

        async def trip() -> Any:
            return await self._trip(Trip(method, known, text, bulk, now()))

        return str(await self.lanes.process_request(trip, (), {}, method, data, lane))

    async def _trip(self, trip: Trip) -> str:
        trip.first = next(self._events)
        self.trips.append(trip)
        try:
            if (seconds := self.there()) > 0:
                await asyncio.sleep(seconds)
            trip.arrived = now()
            trip.error = self.answer(trip)
            if (seconds := self.back()) > 0:
                await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            trip.error = None  # It never came back.
            raise
        finally:
            trip.ended, trip.last = now(), next(self._events)
        if trip.error is not None:
            raise trip.error
        return trip.text

    def starts(self, text: str) -> list[float]:
        """When each try of this call started."""
        return [trip.started for trip in self.trips if trip.text == text]

    def texts(self) -> list[str]:
        """What was tried, in order."""
        return [trip.text for trip in self.trips]


def far(
    bulk_rate: int = 25,
    *,
    there: Callable[[], float] = lambda: 0.0,
    back: Callable[[], float] = lambda: 0.0,
    answer: Callable[[Trip], BaseException | None] = lambda trip: None,
) -> FarTelegram:
    """A Telegram with lanes of its own before it, in virtual time."""
    return FarTelegram(Lanes(bulk_rate, asyncio.sleep, now), there=there, back=back, answer=answer)


def refusing(
    *seconds: float, text: str | None = None, chat: Chat = None
) -> Callable[[Trip], RetryAfter | None]:
    """An ``answer``: 429 with each of these in turn, to calls with that text or chat, or to all."""
    left = list(seconds)

    def answer(trip: Trip) -> RetryAfter | None:
        concerned = (text is None or trip.text == text) and (chat is None or trip.chat == chat)
        return RetryAfter(int(left.pop(0))) if concerned and left else None

    return answer


def most_in(seconds: float, times: Iterable[float]) -> int:
    """The most of these in any half-open stretch of so many seconds."""
    ordered, most, first = sorted(times), 0, 0
    for last, time in enumerate(ordered):
        # A hair's breadth for the rounding of sums of floats.
        while time - ordered[first] >= seconds - 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most

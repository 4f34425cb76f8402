"""How many calls fit into any stretch of time, as the server sees them."""

from __future__ import annotations

from collections import deque
from math import inf


class Window:
    """At most ``limit`` calls in any sliding ``seconds``, by the time at which the server receives them.

    That time is not known, only that it lies between a call's start and its end. So a call holds its place from its
    start until ``seconds`` after its end: the next one in that place arrives at least so much later, however long
    either was on its way. (A call that was given up counts as ended then; no one could know better.)

    It only counts: :meth:`begin` never refuses, and more than ``limit`` may be under way.
    """

    __slots__ = ("_ended", "_limit", "_seconds", "_under_way")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._under_way = 0
        self._ended: deque[float] = deque(maxlen=limit)

    def free_at(self) -> float:
        """From when on one more call fits: perhaps past, and infinite until one that is under way ends."""
        room = self._limit - self._under_way
        if room <= 0:
            return inf
        return self._ended[-room] + self._seconds if len(self._ended) >= room else -inf

    def empty_at(self) -> float:
        """From when on it is as if new, perhaps past; only while no call is under way."""
        return self._ended[-1] + self._seconds if self._ended else -inf

    def begin(self) -> None:
        """A call starts."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """A call ends."""
        self._under_way -= 1
        self._ended.append(now)

    def take_back(self) -> None:
        """A call that was counted did not start after all."""
        self._under_way -= 1


class Spread:
    """``rate`` starts a second, evenly: a burst would leave no room for what comes just after it."""

    __slots__ = ("_next", "_step")

    SLACK_SECONDS = 0.02
    """How much a late start is made up for: no timer is exact."""

    def __init__(self, rate: int) -> None:
        self._step = 1.0 / rate
        self._next = -inf

    def free_at(self) -> float:
        """From when on the next one may start; perhaps past."""
        return self._next

    def start(self, now: float) -> None:
        """One starts."""
        self._next = max(self._next, now - self.SLACK_SECONDS) + self._step

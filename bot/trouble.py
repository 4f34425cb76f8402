"""Trouble that lasts: how long to wait before trying again, and how it is told.

It is told once when it begins and once when it is over, however often it is met meanwhile.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from random import SystemRandom

CALM_SECONDS = 3.0
"""What works so soon after it failed may fail again: some writes fit on a full disk, and others do not."""

_random = SystemRandom().random


class Backoff:
    """Waits that double from ``first`` to ``cap`` seconds.

    Each is shortened by up to a half, at random, so that many who failed together do not come back together.
    ``chance`` gives a number from 0 to 1.
    """

    def __init__(self, first: float, cap: float, chance: Callable[[], float] = _random) -> None:
        self._first = first
        self._cap = cap
        self._chance = chance
        self._next = first

    def next(self) -> float:
        """How many seconds to wait now."""
        wait = self._next * (1 - self._chance() / 2)
        self._next = min(self._cap, self._next * 2)
        return wait

    def reset(self) -> None:
        """Begin anew: the last try succeeded."""
        self._next = self._first


class Trouble:
    """With one thing, such as the database. ``again`` is the line when it is over; ``%.0f`` in it are the seconds."""

    def __init__(
        self, logger: logging.Logger, again: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._logger = logger
        self._again = again
        self._monotonic = monotonic
        self._since: float | None = None
        self._last = 0.0

    def met(self, error: Exception) -> None:
        """It was met. ``error`` must be fit for the log."""
        self._last = self._monotonic()
        if self._since is None:
            self._since = self._last
            self._logger.warning("%s; trying again until it works", error)

    def over(self) -> None:
        """What failed works. It is told once that has lasted a little."""
        if self._since is not None and self._monotonic() - self._last >= CALM_SECONDS:
            self._logger.info(self._again, self._last - self._since)
            self._since = None

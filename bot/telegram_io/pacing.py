"""How long to wait before trying again."""

from __future__ import annotations

from collections.abc import Callable
from random import SystemRandom

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

"""How long to wait before serving somebody who floods."""

from __future__ import annotations

from functools import partial

from bot.telegram_io.ports import Monotonic


class Pace:
    """How fast one person is served: ``burst`` turns at once, after that ``per_second``.

    What floods is slowed, and nobody else is: whoever waits for each answer before they go on sets their own pace.
    """

    def __init__(self, burst: int, per_second: float, monotonic: Monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._monotonic = monotonic
        self._left = float(burst)
        self._told = monotonic()

    def wait(self, turns: float) -> float:
        """How many seconds to wait before so many turns, which are then counted."""
        self._rest()
        self._left -= turns
        return max(0.0, -self._left / self._per_second)

    def spend(self, turns: float) -> None:
        """Count so many turns that need not wait, since the answer to what came before had been awaited."""
        self._rest()
        self._left = min(self._left, max(0.0, self._left - turns))

    def _rest(self) -> None:
        now = self._monotonic()
        self._left = min(self._burst, self._left + (now - self._told) * self._per_second)
        self._told = now


class Paces:
    """The pace of each person seen lately; ``most`` are remembered, and who is forgotten has a whole burst again."""

    def __init__(self, burst: int, per_second: float, monotonic: Monotonic, most: int = 4_096) -> None:
        self._new = partial(Pace, burst, per_second, monotonic)
        self._most = most
        self._paces: dict[int, Pace] = {}

    def __len__(self) -> int:
        return len(self._paces)

    def of(self, person: int) -> Pace:
        """This person's."""
        pace = self._paces.pop(person) if person in self._paces else self._new()
        self._paces[person] = pace
        if len(self._paces) > self._most:
            del self._paces[next(iter(self._paces))]
        return pace

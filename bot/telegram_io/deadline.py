"""What is to be done when nothing happens before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Deadline:
    """One thing to be done at one time of the loop's clock; set anew, it is another thing or another time.

    To set a timer costs more than all else about waiting, so one that goes off too early sets itself again.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._until = 0.0
        self._then: Callable[[], None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def set(self, until: float, then: Callable[[], None]) -> None:
        self._until, self._then = until, then
        if self._timer is None or self._timer.when() > until:
            self._set_timer()

    def clear(self) -> None:
        """There is nothing to be done."""
        self._then = None

    def end(self) -> None:
        """There will be nothing to be done any more."""
        self._then = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._until, self._on_time)

    def _on_time(self) -> None:
        then, self._timer = self._then, None
        if then is None:
            return
        if self._loop.time() < self._until:
            self._set_timer()
        else:
            self._then = None
            then()

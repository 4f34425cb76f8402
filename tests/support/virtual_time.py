"""Time that costs none: a loop whose clock jumps to the next thing due as soon as nothing else is left to do."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class VirtualClock(asyncio.SelectorEventLoop):
    """``asyncio.sleep``, ``asyncio.timeout`` and :meth:`time` all follow it, however many tasks sleep at once.

    Not for tests with a network or threads: it would not wait for them.
    """

    def __init__(self) -> None:
        self._now = 1_000.0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Seconds since long ago."""
        return self._now

    def jump(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._now += seconds


class _Jumping(selectors.DefaultSelector):
    """Lets the clock jump where the loop would have slept."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        # The loop asks for None when it has neither work nor anything to wait for: a test that hangs.
        if timeout is None:
            raise RuntimeError("every task waits for something that will never come")
        self._clock.jump(max(timeout, 0))
        return super().select(0)


def in_virtual_time(main: Coroutine[Any, Any, T]) -> T:
    """What ``main`` returns, run to its end in a loop of its own whose time is virtual."""
    with asyncio.Runner(loop_factory=VirtualClock) as runner:
        return runner.run(main)


def virtual(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Decorates a test that is to run :func:`in_virtual_time`; it can have no fixtures."""

    def run() -> None:
        in_virtual_time(test())

    run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
    return run


def now() -> float:
    """The virtual time of the running loop, in seconds: a ``Monotonic``."""
    return asyncio.get_running_loop().time()

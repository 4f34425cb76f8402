"""Waiting for what no event tells of: something in a database, or in a log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE = 120.0
"""Seconds after which something that must happen is taken for never to come. No test is about speed."""

LONG_PATIENCE = 1_800.0
"""For much that takes its time: who floods has ten turns a second."""

_PAUSE = 0.03


async def until(look: Callable[[], Awaitable[object]], patience: float = PATIENCE) -> None:
    """Look again and again until what is seen is true."""
    async with asyncio.timeout(patience):
        while True:
            if await look():
                return
            await asyncio.sleep(_PAUSE)

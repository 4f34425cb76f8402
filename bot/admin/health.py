"""Whether the bot does its work: for whoever watches over it, over HTTP and in the chat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.errors import StoreError
from bot.guide.ports_meter import Part, Unmetered
from bot.guide.ports_statistics import Health

PATIENCE: Mapping[Part, float] = {"intake": 90.0, "worker": 15.0}
"""After so many seconds without a movement a part is stuck. A poll lasts 30, and a webhook is looked at as often; the
worker moves every two."""

STORE_SECONDS = 2.0
"""How long the database may take to answer."""

Answer = tuple[int, str, str]
"""Status, content type and body."""


class Pulse(Unmetered):
    """Knows when each part moved last."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last: dict[Part, float] = {}

    def beat(self, part: Part) -> None:
        self._last[part] = self._monotonic()

    def age(self, part: Part) -> float | None:
        """How many seconds ago it moved; ``None`` if it never did."""
        last = self._last.get(part)
        return None if last is None else self._monotonic() - last


@dataclass(frozen=True, slots=True)
class Ailment:
    """What keeps the bot from its work. ``detail`` is for operators, and holds no secret."""

    kind: Literal["stopping", "store", "starting", "stuck"]
    detail: str


class Doctor:
    """Says what the bot lacks. ``stopping`` tells whether it was asked to stop."""

    def __init__(self, store: Health, pulse: Pulse, stopping: Callable[[], bool] = lambda: False) -> None:
        self._store = store
        self._pulse = pulse
        self._stopping = stopping

    async def ailment(self) -> Ailment | None:
        """The first thing that is wrong, or ``None``."""
        if self._stopping():
            return Ailment("stopping", "it was asked to stop")
        return await self._store_ailment() or self._stuck()

    async def _store_ailment(self) -> Ailment | None:
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._store.check()
        except TimeoutError:
            return Ailment("store", f"the database does not answer within {STORE_SECONDS:.0f} s")
        except StoreError as error:
            return Ailment("store", str(error))
        return None

    def _stuck(self) -> Ailment | None:
        for part, patience in PATIENCE.items():
            age = self._pulse.age(part)
            if age is None:
                return Ailment("starting", f"{part}: has not begun")
            if age > patience:
                return Ailment("stuck", f"{part}: has not moved for {age:.0f} s")
        return None


async def alive() -> Answer:
    """For ``/healthz``: whoever can answer lives."""
    return 200, "text/plain", "alive\n"


async def ready(doctor: Doctor) -> Answer:
    """For ``/readyz``."""
    ailment = await doctor.ailment()
    return (503, "text/plain", f"{ailment.detail}\n") if ailment else (200, "text/plain", "ready\n")

"""All that watches over the bot, put together: what counts, what keeps the counts, and what tells them over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.admin.day_counts import DayCounts
from bot.admin.health import Answer, Doctor, Pulse, alive, ready
from bot.guide.ports_meter import Meter, Meters
from bot.guide.ports_statistics import Health, Statistics


class Watched(Health, Statistics, Protocol):
    """What is needed of a store."""


class Monitor:
    """Hand ``meter`` to whatever counts, run ``counts``, ask ``doctor``.

    ``listen`` is host:port, or ``None`` for no HTTP. ``version`` is the program's, ``content`` tells that of the content.
    """

    def __init__(
        self,
        store: Watched,
        now: Callable[[], datetime],
        stopping: Callable[[], bool],
        *,
        listen: str | None,
        version: str,
        content: Callable[[], str],
    ) -> None:
        self._store = store
        self._now = now
        self._listen = listen
        self._pulse = Pulse()
        self.counts = DayCounts(store, now)
        self.doctor = Doctor(store, self._pulse, stopping)
        self.meter: Meter = Meters(self._pulse, self.counts)
        self._answers: dict[str, Callable[[], Awaitable[Answer]]] = {
            "/healthz": alive,
            "/readyz": partial(ready, self.doctor),
        }
        if listen:
            self._measure(version, content)

    def _measure(self, version: str, content: Callable[[], str]) -> None:
        # Its library takes a while to load, which a bot without HTTP is spared.
        from bot.admin.metrics import Metrics

        metrics = Metrics(version, content)
        self.meter = Meters(self._pulse, self.counts, metrics)
        self._answers["/metrics"] = lambda: metrics.told(self._store, self.doctor, self._pulse, self._now())

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Tell over HTTP while the block lasts, and keep the last counts at its end.

        Raises :class:`bot.errors.SettingsError` if this process can't listen there.
        """
        try:
            if self._listen is None:
                yield
            else:
                from bot.admin.health_site import told_over_http

                async with told_over_http(self._listen, self._answers):
                    yield
        finally:
            await self.counts.close()

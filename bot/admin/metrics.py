"""Figures for Prometheus. Only who sets ``HTTP_LISTEN`` imports this: its library takes a while to load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from bot.admin.health import PATIENCE, Answer, Doctor, Pulse
from bot.errors import StoreError
from bot.guide.ports_meter import Lane, Outcome, Part
from bot.guide.ports_statistics import Health

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds."""

CONTENT_TYPE = "text/plain; version=0.0.4"


class Metrics:
    """A :class:`bot.guide.ports_meter.Meter`. ``version`` is the program's, ``content`` tells that of the content."""

    def __init__(self, version: str, content: Callable[[], str]) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._version, self._content = version, content
        self._info = Info("firstlabel", "Which program and content", registry=registry)
        self._updates = Counter("firstlabel_updates", "Updates that came", ["kind"], registry=registry)
        self._turns = Counter(
            "firstlabel_turns", "Turns, by area and outcome", ["area", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "firstlabel_turn_seconds",
            "How long turns took, from reading the person to what Telegram said",
            registry=registry,
            buckets=BUCKETS,
        )
        self._calls = Counter(
            "firstlabel_calls",
            "Calls to Telegram, by lane and outcome",
            ["lane", "outcome"],
            registry=registry,
        )
        self._tips = Counter(
            "firstlabel_tips", "What became of tips that were due", ["outcome"], registry=registry
        )
        self._events = Counter("firstlabel_events", "What happened in turns", ["name"], registry=registry)
        self._letters = Gauge("firstlabel_inbox_letters", "Updates that wait", registry=registry)
        self._oldest = Gauge(
            "firstlabel_inbox_oldest_seconds", "Age of the oldest of them", registry=registry
        )
        self._due = Gauge("firstlabel_tips_due", "Tips that are due and not sent yet", registry=registry)
        self._broadcast = Gauge(
            "firstlabel_broadcast_waiting",
            "Messages of broadcasts that are still to be sent",
            registry=registry,
        )
        self._ready = Gauge("firstlabel_ready", "1 while the bot does its work", registry=registry)
        self._ages = Gauge(
            "firstlabel_moved_seconds", "How long ago each part moved last", ["part"], registry=registry
        )
        # What labels() looks up under a lock, by the labels.
        self._known: dict[tuple[str, ...], Counter] = {}

    def received(self, new: int, known: int) -> None:
        self._of(self._updates, "new").inc(new)
        if known:
            self._of(self._updates, "known").inc(known)

    def turn(self, area: str, outcome: Outcome, seconds: float) -> None:
        self._of(self._turns, area or "-", outcome).inc()
        self._seconds.observe(seconds)

    def counted(self, name: str) -> None:
        self._of(self._events, name).inc()

    def called(self, lane: Lane, outcome: str) -> None:
        self._of(self._calls, lane, outcome).inc()

    def tip(self, outcome: str) -> None:
        self._of(self._tips, outcome).inc()

    def beat(self, part: Part) -> None:
        """When it was is the :class:`~bot.admin.health.Pulse`'s."""

    async def told(self, store: Health, doctor: Doctor, pulse: Pulse, now: datetime) -> Answer:
        """For ``/metrics``, as it is at ``now`` (aware). What the database cannot tell keeps its last value."""
        self._info.info({"version": self._version, "content": self._content()})
        self._ready.set(await doctor.ailment() is None)
        for part in PATIENCE:
            age = pulse.age(part)
            if age is not None:
                self._ages.labels(part).set(age)
        try:
            depths = await store.depths(now)
        except StoreError:
            return 200, CONTENT_TYPE, generate_latest(self.registry).decode()
        self._letters.set(depths.letters)
        self._oldest.set((now - depths.oldest).total_seconds() if depths.oldest else 0)
        self._due.set(depths.tips)
        self._broadcast.set(depths.broadcast)
        return 200, CONTENT_TYPE, generate_latest(self.registry).decode()

    def _of(self, counter: Counter, *labels: str) -> Counter:
        key = (counter._name, *labels)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = counter.labels(*labels)
        return found

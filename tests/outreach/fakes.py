"""A store, a sender and a chooser of tips in miniature, and a dispatcher between them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.clock import SystemTime
from bot.content.markup import rich
from bot.guide.person import Change, Person, Plan, Tipped, applied
from bot.guide.ports import Due, Outcome, Sent
from bot.guide.screen import Screen
from bot.outreach.dispatcher import Dispatcher
from tests.support.virtual_time import now
from tests.telegram_io.fakes import MemoryStore

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LATE = timedelta(hours=3)
PLAN = Plan("Etc/UTC", 9 * 60)
VERSION = "2026a"


@dataclass
class VirtualTime(SystemTime):
    """A computer's clock in virtual time; it is nine when it is made."""

    def __post_init__(self) -> None:
        began = now()
        super().__init__(lambda: NINE + timedelta(seconds=now() - began))


class TipStore(MemoryStore):
    """One that counts, can be slow, and breaks altogether. ``seconds`` is how long each call takes."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = {"tzdata": VERSION}
        self.seconds = 0.0
        self.calls: Counter[str] = Counter()
        self.recorded: list[Outcome] = []
        self.most_claimed = 0
        self._duty = asyncio.Lock()

    def add(self, *due: datetime, plan: Plan = PLAN) -> list[int]:
        """New people, whose tips are due at these moments."""
        ids = [len(self.people) + number for number in range(1, len(due) + 1)]
        for person_id, at in zip(ids, due, strict=True):
            self.people[person_id] = Person(person_id, zone=plan.zone, plan=plan, next_tip_at=at)
        return ids

    def turn(self, person_id: int, *changes: Change) -> None:
        """What a turn of theirs changes."""
        self.people[person_id] = applied(self.people[person_id], changes, NINE)

    async def due(self, now: datetime, most: int, claimed_until: datetime) -> Sequence[Person]:
        await self._call("due")
        found = await super().due(now, most, claimed_until)
        self.most_claimed = max(self.most_claimed, len(self.claims))
        return found

    async def next_due(self) -> datetime | None:
        await self._call("next_due")
        return await super().next_due()

    async def count_due(self, first: datetime, last: datetime) -> int:
        await self._call("count_due")
        return await super().count_due(first, last)

    async def dealt_with(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        await self._call("dealt_with")
        await super().dealt_with(outcomes, now)
        self.recorded += outcomes

    async def let_go(self, people: Collection[int]) -> None:
        await self._call("let_go")
        await super().let_go(people)

    async def planned(self, after: int, most: int) -> Sequence[Person]:
        await self._call("planned")
        return await super().planned(after, most)

    async def replan(self, due: Mapping[int, datetime | None]) -> None:
        await self._call("replan")
        await super().replan(due)

    async def note(self, name: str) -> str | None:
        await self._call("note")
        return await super().note(name)

    @asynccontextmanager
    async def duty(self, name: str) -> AsyncIterator[None]:
        async with self._duty:
            yield

    async def _call(self, name: str) -> None:
        await asyncio.sleep(self.seconds)
        self.calls[name] += 1
        if self.error is not None:
            raise self.error


class OneTip:
    """Everybody gets the same tip, every day; those who would get it too late get none."""

    def __init__(self) -> None:
        self.kinds: dict[int, str] = {}
        self.errors: dict[int, Exception] = {}

    def daily(self, person: Person, now: datetime) -> Due:
        if person.id in self.errors:
            raise self.errors[person.id]
        at = person.next_tip_at
        assert at is not None
        if now - at > LATE:
            return Due("late", None, (Tipped(at, at + DAY),))
        kind = self.kinds.get(person.id, "tip")
        return Due(kind, Screen(rich("Read twice")), (Tipped(at, at + DAY, at.date()),))


@dataclass
class Message:
    at: datetime
    person_id: int


class Post:
    """Sends nothing, but notes what was to be sent. ``fates`` are what becomes of a person's, one after the other."""

    def __init__(self, time: VirtualTime, seconds: float = 0.2) -> None:
        self.time = time
        self.seconds = seconds
        self.sent: list[Message] = []
        self.fates: dict[int, list[Sent | Exception]] = {}
        self.under_way = 0
        self.most_under_way = 0
        self.halted = False

    @property
    def people(self) -> list[int]:
        """Whom something was sent to, in order."""
        return [each.person_id for each in self.sent]

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        assert within is not None
        assert repeat
        if self.halted:
            await asyncio.sleep(within)
            raise TimeoutError
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            self.sent.append(Message(self.time.now(), person_id))
            await asyncio.sleep(self.seconds)
        finally:
            self.under_way -= 1
        fate = self.fates[person_id].pop(0) if self.fates.get(person_id) else Sent.DONE
        if isinstance(fate, Exception):
            raise fate
        return fate


def tomorrow(plan: Plan, after: datetime, last: date | None) -> datetime | None:
    """A day after ``after``."""
    return after + DAY


@dataclass
class Office:
    """A dispatcher and all that it works with."""

    rate: int = 10
    time: VirtualTime = field(default_factory=VirtualTime)
    store: TipStore = field(default_factory=TipStore)
    daily: OneTip = field(default_factory=OneTip)

    def __post_init__(self) -> None:
        self.post = Post(self.time)
        self.tzdata = VERSION

    def dispatcher(self) -> Dispatcher:
        return Dispatcher(
            self.store,
            self.daily,
            self.post,
            self.time,
            next_tip=tomorrow,
            tzdata=self.tzdata,
            rate=self.rate,
            monotonic=now,
        )

    @asynccontextmanager
    async def at_work(self, within: float = 5.0) -> AsyncIterator[Dispatcher]:
        """While the block lasts; it is then asked to stop. Raises what the dispatcher ended by."""
        dispatcher = self.dispatcher()
        running = asyncio.create_task(dispatcher.run())
        try:
            yield dispatcher
        finally:
            running.cancel()
            await asyncio.wait([running])
            await dispatcher.finish(within)
        if not running.cancelled():
            await running

    async def until(self, condition: Callable[[], object]) -> None:
        while not condition():  # noqa: ASYNC110  # what it waits for is no event, but how things stand
            await asyncio.sleep(0.01)

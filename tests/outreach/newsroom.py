"""An outlet that sends nothing but notes what was to be sent, and a broadcaster before it; in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.content.markup import rich
from bot.guide.broadcast import Broadcast, Post, Tally
from bot.guide.person import Person
from bot.guide.ports import Sent
from bot.guide.screen import Screen
from bot.outreach.broadcasts import Broadcasting
from tests.support.virtual_time import now
from tests.telegram_io.fakes import NOW, MemoryStore

ADMIN, OTHER = 9_001, 9_002


class Teller:
    """Few words: the port :class:`bot.guide.ports_broadcast.Teller`."""

    def progress(self, broadcast: Broadcast, tally: Tally, *, queued: bool) -> Screen:
        return Screen(rich(f"{'over' if broadcast.ended else broadcast.state} {tally.done}/{tally.total}"))

    def report(self, broadcast: Broadcast, tally: Tally) -> Screen:
        return Screen(rich(f"report {broadcast.state} {tally.done}/{tally.total}"))


@dataclass
class Shown:
    at: float
    message: int | None
    text: str
    last: bool


class News:
    """The port :class:`bot.guide.ports_outlet.Outlet`. ``fates`` are what becomes of a person's messages."""

    def __init__(self, seconds: float = 0.2) -> None:
        self.seconds = seconds
        self.fates: dict[int, list[Sent | BaseException]] = {}
        self.sent: list[tuple[float, int]] = []
        self.under_way = self.most_under_way = 0
        self.halted = False
        self.shown: list[Shown] = []
        self.show_seconds = 0.05
        self.show_errors: list[Exception] = []
        self.new_message: int | None = 500
        self.deleted: set[int] = set()

    @property
    def people(self) -> list[int]:
        """Whom something was sent to, in order."""
        return [person for _, person in self.sent]

    async def send(
        self, person_id: int, screen: Screen, *, silent: bool, repeat: bool, within: float | None = None
    ) -> Sent:
        raise NotImplementedError

    async def post(self, person_id: int, post: Post, *, within: float) -> Sent:
        if self.halted:
            await asyncio.sleep(within)
            raise TimeoutError
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            self.sent.append((now(), person_id))
            await asyncio.sleep(self.seconds)
        finally:
            self.under_way -= 1
        fate = self.fates[person_id].pop(0) if self.fates.get(person_id) else Sent.DONE
        if isinstance(fate, BaseException):
            raise fate
        return fate

    async def show(
        self, chat_id: int, message: int | None, screen: Screen, *, last: bool = False
    ) -> int | None:
        if self.show_errors:
            raise self.show_errors.pop(0)
        await asyncio.sleep(self.show_seconds)
        if message is None or message in self.deleted:
            message = self.new_message
        self.shown.append(Shown(now(), message, screen.text.plain, last))
        return message


class NewsStore(MemoryStore):
    """One that can be slow, and whose duty is one's at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.takes: list[int] = []
        self.zombies: set[int] = set()
        self._duty = asyncio.Lock()

    async def take(self, broadcast_id: int, most: int) -> Sequence[int]:
        # Done by the database, even if whoever asked does not wait for it any more.
        taken = await super().take(broadcast_id, most)
        self.takes.append(most)
        await asyncio.sleep(self.seconds)
        return taken

    @asynccontextmanager
    async def duty(self, name: str) -> AsyncIterator[None]:
        async with self._duty:
            yield


@dataclass
class Newsroom:
    """A broadcaster and all that it works with."""

    rate: int = 10
    store: NewsStore = field(default_factory=NewsStore)
    news: News = field(default_factory=News)
    admins: Collection[int] = (ADMIN, OTHER)

    async def confirmed(self, people: int, number: int = 1, message: int | None = 77) -> Broadcast:
        """A broadcast to everybody, of whom there are so many."""
        for person in range(1, people + 1):
            self.store.people.setdefault(person, Person(person, started_at=NOW))
        draft = Broadcast(number, ADMIN, NOW, "en", post=Post("News"))
        await self.store.keep_draft(draft)
        assert await self.store.confirm(draft, (), NOW, message)
        return replace(draft, state="on", message=message)

    def broadcasting(self) -> Broadcasting:
        return Broadcasting(
            self.store, Teller(), self.news, lambda: NOW, admins=self.admins, rate=self.rate, monotonic=now
        )

    @asynccontextmanager
    async def at_work(self, within: float = 5.0) -> AsyncIterator[Broadcasting]:
        """While the block lasts; it is then asked to stop. Raises what it ended by."""
        broadcasting = self.broadcasting()
        running = asyncio.create_task(broadcasting.run())
        try:
            yield broadcasting
        finally:
            running.cancel()
            await asyncio.wait([running])
            await broadcasting.finish(within)
        if not running.cancelled():
            await running

    @asynccontextmanager
    async def killed(self) -> AsyncIterator[Broadcasting]:
        """While the block lasts; then it is gone without a word."""
        broadcasting = self.broadcasting()
        before = asyncio.all_tasks()
        running = asyncio.create_task(broadcasting.run())
        yield broadcasting
        for task in asyncio.all_tasks() - before:
            task.cancel()
        await asyncio.wait([running])

    async def until(self, condition: Callable[[], object]) -> None:
        while not condition():  # noqa: ASYNC110  # what it waits for is no event, but how things stand
            await asyncio.sleep(0.01)

    async def over(self, number: int = 1) -> Tally:
        """Waits for the end of a broadcast; what came of it."""
        await self.until(lambda: self.store.broadcasts[number].ended)
        return self.store.results[number]

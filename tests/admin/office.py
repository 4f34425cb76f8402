"""The whole bot with an operator, over real HTTP to the stand-in, in this process; its time can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.admin.command_desk import CommandDesk
from bot.admin.desk import AdminDesk
from bot.admin.desks import Desks
from bot.admin.figures import FiguresCommand
from bot.admin.health import Doctor, Pulse
from bot.admin.health_command import HealthCommand
from bot.admin.progress import ProgressTeller
from bot.admin.unanswered import UnansweredDesk
from bot.admin.who import WhoCommand
from bot.charts import draw_overview
from bot.content.library import Library
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.guide import Guide
from bot.guide.person import Change, Person, Seen, Start, applied
from bot.guide.ports_outlet import Outlet
from bot.outreach.broadcasts import Broadcasting
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import build
from bot.telegram_io.service import serve
from tests.admin.operator import Operator
from tests.telegram_io.chatting import Json, Visitor
from tests.telegram_io.conftest import TOKEN
from tests.telegram_io.fakes import NOW, MemoryStore

RATE = 100


@dataclass
class Office:
    """One operator, and everybody else. ``now`` is what the bot takes for the present."""

    world: World
    server: Server
    library: Library
    store: MemoryStore = field(default_factory=MemoryStore)
    now: datetime = NOW
    seconds: float = 0.0
    """What the bot's monotonic clock shows."""

    def __post_init__(self) -> None:
        self.words = self.library.pack(None).words(BroadcastWords)
        self.admin = Operator(self.world, self.words)

    def learner(self, *changes: Change, name: str = "Ann", language: str = "en") -> Visitor:
        """Somebody who was here."""
        visitor = Visitor(self.world, name, language)
        self.world.person(visitor.id).started = True
        self.knows(visitor, Start(), Seen(language), *changes)
        return visitor

    def knows(self, visitor: Visitor, *changes: Change, ago: timedelta = timedelta(0)) -> None:
        """These changes were made some time ago."""
        person = self.store.people.get(visitor.id, Person(visitor.id))
        self.store.people[visitor.id] = applied(person, changes, self.now - ago)

    @asynccontextmanager
    async def open(self, operators: Collection[int] | None = None) -> AsyncIterator[None]:
        """The bot at work while the block lasts; it is then stopped, as by SIGTERM."""
        people = {self.admin.id} if operators is None else set(operators)
        stop, pulse = asyncio.Event(), Pulse()

        def beside(guide: Guide, outlet: Outlet) -> Sequence[Broadcasting]:
            teller = ProgressTeller(self.library, RATE)
            return (
                Broadcasting(
                    self.store,
                    teller,
                    outlet,
                    lambda: self.now,
                    admins=people,
                    rate=RATE,
                    sleep=_hardly,
                    monotonic=lambda: self.seconds,
                ),
            )

        task = asyncio.create_task(
            serve(
                build(TOKEN, self.server.url, RATE),
                lambda username: Guide(self.library, username),
                self.store,
                lambda: self.now,
                stop=stop,
                beside=beside,
                desk=Desks(
                    AdminDesk(people, self.library, self.store, RATE),
                    CommandDesk(
                        people,
                        FiguresCommand(lambda: self.library, self.store, draw_overview),
                        HealthCommand(lambda: self.library, self.store, Doctor(self.store, pulse), "1.2.3"),
                        WhoCommand(lambda: self.library, self.store),
                    ),
                    UnansweredDesk(people, lambda: self.library, self.store),
                ),
                meter=pulse,
            )
        )
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait([task])
            await self.store.close()
        await task

    async def until(self, condition: Callable[[], object]) -> None:
        """Gives way until it is so: of what the store knows no event tells."""
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    def got(self, person_id: int) -> list[Json]:
        """What this person got from the bot."""
        return [each for each in self.world.chat(person_id) if each["from"]["is_bot"]]


async def _hardly(seconds: float) -> None:
    await asyncio.sleep(0.002)

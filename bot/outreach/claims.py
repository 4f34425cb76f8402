"""The people whose tip is due and whom nobody else sends to meanwhile: a batch of them at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.clock import Timekeeper
from bot.errors import StoreError
from bot.guide.person import Person
from bot.guide.ports import Outreach

CLAIM_SECONDS = 60.0
"""How long a claim lasts. So much later those come up again whom a killed process had claimed."""

MARGIN = 0.25
"""Of a claim's time: so long before it runs out nothing goes out any more, as what is on its way should have ended."""

LET_GO_SECONDS = 1.0
"""How long giving up the claims may take at the end."""

_log = logging.getLogger(__name__)


class Claims:
    """Whom to send to next. Never holds more than ``most`` people, each for ``seconds``.

    What was read of somebody who did something since is not used: they are let go of, and claimed anew.
    """

    def __init__(self, store: Outreach, time: Timekeeper, most: int, seconds: float = CLAIM_SECONDS) -> None:
        self._store = store
        self._time = time
        self._most = most
        self._seconds = seconds
        self._people: deque[Person] = deque()
        self._passed: list[int] = []
        self._active: set[int] = set()
        self._taking: asyncio.Task[Sequence[Person]] | None = None
        self._until = time.now()
        self._ends = 0.0

    @property
    def seconds_left(self) -> float:
        """For how long something may still go out to those who are claimed."""
        if self._time.now() >= self._until:
            return 0.0
        return max(0.0, self._ends - asyncio.get_running_loop().time())

    def active(self, person_id: int) -> None:
        """This person did something."""
        if self._people or self._taking is not None:
            self._active.add(person_id)

    async def take(self, beside: Collection[int]) -> bool:
        """Claim the next batch, without those to whom something is being sent; whether anybody was due at all."""
        task = self._taking or self._begin()
        try:
            # What is claimed while we are cancelled must be let go of.
            people = await asyncio.shield(task)
        finally:
            if task.done():
                self._taking = None
        self._people.extend(person for person in people if person.id not in beside)
        return bool(people)

    def next(self) -> Person | None:
        """The next one to send to, if there is one left and time for it."""
        if self.seconds_left <= 0:
            # They are anybody's now.
            self._people.clear()
            self._passed.clear()
        while self._people:
            person = self._people.popleft()
            if person.id not in self._active:
                return person
            self._passed.append(person.id)
        return None

    async def let_go_of_passed(self) -> None:
        """Give up the claims on those of whom something else is known by now; they may still be due."""
        if self._passed:
            passed, self._passed = self._passed, []
            await self._store.let_go(passed)

    async def let_go(self) -> None:
        """Give up all claims on those whom nothing was begun with, at the end."""
        try:
            async with asyncio.timeout(LET_GO_SECONDS):
                if self._taking is not None:
                    await self.take(())
                if self.seconds_left > 0:
                    self._passed.extend(person.id for person in self._people)
                    await self.let_go_of_passed()
        except (TimeoutError, StoreError):
            _log.warning("who was claimed could not be let go of at the end: they wait for a minute")
        self._people.clear()

    def _begin(self) -> asyncio.Task[Sequence[Person]]:
        now = self._time.now()
        self._active.clear()
        self._until = now + timedelta(seconds=self._seconds)
        self._ends = asyncio.get_running_loop().time() + self._seconds * (1 - MARGIN)
        self._taking = asyncio.ensure_future(self._store.due(now, self._most, self._until))
        return self._taking

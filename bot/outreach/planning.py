"""New rules for time zones: when each tip is due is reckoned anew.

They come several times a year (https://www.iana.org/time-zones), with the package ``tzdata``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.guide.person import Person, Plan
from bot.guide.ports import Outreach

NOTE = "tzdata"
BATCH = 500

NextTip = Callable[[Plan, datetime, date | None], datetime | None]
"""When the next tip of a plan is due after a moment, given the local date of the last one."""

_log = logging.getLogger(__name__)


class Replanning:
    """``version`` is that of the rules in use."""

    def __init__(self, store: Outreach, next_tip: NextTip, version: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._next_tip = next_tip
        self._version = version
        self._now = now
        self._running = False
        self._active: set[int] = set()

    def active(self, person_id: int) -> None:
        """This person did something, and may have another plan."""
        if self._running:
            self._active.add(person_id)

    async def run(self) -> None:
        """Plan everybody's next tip anew, unless that was done by these rules."""
        if await self._store.note(NOTE) == self._version:
            return
        self._running = True
        try:
            await self._everybody()
        finally:
            self._running = False
            self._active.clear()

    async def _everybody(self) -> None:
        after = count = 0
        while people := await self._batch(after):
            after, count = people[-1].id, count + len(people)
        await self._store.take_note(NOTE, self._version)
        if count:
            _log.info("the next tips of %d people were planned by tzdata %s", count, self._version)

    async def _batch(self, after: int) -> Sequence[Person]:
        while True:
            self._active.clear()
            people = await self._store.planned(after, BATCH)
            now = self._now()
            if people:
                await self._store.replan(
                    {
                        each.id: self._due(each, each.plan, now)
                        for each in people
                        if each.plan and not _is_due(each, now)
                    }
                )
            # Who has chosen another hour meanwhile would have got back the one before.
            if self._active.isdisjoint(each.id for each in people):
                return people

    def _due(self, person: Person, plan: Plan, now: datetime) -> datetime | None:
        return self._next_tip(plan, now, person.last_tip_on)


def _is_due(person: Person, now: datetime) -> bool:
    """What is due already stays so: else it would be skipped."""
    return person.next_tip_at is not None and person.next_tip_at <= now

"""The messages of a broadcast that are under way: few at a time, each from its sending until its fate is recorded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial

from bot.errors import FirstlabelError, StoreError
from bot.guide.broadcast import Broadcast, Fate
from bot.guide.ports import Sent
from bot.guide.ports_broadcast import Broadcasts
from bot.guide.ports_outlet import Poster
from bot.outreach.caution import Caution
from bot.outreach.fates import FateRecorder
from bot.references import report

FATES: Mapping[Sent, Fate] = {
    Sent.DONE: "sent",
    Sent.GONE: "blocked",
    Sent.FAILED: "failed",
    Sent.UNKNOWN: "unknown",
}

RECORD_SECONDS = 1.0
"""Of the time at the end, for recording."""

_log = logging.getLogger(__name__)


class BroadcastFlights:
    """At most ``most`` at a time: of so many it is unknown at most what became of them when the process is killed.

    One that could not go out ``within`` so many seconds waits again, so that nothing goes out long after a pause.
    """

    def __init__(
        self,
        store: Broadcasts,
        poster: Poster,
        recorder: FateRecorder,
        caution: Caution,
        *,
        most: int,
        within: float,
    ) -> None:
        self._store = store
        self._poster = poster
        self._recorder = recorder
        self._caution = caution
        self._most = most
        self._within = within
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._taking: asyncio.Future[Sequence[int]] | None = None
        self._error: BaseException | None = None

    @property
    def under_way(self) -> bool:
        """Whether the fate of any is still to be recorded."""
        return bool(self._tasks or self._recorder.left)

    def active(self, person_id: int) -> None:
        """This person did something."""
        if person_id in self._tasks or self._recorder.holds(person_id):
            self._recorder.active(person_id)

    def check(self) -> None:
        """Raise what one of them died of: :class:`bot.errors.TelegramError` if Telegram refuses us, else a bug."""
        self._recorder.check()
        if self._error is not None:
            raise self._error

    async def fill(self, broadcast: Broadcast) -> bool:
        """Begin as many as there is room for, if that is worth a transaction; whether there may be more.

        All that are under way must be of the same broadcast.
        """
        if not self._has_room():
            return True
        self._recorder.broadcast_id = broadcast.id
        self._taking = asyncio.ensure_future(self._store.take(broadcast.id, self._room()))
        try:
            # Whoever is taken while we are cancelled must be put back.
            people = await asyncio.shield(self._taking)
        finally:
            if self._taking.done():
                self._taking = None
        for person in people:
            task = asyncio.create_task(self._fly(broadcast, person), name=f"broadcast to {person}")
            self._tasks[person] = task
            task.add_done_callback(partial(self._ended, person))
        return bool(people)

    async def wait(self, at_most: float, *, for_all: bool = False) -> None:
        """Until there is room again, or ``for_all`` of them; or so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                while self.under_way and (for_all or not self._has_room()):
                    self.check()
                    await self._recorder.moved()

    async def finish(self, within: float) -> None:
        """Let those under way end and record them, for at most ``within`` seconds."""
        began = list(self._tasks.values())
        late: Collection[asyncio.Task[None]] = ()
        if began:
            _, late = await asyncio.wait(began, timeout=within - RECORD_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*began, return_exceptions=True)
        with suppress(TimeoutError, StoreError):
            async with asyncio.timeout(RECORD_SECONDS):
                if self._taking is not None:
                    self._recorder.unsent(await self._taking)
                await self._recorder.all_recorded()
        lost = len(late) + self._recorder.left
        await self._recorder.stop()
        if lost:
            _log.warning("what became of %d messages of a broadcast counts as unknown", lost)

    def _room(self) -> int:
        under_way = len(self._tasks) + self._recorder.left
        return self._caution.room(self._most - under_way, under_way)

    def _has_room(self) -> bool:
        return self._room() >= (1 if self._caution.needed else max(1, self._most // 2))

    async def _fly(self, broadcast: Broadcast, person: int) -> None:
        assert broadcast.post is not None
        try:
            sent = await self._poster.post(person, broadcast.post, within=self._within)
        except TimeoutError:
            self._recorder.unsent((person,))
        except FirstlabelError:
            raise
        except Exception as error:
            # A fault that one person meets must not keep the message from the others.
            report(_log, "sending a broadcast", error, person=person)
            self._recorder.landed(person, "failed")
        else:
            self._caution.landed(FATES[sent])
            self._recorder.landed(person, FATES[sent])

    def _ended(self, person: int, task: asyncio.Task[None]) -> None:
        del self._tasks[person]
        if not task.cancelled() and (error := task.exception()):
            self._error = self._error or error
        self._recorder.move()

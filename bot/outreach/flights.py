"""The messages under way: few at a time, each from its sending until what came of it is recorded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import replace

from bot.errors import FirstlabelError
from bot.guide.person import Change, Presence, Tipped
from bot.guide.ports import Due, Outcome, Sender, Sent
from bot.outreach.counting import Counts
from bot.outreach.recording import Recorder
from bot.references import report

_log = logging.getLogger(__name__)


class Flights:
    """At most ``most`` at a time: so many come twice at most when the process is killed.

    ``landed`` is told when the last one has ended, and when one has died.
    """

    def __init__(
        self, sender: Sender, recorder: Recorder, counts: Counts, most: int, landed: Callable[[], None]
    ) -> None:
        self._sender = sender
        self._recorder = recorder
        self._counts = counts
        self._most = most
        self._landed = landed
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._active: set[int] = set()
        self._moved = asyncio.Event()
        self._error: BaseException | None = None

    @property
    def people(self) -> Collection[int]:
        """To whom something is under way."""
        return self._tasks.keys()

    def active(self, person_id: int) -> None:
        """This person did something."""
        if person_id in self._tasks:
            self._active.add(person_id)

    def check(self) -> None:
        """Raise what one of them died of: :class:`bot.errors.TelegramError` if Telegram refuses us, else a bug."""
        if self._error is not None:
            raise self._error

    async def room(self) -> None:
        """Wait until one more may begin. Raises as :meth:`check` does."""
        while len(self._tasks) >= self._most:
            self.check()
            self._moved.clear()
            await self._moved.wait()
        self.check()

    def begin(self, person_id: int, due: Due, within: float) -> None:
        """Send what is due, unless that takes longer than ``within`` seconds, and record what came of it."""
        task = asyncio.create_task(self._fly(person_id, due, within), name=f"tip {person_id}")
        self._tasks[person_id] = task
        task.add_done_callback(lambda task: self._end(person_id, task))

    async def finish(self, within: float) -> None:
        """Let those under way end, for at most ``within`` seconds."""
        tasks = list(self._tasks.values())
        late: Collection[asyncio.Task[None]] = ()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._recorder.stop()
        if late:
            _log.warning("%d tips did not end within %.0f s; they are due still", len(late), within)

    async def _fly(self, person_id: int, due: Due, within: float) -> None:
        sent = None
        if due.screen is not None:
            try:
                sent = await self._sent(person_id, due, within)
            except TimeoutError:
                # Telegram let nothing through. They are due still, when the claim has run out.
                self._counts.add("put off")
                return
        changes = _changes(due, sent, active=person_id in self._active)
        await self._recorder.record(Outcome(person_id, changes))
        self._counts.add(due.kind if sent in (None, Sent.DONE) else sent.value)

    async def _sent(self, person_id: int, due: Due, within: float) -> Sent:
        assert due.screen is not None
        try:
            return await self._sender.send(
                person_id, due.screen, silent=due.silent, repeat=True, within=within
            )
        except (FirstlabelError, TimeoutError):
            raise
        except Exception as error:
            # A fault in one tip must not keep the others' from them.
            report(_log, "sending a tip", error, person=person_id)
            return Sent.FAILED

    def _end(self, person_id: int, task: asyncio.Task[None]) -> None:
        del self._tasks[person_id]
        self._active.discard(person_id)
        self._moved.set()
        if not task.cancelled() and (error := task.exception()):
            self._error = self._error or error
        if not self._tasks or self._error:
            self._landed()


def _changes(due: Due, sent: Sent | None, *, active: bool) -> tuple[Change, ...]:
    """What to remember. Who was ``active`` meanwhile is not gone: they have come back."""
    match sent:
        case Sent.GONE:
            return () if active else (Presence(gone=True),)
        case Sent.FAILED:
            # Another one tomorrow, for this one would fail again.
            return tuple(replace(each, on=None) if isinstance(each, Tipped) else each for each in due.changes)
        case _:
            return due.changes

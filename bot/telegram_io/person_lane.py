"""One person's letters, worked through one after the other. (The lanes of *calls* are in :mod:`bot.telegram_io.lanes`.)"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple

from bot.errors import LaneLostError, StoreError
from bot.guide.ports import Letter, Store
from bot.references import new_reference
from bot.telegram_io.attempts import Attempts
from bot.telegram_io.letters import NOBODY, forget, raw_of, tapped_message
from bot.telegram_io.pacing import Paces
from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.settling import Settler
from bot.trouble import Backoff, Trouble

HELD = 50
"""Letters of one person that wait in memory; more of them wait in the inbox alone."""

STINT = 20
"""After so many turns a lane makes room, if others wait to be served."""

BURST, TURNS_A_SECOND = 20, 10.0
"""How fast one person is served: see :class:`bot.telegram_io.pacing.Pace`."""

TAPS_A_TURN = 10
"""So many taps that are shown as one cost about as much as a turn: each is decided and answered. No more of them are
handled at once, for meanwhile nobody else is served."""

SUSPECT = 3
"""A letter at which the process ended so often is handled while no other suspect is."""

DEADLY = 30
"""A letter at which the process ended so often is buried: it must be the cause. Fewer ends may be chance, where somebody
kills the process again and again for reasons of their own."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What all lanes share.

    ``pause`` waits so many seconds, or until the worker is to stop. ``crowded`` tells whether others wait to be
    served; they may be while a lane stands ``aside``. ``begun`` are the letters that this process counted its work
    on, and which are not done.
    """

    store: Store
    attempts: Attempts
    settler: Settler
    trouble: Trouble
    paces: Paces
    pause: Callable[[float], Awaitable[None]]
    stopping: asyncio.Event
    alone: asyncio.Lock
    crowded: Callable[[], bool]
    aside: Callable[[int], AbstractAsyncContextManager[None]]
    begun: set[int]


class _Queued(NamedTuple):
    letter: Letter
    tapped: int | None
    awaited: bool = False
    """Whether the answer to what came before it had been shown when it came."""
    inherited: bool = False


class PersonLane:
    """Works through one person's letters until there are none, or others are to be served.

    ``inherited``: it was taken over from a process that is gone, perhaps because of one of these letters.
    ``unfinished``: it ended to make room for others.
    """

    def __init__(self, person: int, tools: Tools, *, inherited: bool = False) -> None:
        self.person = person
        self.inherited = inherited
        self.unfinished = False
        self._tools = tools
        self._missed = False
        """Whether the inbox holds more than is waiting here."""
        self._waiting: deque[_Queued] = deque()
        self._fetched: deque[int] = deque(maxlen=10 * HELD)
        self._turns = 0
        self._handling = False
        self._pace = tools.paces.of(person)
        self._backoff = Backoff(0.1, 2.0)

    def add(self, letter: Letter, update: RawUpdate) -> None:
        """One more. If too many wait already it is fetched later."""
        if self._missed or letter.id in self._fetched:
            return
        if len(self._waiting) < HELD:
            awaited = not (self._waiting or self._handling)
            self._waiting.append(_Queued(letter, tapped_message(update), awaited))
        else:
            self._missed = True

    def miss(self) -> None:
        """The inbox holds more."""
        self._missed = True

    async def run(self) -> None:
        """Work until there is nothing left, others need the place, the worker is to stop, or the lane is lost."""
        while not self._tools.stopping.is_set():
            try:
                if not await self._step():
                    return
            except LaneLostError as error:
                _log.info("person=%d is another process's now (%s)", self.person, error)
                return
            except StoreError as error:
                self._tools.trouble.met(error)
                # What the database has of them may have changed meanwhile.
                self._waiting.clear()
                self._missed = True
                await self._tools.pause(self._backoff.next())

    async def _step(self) -> bool:
        """Handle what comes next; whether to go on."""
        if self._turns >= STINT and self._tools.crowded():
            await self._tools.settler.settled()
            self.unfinished = True
            return False
        if not self._waiting and self._missed:
            await self._fetch()
        if not self._waiting:
            if await self._tools.settler.more(self.person):
                self._missed = True
            # Much may have come while that was asked.
            return bool(self._missed or self._waiting)
        self._handling = True
        try:
            run = self._next_run()
            await self._keep_pace(run)
            if not self._tools.stopping.is_set():
                await self._handle(run)
                self._turns += 1
                self._tools.trouble.over()
                self._backoff.reset()
        finally:
            self._handling = False
        return True

    async def _keep_pace(self, run: Sequence[_Queued]) -> None:
        turns, wait = 1 + (len(run) - 1) / TAPS_A_TURN, 0.0
        if all(each.awaited for each in run):
            self._pace.spend(turns)
        elif self.person != NOBODY:  # What is nobody's is not one person's flood.
            wait = self._pace.wait(turns)
        if wait > 0:
            async with self._tools.aside(self.person):
                await self._tools.pause(wait)

    async def _fetch(self) -> None:
        # What is done must be gone, or it would be done again.
        await self._tools.settler.settled()
        # What comes from here on is added; what it brings of the same is sorted out.
        self._missed = False
        fetched = await self._tools.store.waiting(self.person, None, HELD)
        if len(fetched) == HELD:
            # There may be more, older than what was added meanwhile: that is fetched in its turn.
            self._waiting.clear()
            self._missed = True
        here = {each.letter.id for each in self._waiting}
        new = [letter for letter in fetched if letter.id not in here]
        self._fetched.extend(letter.id for letter in new)
        self._waiting.extendleft(
            _Queued(letter, _tapped(letter), inherited=self.inherited) for letter in reversed(new)
        )
        if not self._missed:
            self.inherited = False

    def _next_run(self) -> Sequence[_Queued]:
        """The next letter; if it is a tap, with those taps on the same message that are next, too.

        A group is answered once, however many speak to the bot there.
        """
        run = [self._waiting.popleft()]
        while self._waiting and self._belong_together(run, self._waiting[0]):
            run.append(self._waiting.popleft())
        return run

    def _belong_together(self, run: Sequence[_Queued], following: _Queued) -> bool:
        if self.person < NOBODY:
            return True
        return len(run) < TAPS_A_TURN and run[0].tapped is not None and run[0].tapped == following.tapped

    async def _handle(self, run: Sequence[_Queued]) -> None:
        inherited = [each.letter for each in run if each.inherited]
        letters = [each.letter for each in run]
        if any(self._deaths(letter) >= SUSPECT for letter in inherited):
            for letter in letters:
                await self._handle_suspect(letter)
            return
        await self._begin(inherited)
        await self._tools.attempts.handle(letters, self._done)

    async def _handle_suspect(self, letter: Letter) -> None:
        if self._deaths(letter) >= DEADLY:
            reference = new_reference()
            _log.error(
                "the process ended at an update %d times ref=%s update=%d", DEADLY, reference, letter.id
            )
            await self._tools.attempts.bury(letter, reference, "the process ended at it")
            self._done(letter)
            # Last: this may end the process once more.
            await self._tools.attempts.apologise(letter, reference)
            return
        async with self._tools.alone:
            if not self._tools.stopping.is_set():
                await self._begin([letter])
                await self._tools.attempts.handle([letter], self._done)

    def _deaths(self, letter: Letter) -> int:
        """How often a process ended at it, as far as can be known."""
        return letter.begun - (letter.id in self._tools.begun)

    async def _begin(self, letters: Sequence[Letter]) -> None:
        """Count this process's work on them, once."""
        ids = [letter.id for letter in letters if letter.id not in self._tools.begun]
        if ids:
            await self._tools.store.begin(ids)
            self._tools.begun.update(ids)

    def _done(self, letter: Letter) -> None:
        self._tools.begun.discard(letter.id)
        forget(letter)
        self._tools.settler.done((letter.id,))


def _tapped(letter: Letter) -> int | None:
    try:
        return tapped_message(raw_of(letter))
    except (ValueError, AttributeError, RecursionError):
        return None

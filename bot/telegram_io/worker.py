"""Order: one turn at a time for a person, many people at once, each update once, and none lost."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Sequence
from typing import Never

from bot.errors import StoreError
from bot.guide.ports import DeadLetter, Letter, Store
from bot.guide.ports_meter import UNMETERED, Meter
from bot.references import new_reference, report
from bot.telegram_io.admission import MOST, Admission
from bot.telegram_io.attempts import Attempts
from bot.telegram_io.letters import letter_of
from bot.telegram_io.pacing import Paces
from bot.telegram_io.person_lane import BURST, TURNS_A_SECOND, PersonLane, Tools
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Monotonic, RawUpdate, Sleep
from bot.telegram_io.settling import Settler
from bot.trouble import Trouble

CLAIM_SECONDS = 2.0
"""How often to look for letters that nobody works on, which also tells others that this process lives."""

SETTLE_SECONDS = 1.0
"""How long letting go of what is done may take at the very end."""

_log = logging.getLogger(__name__)


class Worker:
    """Keeps what comes, and works through it by person, in order.

    What a crash interrupts is still in the inbox, and is then done again: a turn that was stored is only shown
    again, any other one is decided anew.
    """

    def __init__(
        self,
        store: Store,
        attempts: Attempts,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        every: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
        reached: Reached = ignore,
        most: int = MOST,
        meter: Meter = UNMETERED,
    ) -> None:
        """``every`` waits between two claims, ``sleep`` for everything else; ``most`` are served at the same time."""
        self._store = store
        self._clock = clock
        self._sleep = sleep
        self._every = every
        self._reached = reached
        self._meter = meter
        self._stopping = asyncio.Event()
        self._trouble = Trouble(_log, "the database can be used again after %.0f s", monotonic)
        self._claim_trouble = Trouble(_log, "others' letters can be looked for again after %.0f s", monotonic)
        self._settler = Settler(store, self._trouble, sleep, reached)
        self._admission = Admission(self._lane, self._stopping, most)
        self._tools = Tools(
            store=store,
            attempts=attempts,
            settler=self._settler,
            trouble=self._trouble,
            paces=Paces(BURST, TURNS_A_SECOND, monotonic),
            pause=self._pause,
            stopping=self._stopping,
            alone=asyncio.Lock(),
            crowded=self._admission.crowded,
            aside=self._admission.aside,
            begun=set(),
        )

    @property
    def busy(self) -> bool:
        """Whether anybody is being served, or waits for it."""
        return self._admission.busy

    def start(self, waiting: Collection[int]) -> None:
        """Begin with what was left over, of the people whom the first :meth:`Inbox.claim` told."""
        self._meter.beat("worker")
        for person in waiting:
            if lane := self._admission.lane_of(person, inherited=True):
                lane.miss()

    async def run(self) -> None:
        """Keep going until cancelled: settle what is done, take over what others leave lying.

        Raises what a lane died of: :class:`bot.errors.TelegramError` if Telegram refuses us for good, else a bug.
        """
        tasks = [asyncio.ensure_future(self._settler.run()), asyncio.ensure_future(self._keep_claiming())]
        try:
            await asyncio.wait([self._admission.broken, *tasks], return_when=asyncio.FIRST_COMPLETED)
            ended = [each for each in (self._admission.broken, *tasks) if each.done()]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        ended[0].result()

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        """Keep these updates; on return they survive a kill. Those known already are ignored.

        Raises :class:`bot.errors.StoreError` if they could not be kept: Telegram must then keep them.
        """
        self._reached("fetched")
        by_id = {update["update_id"]: update for update in updates}
        try:
            await self._keep(by_id)
        except StoreError as error:
            self._trouble.met(error)
            raise
        except Exception as error:
            # It would be delivered for ever, and hold up those beside it.
            if len(by_id) == 1:
                reference = report(_log, "keeping an update", error, update=next(iter(by_id)))
                await self._put_away(reference, f"could not be kept: {type(error).__name__}")
                return
            for update in by_id.values():
                await self.take([update])
        else:
            self._trouble.over()

    async def bury(self, reason: str) -> None:
        """Note something that came from Telegram and is no update at all."""
        reference = new_reference()
        await self._put_away(reference, reason)
        _log.warning("what is no update was put away ref=%s (%s)", reference, reason)

    async def finish(self, within: float) -> None:
        """Finish the turns in hand, for at most ``within`` seconds, and settle them; the rest stays in the inbox."""
        self._admission.stop()
        settling = asyncio.create_task(self._settler.run(), name="settler")
        try:
            await self._finish_lanes(within)
        finally:
            settling.cancel()
            await asyncio.gather(settling, return_exceptions=True)
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                await self._settler.flush()
                if self._tools.begun:
                    # No fault of theirs that they are not done.
                    await self._store.begin(frozenset(self._tools.begun), -1)
        except (TimeoutError, StoreError):
            _log.warning("the database was not told all at the end: what is done may be shown again")

    async def _finish_lanes(self, within: float) -> None:
        lanes = self._admission.tasks
        if not lanes:
            return
        _, late = await asyncio.wait(lanes, timeout=within)
        if late:
            _log.warning(
                "%d turns did not end within %.0f s; they are done at the next start", len(late), within
            )
        for lane in late:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        broken = self._admission.broken
        if broken.done() and (error := broken.exception()):
            report(_log, "a turn at the end", error)

    async def _keep(self, by_id: dict[int, RawUpdate]) -> None:
        letters = [letter_of(update) for update in by_id.values()]
        taken = await self._store.put(letters, self._clock())
        self._reached("kept")
        self._meter.received(len(taken.now), len(letters) - len(taken.now))
        for person in taken.later:
            if lane := self._admission.lane_of(person):
                lane.miss()
        self._deal(letters, taken.now, by_id)

    def _deal(self, letters: Sequence[Letter], now: Collection[int], by_id: dict[int, RawUpdate]) -> None:
        for letter in letters:
            # Whoever waits to be served has their letters fetched in their turn.
            if letter.id in now and (lane := self._admission.lane_of(letter.person)):
                lane.add(letter, by_id[letter.id])

    async def _put_away(self, reference: str, reason: str) -> None:
        await self._store.bury(None, DeadLetter(reference, reason, "{}"), self._clock())

    async def _keep_claiming(self) -> Never:
        while True:
            await self._every(CLAIM_SECONDS)
            try:
                self.start(await self._store.claim())
            except StoreError as error:
                self._claim_trouble.met(error)
            else:
                self._claim_trouble.over()

    def _lane(self, person: int, inherited: bool) -> PersonLane:
        return PersonLane(person, self._tools, inherited=inherited)

    async def _pause(self, seconds: float) -> None:
        if seconds <= 0:
            return
        tasks = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._stopping.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

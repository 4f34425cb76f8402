"""Order: one turn at a time for a person, many people at once, each update once, and none lost."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from typing import Never

from bot.errors import StoreError
from bot.guide.ports import DeadLetter, Letter, Store
from bot.telegram_io.attempts import Attempts
from bot.telegram_io.letters import letter_of
from bot.telegram_io.pacing import Paces
from bot.telegram_io.person_lane import BURST, TURNS_A_SECOND, PersonLane, Tools
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Monotonic, RawUpdate, Sleep
from bot.telegram_io.references import new_reference
from bot.telegram_io.settling import Settler
from bot.telegram_io.trouble import Trouble

CLAIM_SECONDS = 2.0
"""How often to look for letters that nobody works on, which also tells others that this process lives."""

LANES = 256
"""People served at the same time; others wait in the order in which they came."""

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
        lanes: int = LANES,
    ) -> None:
        """``every`` waits between two claims, ``sleep`` for everything else."""
        self._store = store
        self._clock = clock
        self._sleep = sleep
        self._every = every
        self._reached = reached
        self._settler = Settler(store, sleep, reached)
        self._trouble = Trouble(_log, "the database can be used again after %.0f s", monotonic)
        self._stopping = asyncio.Event()
        self._tools = Tools(
            store=store,
            attempts=attempts,
            settler=self._settler,
            trouble=self._trouble,
            paces=Paces(BURST, TURNS_A_SECOND, monotonic),
            pause=self._pause,
            stopping=self._stopping,
            alone=asyncio.Lock(),
        )
        self._most = lanes
        self._lanes: dict[int, PersonLane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._queue: dict[int, bool] = {}
        self._broken: asyncio.Future[Never] = asyncio.get_running_loop().create_future()

    @property
    def busy(self) -> bool:
        """Whether anybody is being served, or waits for it."""
        return bool(self._tasks or self._queue)

    async def start(self) -> None:
        """Begin with what was left over. Raises :class:`bot.errors.StoreError` if this process may not serve."""
        await self._claim()

    async def run(self) -> None:
        """Keep going until cancelled: settle what is done, take over what others leave lying.

        Raises what a lane died of, which only a bug can bring about.
        """
        tasks = [
            self._broken,
            asyncio.ensure_future(self._settler.run()),
            asyncio.ensure_future(self._keep_claiming()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            ended = [task for task in tasks if task.done()]
        finally:
            for task in tasks[1:]:
                task.cancel()
            await asyncio.gather(*tasks[1:], return_exceptions=True)
        ended[0].result()

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        """Keep these updates; on return they survive a kill. Those known already are ignored.

        Raises :class:`bot.errors.StoreError` if they could not be kept: Telegram must then keep them.
        """
        self._reached("fetched")
        by_id = {update["update_id"]: update for update in updates}
        letters = await self._written_down(by_id.values())
        taken = await self._store.put(letters, self._clock())
        self._reached("kept")
        for person in taken.later:
            if lane := self._lane_of(person):
                lane.miss()
        for letter in letters:
            # Whoever waits for a lane has their letters fetched when they get one.
            if letter.id in taken.now and (lane := self._lane_of(letter.person)):
                lane.add(letter, by_id[letter.id])

    async def _written_down(self, updates: Iterable[RawUpdate]) -> list[Letter]:
        letters = []
        for update in updates:
            try:
                letters.append(letter_of(update))
            except RecursionError:
                # It would be delivered for ever, and hold up those beside it.
                await self.bury("an update that is nested too deep")
        return letters

    async def bury(self, reason: str) -> None:
        """Note something that came from Telegram and is no update at all."""
        dead = DeadLetter(new_reference(), reason, "{}")
        await self._store.bury(None, dead, self._clock())
        _log.warning("what is no update was put away ref=%s (%s)", dead.reference, reason)

    async def finish(self, within: float) -> None:
        """Finish the turns in hand, for at most ``within`` seconds, and settle them; the rest stays in the inbox."""
        self._stopping.set()
        settling = asyncio.create_task(self._settler.run(), name="settler")
        try:
            if self._tasks:
                _, late = await asyncio.wait(self._tasks, timeout=within)
                if late:
                    _log.warning(
                        "%d turns did not end within %.0f s; they are done at the next start",
                        len(late),
                        within,
                    )
                for lane in late:
                    lane.cancel()
                await asyncio.gather(*late, return_exceptions=True)
        finally:
            settling.cancel()
            await asyncio.gather(settling, return_exceptions=True)
        try:
            async with asyncio.timeout(1.0):
                await self._settler.flush()
        except TimeoutError:
            _log.warning("what is done could not be let go: it may be shown again at the next start")

    async def _claim(self) -> None:
        for person in await self._store.claim():
            if lane := self._lane_of(person, inherited=True):
                lane.miss()

    async def _keep_claiming(self) -> Never:
        while True:
            await self._every(CLAIM_SECONDS)
            try:
                await self._claim()
            except StoreError as error:
                self._trouble.met(error)

    def _lane_of(self, person: int, *, inherited: bool = False) -> PersonLane | None:
        """The person's lane, begun if need be; ``None`` if they must wait for one."""
        lane = self._lanes.get(person)
        if lane is not None:
            return lane
        if len(self._lanes) < self._most and not self._stopping.is_set():
            return self._begin(PersonLane(person, self._tools, inherited=inherited))
        self._queue[person] = self._queue.get(person, False) or inherited
        return None

    def _begin(self, lane: PersonLane) -> PersonLane:
        self._lanes[lane.person] = lane
        task = asyncio.create_task(self._run(lane), name=f"lane-{lane.person}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return lane

    async def _run(self, lane: PersonLane) -> None:
        try:
            await lane.run()
        finally:
            # At once: what comes next needs a lane that runs.
            del self._lanes[lane.person]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self._broken.done():
            self._broken.set_exception(error)
        while self._queue and len(self._lanes) < self._most and not self._stopping.is_set():
            person = next(iter(self._queue))
            self._begin(PersonLane(person, self._tools, missed=True, inherited=self._queue.pop(person)))

    async def _pause(self, seconds: float) -> None:
        if seconds <= 0:
            return
        tasks = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._stopping.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

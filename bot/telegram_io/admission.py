"""Who is served: so many people at the same time, and the others in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Never

from bot.telegram_io.person_lane import PersonLane

MOST = 256
"""People served at the same time."""


class Admission:
    """Begins lanes, made by ``make`` for a person; it is also told whether the lane was taken over from a dead process.

    Whoever waits to be served has nothing in memory but their id: what they sent is in the inbox.
    """

    def __init__(self, make: Callable[[int, bool], PersonLane], stopping: asyncio.Event, most: int) -> None:
        self._make = make
        self._stopping = stopping
        self._most = most
        self._lanes: dict[int, PersonLane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._served: set[int] = set()
        self._queue: dict[int, bool] = {}
        self._back: deque[tuple[int, asyncio.Future[None]]] = deque()
        self.broken: asyncio.Future[Never] = asyncio.get_running_loop().create_future()
        """Fails with the error that a lane died of."""

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        return frozenset(self._tasks)

    @property
    def busy(self) -> bool:
        """Whether anybody is being served, or waits for it."""
        return bool(self._tasks or self._queue)

    def crowded(self) -> bool:
        """Whether somebody waits who has not been served lately."""
        return bool(self._queue)

    def lane_of(self, person: int, *, inherited: bool = False) -> PersonLane | None:
        """The person's lane, begun if need be; ``None`` if they must wait, and then all of theirs is fetched later."""
        lane = self._lanes.get(person)
        if lane is not None:
            return lane
        # Whoever comes new goes behind those who wait.
        if not self._queue and len(self._served) < self._most and not self._stopping.is_set():
            return self._begin(person, inherited)
        self._queue[person] = self._queue.get(person, False) or inherited
        return None

    @asynccontextmanager
    async def aside(self, person: int) -> AsyncIterator[None]:
        """Let others be served while the block lasts; it ends when the person may be served again, or at a stop."""
        self._served.discard(person)
        self._fill()
        yield
        if self._stopping.is_set():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._back.append((person, turn))
        self._fill()
        await turn

    def stop(self) -> None:
        """Serve nobody new; let those who stand aside go."""
        self._stopping.set()
        while self._back:
            _, turn = self._back.popleft()
            if not turn.done():
                turn.set_result(None)

    def _begin(self, person: int, inherited: bool) -> PersonLane:
        lane = self._lanes[person] = self._make(person, inherited)
        self._served.add(person)
        task = asyncio.create_task(self._run(lane), name=f"lane-{person}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return lane

    async def _run(self, lane: PersonLane) -> None:
        try:
            await lane.run()
        finally:
            # At once: what comes next needs a lane that runs.
            del self._lanes[lane.person]
            self._served.discard(lane.person)
            if lane.unfinished:
                self._queue[lane.person] = lane.inherited
            self._fill()

    def _fill(self) -> None:
        while len(self._served) < self._most and not self._stopping.is_set():
            if self._queue:
                person = next(iter(self._queue))
                self._begin(person, self._queue.pop(person)).miss()
            elif self._back:
                person, turn = self._back.popleft()
                if not turn.done():
                    self._served.add(person)
                    turn.set_result(None)
            else:
                return

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self.broken.done():
            self.broken.set_exception(error)

"""What happens in the stand-in, told to whoever listens: the chat page, and tests that wait for something."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

Json = dict[str, Any]
Item = TypeVar("Item")

BACKLOG = 10_000
"""Events one subscriber may leave unread before they are replaced by a single `lost` event."""


class Events:
    """Hands each event to every subscriber and wakes everyone who waits for a change."""

    def __init__(self) -> None:
        self._subscribers: list[asyncio.Queue[Json]] = []
        self._waiters: set[asyncio.Future[None]] = set()

    def subscribe(self) -> asyncio.Queue[Json]:
        """A queue that receives every event from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue(BACKLOG)
        self._subscribers.append(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        """Stops the queue's supply; unknown queues are ignored."""
        if queue in self._subscribers:
            self._subscribers.remove(queue)

    def emit(self, kind: str, **fields: Any) -> None:
        """Tells everyone. The payload must not be changed afterwards."""
        if self._subscribers:
            event = {"type": kind, **fields}
            for queue in self._subscribers:
                _offer(queue, event)
        if self._waiters:
            waiters, self._waiters = self._waiters, set()
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    async def until(self, predicate: Callable[[], Item], seconds: float) -> Item:
        """Waits until the predicate holds, asking it after each event; returns what it answered.

        Raises TimeoutError after that many seconds.
        """
        async with asyncio.timeout(seconds):
            while not (answer := predicate()):
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiters.discard(waiter)
        return answer


def _offer(queue: asyncio.Queue[Json], event: Json) -> None:
    if queue.full():
        # A reader this far behind must load the whole state again anyway.
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait({"type": "lost"})
    queue.put_nowait(event)


class Recent(Sequence[Item]):
    """The last `limit` things that happened, oldest first."""

    def __init__(self, limit: int, items: Iterable[Item] = ()) -> None:
        self._items: deque[Item] = deque(items, maxlen=limit)

    def append(self, item: Item) -> None:
        """Adds the newest; the oldest goes when there is no room."""
        self._items.append(item)

    def clear(self) -> None:
        """Forgets all of them."""
        self._items.clear()

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        return list(self._items)[index] if isinstance(index, slice) else self._items[index]

    def __iter__(self) -> Iterator[Item]:
        # A copy, so that a reader may await while more happens.
        return iter(tuple(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Recent({list(self._items)!r})"

"""People who walk through the bot: each waits for the screen and the answer to a tap before the next one."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from bot.guide.areas import checklist, faq, steps
from bot.guide.areas.faq import Rate
from bot.guide.taps import Continue, Go, Open
from tests.bench.telegram import ME, Keyboard, Shown, message

FIRST_PERSON = 1_000
PATIENCE = 20.0
"""Seconds after which what did not come counts as lost."""

Push = Callable[[dict[str, Any]], None]
"""Hands on an update, whose number is not known yet."""

_AREAS = ("menu", "steps", "checklist", "faq")
_TAPS = {Continue, *(handler.type for area in (steps, checklist, faq) for handler in area.AREA.taps)}
# Who rates an answer may get a message more, and who rates it again sees nothing new.
_WALKED = frozenset(tap.tag for tap in _TAPS - {Rate})
_START = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
_TEXT = "A screen of a usual length. " * 25


class Walker:
    """One person. ``query`` is the tap they wait for, which was due when ``began`` says; empty for their first screen."""

    __slots__ = ("answered", "began", "choice", "face", "id", "keyboard", "last", "message", "query", "shown", "taps")  # fmt: skip

    def __init__(self, id_: int) -> None:
        self.id = id_
        self.choice = random.Random(id_)
        self.message = 0
        self.keyboard: Keyboard = []
        self.face: object = None
        self.last = ""
        self.taps = 0
        self.query = ""
        self.answered = self.shown = False
        self.began = 0.0

    def next_tap(self) -> str:
        """A button on the screen that changes it, and not the one tapped last."""
        datas = [button["callback_data"] for row in self.keyboard for button in row if _walks(button)]
        self.last = self.choice.choice([data for data in datas if data != self.last])
        return self.last


def _walks(button: dict[str, str]) -> bool:
    tag, _, rest = button.get("callback_data", "").partition(":")
    if tag == Go.tag:
        return rest in _AREAS
    if tag == Open.tag:
        return rest.partition(":")[0] in ("steps", "faq", "equipment")
    return tag in _WALKED or tag == "echo"


class Crowd:
    """Walks in closed loops, or, with ``rate``, taps so often a second whatever comes back.

    ``ids`` tells who they are; after ``stay`` taps each makes room for another. ``times`` are the seconds from a tap
    until both its answer and its screen were there, of those that ended while counting. ``faults`` is what can't be if
    each tap is answered once and shows one new screen.
    """

    def __init__(
        self,
        people: int,
        rate: float | None = None,
        ids: Iterator[int] | None = None,
        stay: int | None = None,
    ) -> None:
        self.people: dict[int, Walker] = {}
        self.times: list[float] = []
        self.counting = False
        self.taps = self.ends = 0
        self.faults: Counter[str] = Counter()
        self._push: Push
        self._places = people
        self._ids = ids or count(FIRST_PERSON)
        self._stay = stay
        self._rate = rate
        self._queries: dict[str, Walker] = {}
        self._free: deque[Walker] = deque()
        self._due: deque[float] = deque()
        self._task: asyncio.Task[None] | None = None
        self._over = False
        self._something = asyncio.Event()
        """Somebody has what they waited for."""

    @property
    def overdue(self) -> int:
        """Taps that wait for somebody to be free."""
        return len(self._due)

    async def begin(self, push: Push) -> None:
        """Everybody starts the bot, and goes on from their first screen. Until all of them are in."""
        self._push = push
        first = [self._enter() for _ in range(self._places)]
        if self._rate is not None:
            self._task = asyncio.get_running_loop().create_task(self._tap_on(self._rate))
        async with asyncio.timeout(PATIENCE):
            while any(not each.message for each in first):
                await self._something.wait()
                self._something.clear()

    async def end(self) -> None:
        """Nobody taps any more. Until what was tapped is done; what does not come is a fault."""
        self.counting, self._over = False, True
        if self._task is not None:
            self._task.cancel()
        try:
            async with asyncio.timeout(PATIENCE):
                while any(map(_waits, self.people.values())):
                    await self._something.wait()
                    self._something.clear()
        except TimeoutError:
            self.faults["nothing came"] += sum(map(_waits, self.people.values()))

    def count(self) -> None:
        """From here on."""
        self.times, self.counting = [], True

    def shown(self, shown: Shown) -> None:
        walker = self.people.get(shown.chat)
        if walker is None:
            return
        changes = shown.edited and shown.message == walker.message
        if walker.shown or changes != bool(walker.query):
            self.faults["a screen that nobody asked for"] += 1
            return
        self.faults["a screen that is as before"] += shown.face == walker.face
        walker.message, walker.keyboard, walker.face = shown.message, shown.keyboard, shown.face
        walker.shown = True
        self._came(walker)

    def answered(self, query: str) -> None:
        walker = self._queries.pop(query, None)
        if walker is None:
            self.faults["an answer to no tap, or a second one"] += 1
        else:
            walker.answered = True
            self._came(walker)

    def refused(self, status: int) -> None:
        self.faults[f"an update refused with {status}"] += 1

    def _enter(self) -> Walker:
        walker = Walker(next(id_ for id_ in self._ids if id_ not in self.people))
        self.people[walker.id] = walker
        walker.answered = True
        self._push({"message": {**message(walker.id, 1), "from": _sender(walker.id), **_START}})
        return walker

    def _came(self, walker: Walker) -> None:
        if _waits(walker):
            return
        self._something.set()
        if walker.query:
            self.ends += 1
            if self.counting:
                self.times.append(time.perf_counter() - walker.began)
        if self._over:
            return
        if walker.taps == self._stay:
            del self.people[walker.id]
            self._enter()
        elif self._rate is None:
            self._tap(walker, time.perf_counter())
        else:
            self._free.append(walker)
            self._tap_due()

    def _tap(self, walker: Walker, began: float) -> None:
        self.taps += 1
        walker.taps += 1
        walker.query = f"{walker.id}0{self.taps}"
        walker.answered = walker.shown = False
        walker.began = began
        self._queries[walker.query] = walker
        tapped = {
            **message(walker.id, walker.message),
            "from": ME,
            "text": _TEXT,
            "reply_markup": {"inline_keyboard": walker.keyboard},
        }
        query = {"id": walker.query, "from": _sender(walker.id), "message": tapped, "chat_instance": "1"}
        self._push({"callback_query": {**query, "data": walker.next_tap()}})

    async def _tap_on(self, rate: float) -> None:
        due = time.perf_counter()
        while True:
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self._due.append(due)
            self._tap_due()

    def _tap_due(self) -> None:
        # Each is counted from when it was due: that nobody was free, or that we are late, is not to the bot's good.
        while self._due and self._free:
            self._tap(self._free.popleft(), self._due.popleft())


def _waits(walker: Walker) -> bool:
    return not (walker.shown and walker.answered)


def _sender(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}

"""People who walk through the bot: each waits for the screen and the answer to a tap before the next one."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

from bot.guide.areas import checklist, faq, steps
from bot.guide.taps import Continue, Go, Open
from tests.bench.telegram import ME, Telegram

FIRST_PERSON = 1_000
_AREAS = ("menu", "steps", "checklist", "faq")
_WALKED = frozenset(handler.type.tag for area in (steps, checklist, faq) for handler in area.AREA.taps) | {
    Continue.tag
}
_START = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
_TEXT = "A screen of a usual length. " * 25


class Walker:
    """One person."""

    __slots__ = ("asked", "began", "choice", "id", "keyboard", "last", "message", "missing")

    def __init__(self, id_: int) -> None:
        self.id = id_
        self.choice = random.Random(id_)
        self.message = 0
        self.keyboard: list[list[dict[str, str]]] = []
        self.last = ""
        self.asked = ""
        self.missing: set[str] = set()
        self.began = 0.0

    def next_tap(self) -> str:
        """A button that is on the screen; not the one tapped last, if there is another."""
        datas = [button["callback_data"] for row in self.keyboard for button in row if _walks(button)]
        others = [data for data in datas if data != self.last] or datas
        # Where a screen leads nowhere that is walked, everybody has the menu.
        self.last = self.choice.choice(others) if others else f"{Go.tag}:menu"
        return self.last


def _walks(button: dict[str, str]) -> bool:
    data = button.get("callback_data", "")
    tag, _, rest = data.partition(":")
    if tag == Go.tag:
        return rest in _AREAS
    if tag == Open.tag:
        return rest.partition(":")[0] in ("steps", "faq")
    return tag in _WALKED or tag == "echo"


class Crowd:
    """Walks in closed loops, or, with ``rate``, taps so often a second whatever comes back.

    ``times`` are the seconds from a tap until both its answer and its screen were there, of those that ended while
    counting.
    """

    def __init__(self, people: int, rate: float | None = None, first: int = FIRST_PERSON) -> None:
        self.people = {first + number: Walker(first + number) for number in range(people)}
        self.telegram: Telegram
        self.times: list[float] = []
        self.counting = False
        self.taps = self.ends = 0
        self._rate = rate
        self._queries: dict[str, Walker] = {}
        self._free: list[Walker] = []
        self._task: asyncio.Task[None] | None = None

    def begin(self, telegram: Telegram) -> None:
        """Everybody starts the bot; each goes on by themselves from their first screen."""
        self.telegram = telegram
        for walker in self.people.values():
            walker.missing = {"screen"}
            telegram.push({"message": {**_message(walker.id, 1), "from": _sender(walker.id), **_START}})
        if self._rate is not None:
            self._task = asyncio.get_running_loop().create_task(self._tap_on(self._rate))

    def end(self) -> None:
        """Nobody taps any more."""
        self.counting = False
        self.people = {}
        if self._task is not None:
            self._task.cancel()

    def count(self) -> None:
        """From here on."""
        self.times, self.counting = [], True

    def shown(self, chat: int, message: int, keyboard: list[list[dict[str, str]]]) -> None:
        walker = self.people.get(chat)
        if walker is not None:
            walker.message, walker.keyboard = message, keyboard
            self._came(walker, "screen")

    def answered(self, query: str) -> None:
        walker = self._queries.pop(query, None)
        if walker is not None and walker.id in self.people:
            self._came(walker, "answer")

    def _came(self, walker: Walker, what: str) -> None:
        if what not in walker.missing:
            return
        walker.missing.discard(what)
        if walker.missing:
            return
        if walker.asked:
            self.ends += 1
            if self.counting:
                self.times.append(time.perf_counter() - walker.began)
        if self._rate is None:
            self._tap(walker)
        else:
            self._free.append(walker)

    def _tap(self, walker: Walker) -> None:
        self.taps += 1
        walker.asked = f"{walker.id}0{self.taps}"
        walker.missing = {"screen", "answer"}
        walker.began = time.perf_counter()
        self._queries[walker.asked] = walker
        tapped = {
            **_message(walker.id, walker.message),
            "from": ME,
            "text": _TEXT,
            "reply_markup": {"inline_keyboard": walker.keyboard},
        }
        query = {"id": walker.asked, "from": _sender(walker.id), "message": tapped, "chat_instance": "1"}
        self.telegram.push({"callback_query": {**query, "data": walker.next_tap()}})

    async def _tap_on(self, rate: float) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            if self._free:
                self._tap(self._free.pop(0))


def _sender(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def _message(person: int, message: int) -> dict[str, Any]:
    chat = {"id": person, "first_name": "Ann", "type": "private"}
    return {"message_id": message, "chat": chat, "date": 1_790_000_000}

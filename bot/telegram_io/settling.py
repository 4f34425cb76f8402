"""Lets go of letters that are done, many in one transaction: while one is under way, others gather for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Never

from bot.errors import StoreError
from bot.guide.ports import Inbox
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Sleep
from bot.trouble import Backoff, Trouble


class Settler:
    """Settles in the background. While the database cannot be used it waits, and forgets nothing."""

    def __init__(
        self, inbox: Inbox, trouble: Trouble, sleep: Sleep = asyncio.sleep, reached: Reached = ignore
    ) -> None:
        self._inbox = inbox
        self._trouble = trouble
        self._sleep = sleep
        self._reached = reached
        self._done: list[int] = []
        self._asking: list[tuple[int | None, asyncio.Future[bool]]] = []
        self._gathered = asyncio.Event()

    def done(self, letters: Iterable[int]) -> None:
        """These letters are done with."""
        self._done.extend(letters)
        self._gathered.set()

    async def more(self, idle: int) -> bool:
        """Once all that is done so far is settled: whether more of this idle person's is stored.

        If not, their lane is given up.
        """
        return await self._ask(idle)

    async def settled(self) -> None:
        """Once all that is done so far is settled."""
        await self._ask(None)

    async def run(self) -> Never:
        """Settle until cancelled."""
        while True:
            await self._gathered.wait()
            await self.flush()

    async def flush(self) -> None:
        """Settle what has gathered; waits until the database can be used."""
        while self._done or self._asking:
            self._gathered.clear()
            done, asking = self._done, self._asking
            self._done, self._asking = [], []
            try:
                more = await self._settle(done, [person for person, _ in asking if person is not None])
            except BaseException:
                self._done[:0], self._asking[:0] = done, asking
                # Whoever runs next finds it gathered.
                self._gathered.set()
                raise
            self._reached("settled")
            for person, answer in asking:
                if not answer.done():
                    answer.set_result(person in more)

    async def _settle(self, done: list[int], idle: list[int]) -> Collection[int]:
        backoff = Backoff(0.1, 2.0)
        while True:
            try:
                more = await self._inbox.settle(done, idle)
            except StoreError as error:
                self._trouble.met(error)
                await self._sleep(backoff.next())
            else:
                self._trouble.over()
                return more

    def _ask(self, idle: int | None) -> asyncio.Future[bool]:
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asking.append((idle, answer))
        self._gathered.set()
        return answer

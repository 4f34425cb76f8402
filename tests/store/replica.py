"""A bot among several on one database, as far as the store is concerned: it puts letters and does its turns.

python -m tests.store.replica DATABASE_URL FIRST_ID LETTERS PEOPLE

puts letters one by one, for people in turn, works on all that is dealt to it until its standard input ends, and says
``put ID`` once a put has returned and ``turn ID`` once a turn is stored.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable

from bot.errors import LaneLostError
from bot.guide.person import Remember
from bot.guide.ports import Letter, Store
from bot.store.postgres import open_postgres
from tests.store.knowing import NOON

CLAIM_SECONDS = 0.05


class Replica:
    """Does what the worker of the bot does with lanes; ``turn`` is told each letter whose turn was stored."""

    def __init__(self, store: Store, turn: Callable[[int], None]) -> None:
        self.store = store
        self._turn = turn
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()

    async def put(self, letters: Iterable[Letter]) -> None:
        letters = list(letters)
        taken = await self.store.put(letters, NOON)
        self.begin({each.person for each in letters if each.id in taken.now} | taken.later)

    async def claim(self) -> None:
        self.begin(await self.store.claim())

    def begin(self, people: Iterable[int]) -> None:
        for person in people:
            if person in self._lanes:
                self._again.add(person)
            else:
                self._lanes[person] = asyncio.create_task(self._lane(person))

    async def done(self) -> None:
        while self._lanes:
            await asyncio.gather(*self._lanes.values())

    async def _lane(self, person: int) -> None:
        try:
            while await self._has_more(person):
                for letter in await self.store.waiting(person, None, 5):
                    await self._one(person, letter)
        except LaneLostError:
            self._again.discard(person)
        finally:
            del self._lanes[person]

    async def _one(self, person: int, letter: Letter) -> None:
        if letter.answer is None:
            await self.store.person(person)
            await self.store.save(person, [Remember("done", str(letter.id), "x")], NOON, {letter.id: "shown"})
            self._turn(letter.id)
        await self.store.settle([letter.id], [])

    async def _has_more(self, person: int) -> bool:
        while True:
            if await self.store.waiting(person, None, 1):
                return True
            self._again.discard(person)
            if person not in await self.store.settle([], [person]) and person not in self._again:
                return False


async def run(url: str, first: int, letters: int, people: int) -> None:
    store = await open_postgres(url, lock_timeout=5.0)
    replica = Replica(store, lambda letter: print("turn", letter, flush=True))
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    await replica.claim()
    for number in range(first, first + letters):
        await replica.put([Letter(number, number % people, "{}")])
        print("put", number, flush=True)
    while not ended.done():
        await replica.claim()
        await asyncio.wait([ended], timeout=CLAIM_SECONDS)
    await replica.done()
    await store.close()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], *(int(each) for each in sys.argv[2:])))

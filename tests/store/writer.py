"""A process that saves in a loop and says each number once its save has returned, until it is killed.

python -m tests.store.writer DATABASE_URL FIRST_NUMBER
"""

from __future__ import annotations

import asyncio
import sys
from itertools import count

from bot.guide.person import Change, Remember, Seen
from bot.store import open_store
from tests.store.knowing import NOON

PERSON = 1


async def write(url: str, first: int) -> None:
    store = await open_store(url)
    for number in count(first):
        changes: list[Change] = [
            Remember("pair", "one", str(number)),
            Remember("done", str(number), "x"),
            Seen("en"),
            Remember("pair", "two", str(number)),
        ]
        await store.save(PERSON, changes, NOON)
        print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], int(sys.argv[2])))

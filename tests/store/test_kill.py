"""What was acknowledged survives a kill of the process at any moment."""

from __future__ import annotations

import subprocess
import sys

from bot.store import open_store
from tests.store.writer import PERSON

ROUNDS = 4
SAVES = 25


def _acknowledged(url: str, first: int) -> list[int]:
    """The numbers that a writer said before it was killed."""
    command = [sys.executable, "-m", "tests.store.writer", url, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(SAVES)]
        writer.kill()
        said += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return said


async def test_everything_acknowledged_is_there_after_a_kill(url: str) -> None:
    said: list[int] = []
    for round_ in range(ROUNDS):
        said += _acknowledged(url, round_ * 1_000_000)
        store = await open_store(url)
        person = await store.person(PERSON)
        await store.close()
        kept = {int(item) for kind, item, _ in person.marks if kind == "done"}
        assert kept >= set(said)
        # At most the save that was under way at a kill may be there without having been acknowledged.
        assert len(kept - set(said)) <= round_ + 1
        assert person.marks.value("pair", "one") == person.marks.value("pair", "two")


def test_a_process_that_fails_without_closing_its_store_ends(url: str) -> None:
    failing = """
import asyncio, sys
from bot.store import open_store

async def fail():
    store = await open_store(sys.argv[1])
    await store.person(1)
    sys.kept = store
    raise SystemExit(3)

asyncio.run(fail())
"""
    assert subprocess.run([sys.executable, "-c", failing, url], timeout=30, check=False).returncode == 3

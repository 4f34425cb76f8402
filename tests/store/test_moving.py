"""Everything moved from one database to another, whichever they are; and copies made while a bot writes."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from bot.errors import SettingsError, StoreError
from bot.guide.broadcast import Audience, Broadcast, Post
from bot.guide.person import UNTIL_BACK, Asked, Erase, Plan, Presence, Remember, Schedule, Seen, Start, Tipped
from bot.guide.ports import DeadLetter, Letter, Outcome, Store
from bot.store import open_store
from bot.store.moving import backup, move
from bot.store.opening import open_archive
from bot.store.tables import TABLES, Counts
from tests.store.conftest import BACKENDS
from tests.store.knowing import LATER, NOON
from tests.store.test_kill import SAVES
from tests.store.writer import PERSON

ANNA, BEN, CLEO = 7_000_000_001, 42, 2**63 - 1
COUNTS = {
    "people": 2,
    "marks": 2501,
    "inbox": 2,
    "known_updates": 3,
    "notes": 1,
    "counts": 1,
    "dead_letters": 1,
    "broadcasts": 2,
    "broadcast_people": 1,
    "unanswered": 1,
}
BACKED_UP = {
    name: rows
    for name, rows in COUNTS.items()
    if name not in ("inbox", "broadcasts", "broadcast_people", "unanswered")
}
SENT = Broadcast(2**49, ANNA, NOON, "pt", post=Post("news of anna", "[]", "photo"), audience=Audience("pt"))
DRAFT = Broadcast(7, ANNA, LATER, None, post=Post("not yet"), revision=4)

WAYS = [*permutations(BACKENDS, 2), *((each, each) for each in BACKENDS)]


async def live(store: Store) -> None:
    """Some of everything."""
    await store.claim()
    await store.count(NOON.date(), {"active": 2})
    many = [Remember("task", str(number), f"done {number} 👩‍👩‍👧‍👦\u202e'\t\n") for number in range(2500)]
    await store.save(ANNA, [Start("forum"), Seen("pt-BR"), *many, Remember("", "", "")], NOON)
    await store.save(
        BEN, [Presence(True), Schedule(Plan("Asia/Manila", 450, paused_until=UNTIL_BACK), LATER)], LATER
    )
    await store.dealt_with([Outcome(BEN, (Tipped(LATER, NOON, NOON.date()),))], LATER)
    await store.take_note("tzdata", "2026a")
    await store.save(CLEO, [Start()], LATER)
    await store.save(CLEO, [Erase()], LATER)
    await store.put([Letter(1, ANNA, '{"text": "\\u0000"}'), Letter(2, BEN, "{}"), Letter(-5, 0, "{}")], NOON)
    await store.begin([1])
    await store.save(ANNA, [], NOON, {1: "shown"})
    await store.bury(2, DeadLetter("7K3QZ4", "KeyError", "{}"), NOON)
    await store.keep_draft(SENT)
    await store.confirm(SENT, (), NOON, message=5)
    await store.take(SENT.id, 1)
    await store.keep_draft(DRAFT)
    await store.save(BEN, [Asked("can i park there", "en")], NOON)


async def everything(store: Store) -> list[object]:
    letters = [await store.waiting(person, None, 10) for person in (ANNA, BEN, 0)]
    sent = [await store.under_way(), await store.tally(SENT.id), await store.draft(ANNA)]
    return [*await people(store), letters, sent, await store.unanswered(NOON.date())]


async def people(store: Store) -> list[object]:
    return [*[await store.person(each) for each in (ANNA, BEN, CLEO)], await store.note("tzdata")]


def nothing(_: int, __: int) -> None:
    pass


@pytest.fixture
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    with ExitStack() as made:
        source, target = [
            made.enter_context(BACKENDS[kind](tmp_path / name))
            for kind, name in zip(request.param, ("source", "target"), strict=True)
        ]
        yield source, target


async def moved(source: str, target: str) -> tuple[Counts, Counts]:
    archives = await open_archive(source, must_exist=True), await open_archive(target, must_exist=False)
    return await move(*archives, nothing)


@pytest.mark.parametrize("urls", WAYS, indirect=True)
async def test_everything_is_moved_and_nothing_is_changed(urls: tuple[str, str]) -> None:
    async with AsyncExitStack() as stores:
        store = await open_store(urls[0])
        await live(store)
        before = await everything(store)
        await store.close()
        assert await moved(*urls) == (COUNTS, COUNTS)
        for url in urls:
            store = await open_store(url)
            stores.push_async_callback(store.close)
            assert await everything(store) == before
            assert list(await store.claim()) == [0, ANNA]
            assert not (await store.put([Letter(2, BEN, "{}")], NOON)).now, "what was known is known"


@pytest.mark.parametrize("urls", WAYS, indirect=True)
async def test_a_database_that_holds_anything_is_not_filled(urls: tuple[str, str]) -> None:
    for url in urls:
        store = await open_store(url)
        await store.save(ANNA, [Start()], NOON)
        await store.close()
    with pytest.raises(StoreError, match="holds data already: only an empty database can be filled"):
        await moved(*urls)


@pytest.mark.parametrize("urls", WAYS, indirect=True)
@pytest.mark.parametrize("served", [0, 1])
async def test_a_database_that_a_bot_serves_from_is_not_moved_nor_filled(
    urls: tuple[str, str], served: int
) -> None:
    store = await open_store(urls[served])
    await (await open_store(urls[0])).close()
    await store.claim()
    with pytest.raises(StoreError, match="serves from it: stop that one") as told:
        await moved(*urls)
    assert "\n" not in str(told.value)
    await store.close()
    await moved(*urls)


@pytest.mark.parametrize("urls", WAYS, indirect=True)
async def test_no_bot_can_start_on_either_while_they_are_moved(urls: tuple[str, str]) -> None:
    stores = [await open_store(url, lock_timeout=0.05) for url in urls]
    await stores[0].save(ANNA, [Start()], NOON)
    archives = await open_archive(urls[0], must_exist=True), await open_archive(urls[1], must_exist=False)
    async with archives[0].unserved(), archives[1].unserved():
        for store in stores:
            with pytest.raises(StoreError):
                await store.claim()
    for store in stores:
        await store.claim()
        await store.close()


@pytest.mark.parametrize("urls", WAYS, indirect=True)
async def test_a_move_that_breaks_off_leaves_the_target_empty(urls: tuple[str, str]) -> None:
    store = await open_store(urls[0])
    await live(store)
    await store.close()
    archives = await open_archive(urls[0], must_exist=True), await open_archive(urls[1], must_exist=False)

    def fail_halfway(done: int, of: int) -> None:
        if done > of / 2:
            raise StoreError("the cable was pulled")

    with pytest.raises(StoreError, match="the cable was pulled"):
        await move(*archives, fail_halfway)
    assert set((await archives[1].counts()).values()) == {0}
    assert await moved(*urls) == (COUNTS, COUNTS), "and it can be done again"


async def test_a_source_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file"):
        await open_archive(f"sqlite:///{tmp_path}/mistyped.db", must_exist=True)
    assert not list(tmp_path.iterdir())


async def test_a_url_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="must begin with one of"):
        await open_archive("mysql://db/bot", must_exist=True)
    with pytest.raises(SettingsError, match="must begin with one of"):
        await backup("mysql://db/bot", tmp_path / "copy.db", nothing)


async def test_a_backup_is_made_while_a_bot_serves_and_holds_all_but_what_waits(
    url: str, tmp_path: Path
) -> None:
    store, copy = await open_store(url), tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    await live(store)
    before = await people(store)
    usual = os.umask(0)
    try:
        assert await backup(url, copy, nothing) == BACKED_UP
    finally:
        os.umask(usual)
    await store.close()
    assert [each.name for each in copy.parent.iterdir()] == ["copy.db"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    restored = await open_store(f"sqlite:///{copy}")
    assert await people(restored) == before
    assert not await restored.claim()
    assert not (await restored.put([Letter(1, ANNA, "{}")], NOON)).now, "what was known is known"
    await restored.close()


async def test_no_byte_of_what_waits_to_be_answered_or_sent_is_in_a_backup(url: str, tmp_path: Path) -> None:
    store, copy = await open_store(url), tmp_path / "copy-of-it.db"
    await store.claim()
    chance = random.Random(0)
    for number in chance.sample(
        range(400), 400
    ):  # In an order in which pages are split, which leaves copies behind.
        words = f'{{"text": "{"words-of-anna " * chance.randrange(1, 40)}"}}'
        await store.put([Letter(number, ANNA, words)], NOON)
        if chance.random() < 0.5:
            answer = "shown-to-anna " * chance.randrange(1, 40)
            await store.save(ANNA, [Start()], NOON, {number: answer})
        await store.keep_draft(
            replace(DRAFT, id=number, post=Post("news-of-anna " * chance.randrange(1, 40)))
        )
        await store.save(ANNA, [Asked(f"question {number} of anna", "en")], NOON)
    assert (await backup(url, copy, nothing))["people"] == 1
    await store.close()
    assert b"anna" not in copy.read_bytes()


async def test_a_backup_taken_while_another_process_writes_is_sound_and_has_all_that_was_acknowledged(
    url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy-of-it.db"
    command = [sys.executable, "-m", "tests.store.writer", url, "0"]
    writer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert writer.stdout is not None
    said = [int(await writer.stdout.readline()) for _ in range(SAVES)]
    await backup(url, copy, nothing)
    after = int(await writer.stdout.readline())
    writer.kill()
    await writer.communicate()
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    restored = await open_store(f"sqlite:///{copy}")
    person = await restored.person(PERSON)
    await restored.close()
    assert after > said[-1]
    assert {int(item) for kind, item, _ in person.marks if kind == "done"} >= set(said)
    assert person.marks.value("pair", "one") == person.marks.value("pair", "two")


async def test_a_backup_of_one_database_can_be_restored_to_any_other(
    urls_of_all: list[str], tmp_path: Path
) -> None:
    store = await open_store(urls_of_all[0])
    await live(store)
    before = await people(store)
    await store.close()
    copy = tmp_path / "copy-of-it.db"
    await backup(urls_of_all[0], copy, nothing)
    for target in urls_of_all[1:]:
        await moved(f"sqlite:///{copy}", target)
        store = await open_store(target)
        assert await people(store) == before
        await store.close()


@pytest.fixture
def urls_of_all(url: str, tmp_path: Path) -> Iterator[list[str]]:
    """The database of the test, and an empty one of each kind."""
    with ExitStack() as made:
        yield [url, *(made.enter_context(make(tmp_path / kind)) for kind, make in BACKENDS.items())]


async def test_a_file_that_is_there_is_never_written_over(url: str, tmp_path: Path) -> None:
    await (await open_store(url)).close()
    there = tmp_path / "letters.txt"
    there.write_text("dear")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("letters.txt", "link"):
        with pytest.raises(StoreError, match="is there already: name a new file"):
            await backup(url, tmp_path / name, nothing)
    assert there.read_text() == "dear"


async def test_a_folder_that_is_not_there_is_told_and_not_made(url: str, tmp_path: Path) -> None:
    await (await open_store(url)).close()
    with pytest.raises(
        StoreError, match=r"cannot be written \(No such file or directory\): is its folder there"
    ):
        await backup(url, tmp_path / "nowhere" / "copy.db", nothing)
    with pytest.raises(StoreError, match="is there already"):
        await backup(url, tmp_path, nothing)
    assert not (tmp_path / "nowhere").exists()


async def test_nothing_to_back_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="so there is nothing to back up"):
        await backup(f"sqlite:///{tmp_path}/bot.db", tmp_path / "copy.db", nothing)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as other, other:
        other.execute("CREATE TABLE people (name TEXT)")
    with pytest.raises(StoreError, match="is not a database of this bot"):
        await backup(f"sqlite:///{tmp_path}/bot.db", tmp_path / "copy.db", nothing)
    (tmp_path / "text.db").write_text("no database " * 100)
    with pytest.raises(StoreError, match=r"text\.db: is not an SQLite database"):
        await backup(f"sqlite:///{tmp_path}/text.db", tmp_path / "copy.db", nothing)
    assert not (tmp_path / "copy.db").exists()


NO_SPACE = """
import asyncio, resource, sys
from pathlib import Path
from bot.errors import StoreError
from bot.store.moving import backup

_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, most))
try:
    asyncio.run(backup(sys.argv[1], Path(sys.argv[2]), lambda done, of: None))
except StoreError as error:
    print(error)
"""


async def test_a_disk_without_room_is_told_and_nothing_is_left_behind(url: str, tmp_path: Path) -> None:
    store = await open_store(url)
    await store.save(ANNA, [Remember("k", str(n), "x" * 1000) for n in range(300)], NOON)
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    command = [sys.executable, "-c", NO_SPACE, url, str(copy)]
    running = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await running.communicate()
    await store.close()
    assert said.count(b"\n") == 1
    assert said.decode().startswith(f"{copy}: the disk ")
    assert not list(copy.parent.iterdir())


async def test_a_snapshot_stays_as_it_is_while_a_bot_writes(url: str) -> None:
    store = await open_store(url)
    await store.save(ANNA, [Start()], NOON)
    archive = await open_archive(url, must_exist=True)
    async with archive.snapshot() as snapshot:
        assert (await snapshot.counts())["people"] == 1
        await store.save(BEN, [Start()], NOON)
        await store.save(ANNA, [Erase()], NOON)
        rows = [row async for batch in snapshot.batches(TABLES[0], 1) for row in batch]
    assert [row[0] for row in rows] == [ANNA]
    assert (await archive.counts())["people"] == 1
    await store.close()

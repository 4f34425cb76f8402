"""What the atlas looks up is loaded beside the bot's work."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

import pytest

from bot.app import load_soon
from bot.content.library import Library
from bot.guide.answers import Answers
from bot.places import Atlas, Preload
from tests.support.packs import Author, pack_library


def preload(load: Callable[[], object], name: str = "places") -> Preload:
    """One that is to load this."""
    found = Preload()
    found.soon(name, load)
    return found


async def seen(event: threading.Event) -> None:
    """Another thread's event; the loop goes on meanwhile."""
    async with asyncio.timeout(10):
        while not event.is_set():  # noqa: ASYNC110  # a thread's event cannot be awaited
            await asyncio.sleep(0)


async def test_it_is_loaded_in_a_thread_while_others_go_on() -> None:
    begun, go_on, threads = threading.Event(), threading.Event(), list[threading.Thread]()

    def load() -> None:
        threads.append(threading.current_thread())
        begun.set()
        assert go_on.wait(10)

    running = asyncio.create_task(preload(load).run())
    await seen(begun)
    go_on.set()
    running.cancel()
    await asyncio.wait([running])
    assert threads != [threading.main_thread()]


async def test_what_cannot_be_loaded_is_told_and_what_comes_after_it_is_loaded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    loaded = asyncio.Event()
    loop = asyncio.get_running_loop()

    def fail() -> None:
        raise OSError("no such file")

    loading = preload(fail)
    loading.soon("answers", lambda: loop.call_soon_threadsafe(loaded.set))
    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(loading.run())
        await loaded.wait()
    assert "loading the places failed" in caplog.text
    assert not running.done()
    running.cancel()
    await asyncio.wait([running])


async def test_one_thing_is_loaded_after_the_other() -> None:
    done, all_done, loop = list[str](), asyncio.Event(), asyncio.get_running_loop()
    begun, go_on = threading.Event(), threading.Event()

    def first() -> None:
        begun.set()
        assert go_on.wait(10)
        done.append("first")

    loading = preload(first)
    running = asyncio.create_task(loading.run())
    await seen(begun)
    loading.soon("second", lambda: done.append("second"))
    loading.soon("last", lambda: loop.call_soon_threadsafe(all_done.set))
    assert done == []
    go_on.set()
    await all_done.wait()
    assert done == ["first", "second"]
    running.cancel()
    await asyncio.wait([running])


class Noted(Preload):
    """Only notes what is to be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def soon(self, name: str, load: Callable[[], object]) -> None:
        self.names.append(name)


def to_load(library: Library) -> list[str]:
    noted = Noted()
    load_soon(noted, library, Answers(), Atlas())
    return noted.names


def test_a_bot_without_tips_and_matching_loads_no_cities_and_one_without_questions_no_answers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    author = Author("bread", tmp_path_factory.mktemp("pack"))
    assert to_load(pack_library("bread")) == ["answers", "places"]
    author.switches_off("tips")
    # The matching asks for one's country.
    assert to_load(author.publishes()) == ["answers", "places"]
    author.switches_off("match")
    assert to_load(author.publishes()) == ["answers"]
    author.switches_off("faq")
    assert to_load(author.publishes()) == []


def test_a_bot_with_tips_alone_loads_the_cities_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    author = Author("bread", tmp_path_factory.mktemp("pack"))
    author.switches_off("match")
    assert to_load(author.publishes()) == ["answers", "places"]


def test_a_stop_does_not_wait_for_what_is_still_being_loaded() -> None:
    begun, enough = threading.Event(), threading.Event()

    def load() -> None:
        begun.set()
        enough.wait()

    async def stopped_meanwhile() -> None:
        task = asyncio.create_task(preload(load).run())
        await seen(begun)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(stopped_meanwhile())
    enough.set()

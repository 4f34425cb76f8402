"""What the atlas looks up is loaded beside the bot's work."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from bot.app import answers, places
from bot.guide.answers import Answers
from bot.places import Atlas, Preload
from tests.support.packs import Author, pack_library


async def test_it_is_loaded_in_a_thread_while_others_go_on() -> None:
    begun, go_on, threads = threading.Event(), threading.Event(), list[threading.Thread]()

    def load() -> None:
        threads.append(threading.current_thread())
        begun.set()
        assert go_on.wait(10)

    running = asyncio.create_task(Preload(load).run())
    while not begun.is_set():  # noqa: ASYNC110  # the loop goes on meanwhile: that is what is shown
        await asyncio.sleep(0)
    go_on.set()
    running.cancel()
    await asyncio.wait([running])
    assert threads != [threading.main_thread()]


async def test_what_cannot_be_loaded_is_told_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def load() -> None:
        loop.call_soon_threadsafe(told.set)
        raise OSError("no such file")

    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(Preload(load).run())
        await told.wait()
        while "loading the places failed" not in caplog.text:  # noqa: ASYNC110  # of the log no event tells
            await asyncio.sleep(0)
    assert not running.done()
    running.cancel()
    await asyncio.wait([running])


def test_a_bot_without_tips_loads_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    author = Author("bread", tmp_path_factory.mktemp("pack"))
    assert len(places(pack_library("bread"), Atlas())) == 1
    author.switches_off("tips")
    assert places(author.publishes(), Atlas()) == ()


def test_a_bot_without_questions_makes_nothing_ready_to_be_searched(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    author = Author("bread", tmp_path_factory.mktemp("pack"))
    (beside,) = answers(pack_library("bread"), Answers())
    assert beside.name == "answers"
    author.switches_off("faq")
    assert answers(author.publishes(), Answers()) == ()


def test_a_stop_does_not_wait_for_what_is_still_being_loaded() -> None:
    begun, enough = threading.Event(), threading.Event()

    def load() -> None:
        begun.set()
        enough.wait()

    async def stopped_meanwhile() -> None:
        task = asyncio.create_task(Preload(load).run())
        while not begun.is_set():  # noqa: ASYNC110  # another thread's event
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(stopped_meanwhile())
    enough.set()

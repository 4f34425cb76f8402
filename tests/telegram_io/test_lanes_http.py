"""The lanes before a Bot API server, over HTTP and in real time."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.playground.standin import faults
from bot.playground.standin.server import Server
from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot, build
from bot.telegram_io.lanes import BULK, CallLane
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import TOKEN, Running
from tests.telegram_io.far_telegram import most_in

RATE = 20


@pytest.fixture
async def real_bot(server: Server) -> AsyncIterator[Bot]:
    """A bot that waits in earnest."""
    async with build(TOKEN, server.url, RATE) as application:
        yield application.bot


def crowd(world: World, size: int) -> list[int]:
    people = [world.add_person(f"Person {number}").id for number in range(size)]
    for person in people:
        world.say(person, "hello")
    return people


async def test_a_broadcast_reaches_the_server_no_faster_than_told_and_replies_overtake_it(
    world: World, real_bot: Bot, ann: Visitor
) -> None:
    people = crowd(world, RATE * 2 + 5)
    world.say(ann.id, "hello")
    broadcast = [
        asyncio.create_task(real_bot.send_message(person, "news", rate_limit_args=BULK)) for person in people
    ]
    await asyncio.sleep(0)
    await asyncio.gather(*(real_bot.send_message(ann.id, f"reply {number}") for number in range(5)))
    assert not all(sent.done() for sent in broadcast)
    await asyncio.gather(*broadcast)
    news = [call for call in called(world, "sendMessage") if call.params["text"] == "news"]
    assert len(news) == len(people)
    assert most_in(1.0, (call.monotonic for call in news)) <= RATE


async def test_a_pause_is_kept_to_the_full_by_the_chat_and_by_nobody_else(
    world: World, real_bot: Bot, ann: Visitor, bob: Visitor
) -> None:
    for person in (ann, bob):
        world.say(person.id, "hello")
    world.faults.add("sendMessage", faults.too_many(1), times=1)
    paused = asyncio.create_task(real_bot.send_message(ann.id, "first"))
    await world.wait_until(lambda: bool(called(world, "sendMessage")))
    await real_bot.send_message(bob.id, "to Bob")
    assert not paused.done()
    await asyncio.gather(paused, real_bot.send_message(ann.id, "second"))
    refused, to_bob, *later = called(world, "sendMessage")
    assert to_bob.params["text"] == "to Bob"
    assert [call.params["text"] for call in later] == ["first", "second"]
    assert all(call.monotonic >= refused.monotonic + 1.0 for call in later)


async def test_nothing_is_lost_or_sent_twice_when_three_in_ten_calls_are_refused(
    world: World, bot: Bot
) -> None:
    people = crowd(world, 60)
    for seconds in (1, 3, 5):
        world.faults.add("sendMessage", faults.too_many(seconds), share=0.1)
    lanes = [CallLane(bulk=number % 2 == 0) for number in range(3)]
    await asyncio.gather(
        *(
            bot.send_message(person, f"text {number}", rate_limit_args=lane)
            for person in people
            for number, lane in enumerate(lanes)
        )
    )
    assert len(called(world, "sendMessage")) > 3 * len(people), "some were refused"
    for person in people:
        got = Counter(message["text"] for message in world.chat(person) if message["from"]["is_bot"])
        assert got == {"text 0": 1, "text 1": 1, "text 2": 1}


async def test_a_file_is_whole_after_a_pause(world: World, bot: Bot, ann: Visitor) -> None:
    world.say(ann.id, "hello")
    world.faults.add("sendDocument", faults.too_many(2), times=2)
    sent = await bot.send_document(ann.id, b"all of it", filename="a.txt")
    assert sent.document is not None
    stored = world.files.get(sent.document.file_id)
    assert stored is not None
    assert stored.data == b"all of it"


async def test_a_pause_for_the_answer_to_a_tap_is_one_for_its_chat(
    running: Running, world: World, ann: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world.faults.add("answerCallbackQuery", faults.too_many(7), times=1)
    async with running():
        await ann.says("/start")
        await ann.taps("Yes")
    assert f"Telegram asks for a pause of 7 s: answerCallbackQuery chat={ann.id}" in caplog.text

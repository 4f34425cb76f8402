"""Inline queries: cards while somebody types, nothing kept, nobody else slowed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Update

from bot.playground.standin import faults
from bot.playground.standin.world import World
from bot.telegram_io.inline import MOST_WAITING, PATIENCE_SECONDS, InlineFirst, is_inline
from bot.telegram_io.ports import RawUpdate
from tests.support.wire import assert_calls_parse_as_aiogram
from tests.telegram_io.chatting import Visitor, called
from tests.telegram_io.conftest import Running
from tests.telegram_io.fakes import MemoryStore

Json = dict[str, Any]


async def answered(world: World, query_id: str) -> Json:
    """The answer to an inline query, once it is there."""
    await world.wait_until(lambda: any(each["query_id"] == query_id for each in world.answers))
    return next(each for each in world.answers if each["query_id"] == query_id)


@pytest.mark.usefixtures("working")
async def test_what_is_typed_is_offered_as_cards_and_nothing_is_kept(
    world: World, ann: Visitor, store: MemoryStore
) -> None:
    await world.wait_until(lambda: world.updates.polled)
    answer = await answered(world, world.ask_inline(ann.id, "pay & <tax>"))
    (card,) = answer["results"]
    assert (card["type"], card["id"], card["title"], card["description"]) == (
        "article",
        "a",
        "About pay & <tax>",
        "en",
    )
    content = card["input_message_content"]
    assert content["message_text"] == "You typed <b>pay &amp; &lt;tax&gt;</b>"
    assert content["parse_mode"] == "HTML"
    assert card["reply_markup"]["inline_keyboard"][0][0]["url"].endswith("?start=faq_a")
    (call,) = called(world, "answerInlineQuery")
    assert call.params["cache_time"] == 300
    assert call.params["is_personal"] is True
    assert assert_calls_parse_as_aiogram((call,))
    await world.wait_until(lambda: not len(world.updates))
    assert (store.letters, store.entered, store.saves) == ({}, [], [])


@pytest.mark.usefixtures("working")
async def test_with_nothing_to_offer_a_line_leads_into_the_private_chat(world: World, ann: Visitor) -> None:
    await world.wait_until(lambda: world.updates.polled)
    answer = await answered(world, world.ask_inline(ann.id, "nothing"))
    assert answer["results"] == []
    assert answer["button"] == {"text": "Ask me", "start_parameter": "src_inline"}


@pytest.mark.usefixtures("working")
async def test_a_query_that_breaks_the_guide_or_telegram_does_not_hold_up_the_next(
    world: World, ann: Visitor, bob: Visitor, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    await world.wait_until(lambda: world.updates.polled)
    with caplog.at_level(logging.INFO):
        world.ask_inline(ann.id, "break my-own-words")
        await answered(world, world.ask_inline(bob.id, "first"))
        world.faults.add("answerInlineQuery", faults.refuse(400, "RESULT_ID_INVALID"), times=1)
        world.ask_inline(ann.id, "kept to myself")
        await answered(world, world.ask_inline(bob.id, "second"))
        await ann.says("hello")
    assert "an inline query failed ref=" in caplog.text
    assert "was not answered" in caplog.text
    assert "my-own-words" not in caplog.text
    assert "kept to myself" not in caplog.text
    assert store.dead == []


@pytest.mark.parametrize(
    "query",
    [None, {}, [], "x", {"id": 5}, {"id": "1", "from": {"id": "x"}, "query": 7}, {"id": "1", "from": None}],
)
@pytest.mark.usefixtures("working")
async def test_what_only_looks_like_a_query_is_let_go(
    world: World, ann: Visitor, bob: Visitor, query: object
) -> None:
    await world.wait_until(lambda: world.updates.polled)
    world.push({"inline_query": query})
    await ann.says("hello")
    await answered(world, world.ask_inline(bob.id, "fine"))
    await world.wait_until(lambda: not len(world.updates))


async def test_an_answer_under_way_holds_up_neither_turns_nor_a_stop(
    world: World, ann: Visitor, running: Running, store: MemoryStore
) -> None:
    slow = world.faults.add("answerInlineQuery", faults.slow(3600))
    async with running():
        await world.wait_until(lambda: world.updates.polled)
        world.ask_inline(ann.id, "slow")
        await world.wait_until(lambda: slow.struck)
        await ann.says("hello")
    assert store.letters == {}


class Sink:
    """A taker that keeps what it is given."""

    def __init__(self) -> None:
        self.taken: list[RawUpdate] = []

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        self.taken += updates

    async def bury(self, reason: str) -> None:
        raise AssertionError(reason)


def query(update_id: int, person: int, text: str = "x") -> Json:
    body = {"id": str(update_id), "from": {"id": person}, "query": text, "offset": ""}
    return {"update_id": update_id, "inline_query": body}


class Answers:
    """Notes the queries answered; each takes until it is let go."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.gate = asyncio.Event()
        self._more = asyncio.Condition()

    async def __call__(self, update: RawUpdate) -> None:
        async with self._more:
            self.begun.append(update["update_id"])
            self._more.notify_all()
        await self.gate.wait()

    async def have(self, count: int) -> None:
        async with asyncio.timeout(10), self._more:
            await self._more.wait_for(lambda: len(self.begun) >= count)


async def test_of_one_person_only_the_latest_that_waits_is_answered() -> None:
    sink, answers = Sink(), Answers()
    first = InlineFirst(sink, answers, rest=0)
    work = asyncio.create_task(first.run())
    await first.take([query(1, 7)])
    await answers.have(1)
    await first.take([query(2, 7), {"update_id": 3, "message": {}}, query(4, 7), query(5, 8)])
    await answers.have(2)
    answers.gate.set()
    await answers.have(3)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert answers.begun == [1, 5, 4]
    assert sink.taken == [{"update_id": 3, "message": {}}]


async def test_who_waits_too_long_is_let_go_and_no_more_than_so_many_wait() -> None:
    now, answers = [0.0], Answers()
    answers.gate.set()
    first = InlineFirst(Sink(), answers, lambda: now[0])
    await first.take([query(1, 1)])
    now[0] += PATIENCE_SECONDS + 1
    await first.take([query(number, number) for number in range(2, MOST_WAITING + 10)])
    work = asyncio.create_task(first.run())
    await answers.have(MOST_WAITING)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert answers.begun == list(range(10, MOST_WAITING + 10))


def test_only_what_is_nothing_else_is_an_inline_query() -> None:
    assert is_inline(query(1, 7))
    assert not is_inline({**query(1, 7), "message": {}})
    assert not is_inline({"update_id": 1})
    assert Update.INLINE_QUERY == "inline_query"

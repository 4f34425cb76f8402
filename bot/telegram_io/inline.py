"""Inline queries: answered at once or not at all, beside the inbox.

Somebody who types sends one for nearly every letter, and Telegram forgets each after some seconds. So none is kept,
none is answered twice on purpose, and of those of one person that wait only the latest counts. Nobody becomes known by
one. They are answered a few at a time, and so take nothing from those who wait for turns.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Never

from telegram import Update
from telegram.error import TelegramError as ApiError

from bot.guide.cards import Card, Inquiry, Offer
from bot.references import report
from bot.telegram_io.connection import Bot
from bot.telegram_io.failures import Kind, classify
from bot.telegram_io.incoming import read_inquiry
from bot.telegram_io.lanes import CallLane
from bot.telegram_io.letters import NOBODY, contents_of, whose
from bot.telegram_io.ports import Monotonic, RawUpdate, Taker
from bot.telegram_io.render import html, keyboard
from bot.telegram_io.words import clean

CACHE_SECONDS = 300
"""How long Telegram may give the same cards to whoever types the same, without asking us."""

PATIENCE_SECONDS = 10.0
"""After so long Telegram's apps have given up on a query, or the person has typed on."""

AT_ONCE = 4
"""Queries that are answered at the same time."""

REST_SECONDS = 0.2
"""Before one person's next query: a fast typist's letters are so far apart, a flood's are not."""

MOST_WAITING = 500
"""People whose queries wait; of more than that, the ones that waited longest get no answer."""

_log = logging.getLogger(__name__)


class InlineFirst:
    """A taker before the real one: takes inline queries out, which :meth:`run` answers, and passes on all else."""

    def __init__(
        self,
        taker: Taker,
        answer: Callable[[RawUpdate], Awaitable[None]],
        monotonic: Monotonic = time.monotonic,
        *,
        rest: float = REST_SECONDS,
    ) -> None:
        self._rest = rest
        self._taker = taker
        self._answer = answer
        self._monotonic = monotonic
        self._waiting: dict[int, tuple[float, RawUpdate]] = {}
        self._resting: set[int] = set()
        self._more = asyncio.Event()

    async def take(self, updates: Sequence[RawUpdate]) -> None:
        """As the port has it, but for inline queries: those are let go, whatever becomes of them."""
        others = [update for update in updates if not is_inline(update)]
        if others:
            await self._taker.take(others)
        for update in updates:
            if is_inline(update):
                self._put(update)

    async def bury(self, reason: str) -> None:
        """As the port has it."""
        await self._taker.bury(reason)

    async def run(self) -> Never:
        """Answer what comes until cancelled. Raises only what is a bug of this class."""
        async with asyncio.TaskGroup() as group:
            for number in range(AT_ONCE):
                group.create_task(self._work(), name=f"inline-{number}")
        raise AssertionError("none of them ends by itself")

    def _put(self, update: RawUpdate) -> None:
        person = whose(update)
        if person <= NOBODY:
            _log.debug("an inline query of nobody's was left out")
            return
        # What they typed before is superseded, and their place in the queue is that of what they type now.
        self._waiting.pop(person, None)
        self._waiting[person] = (self._monotonic(), update)
        if len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._more.set()

    async def _work(self) -> Never:
        while True:
            person, update = await self._next()
            try:
                await self._answer(update)
            except Exception as error:
                report(_log, "an inline query", error, person=person)
            asyncio.get_running_loop().call_later(self._rest, self._rested, person)

    async def _next(self) -> tuple[int, RawUpdate]:
        while True:
            person = next((each for each in self._waiting if each not in self._resting), None)
            if person is not None:
                came, update = self._waiting.pop(person)
                if self._monotonic() - came <= PATIENCE_SECONDS:
                    self._resting.add(person)
                    return person, update
                continue
            self._more.clear()
            await self._more.wait()

    def _rested(self, person: int) -> None:
        self._resting.discard(person)
        self._more.set()


class InlineAnswers:
    """Answers single inline queries through a bot, with what ``offer`` makes of them."""

    def __init__(self, bot: Bot, offer: Callable[[Inquiry], Offer]) -> None:
        self._bot = bot
        self._offer = offer

    async def __call__(self, update: RawUpdate) -> None:
        """Answer one. That Telegram does not take the answer is logged, and no more: the person types on."""
        began = time.perf_counter()
        read = read_inquiry(Update.de_json(dict(update), self._bot))
        if read is None:
            return
        query_id, inquiry = read
        offer = self._offer(inquiry)
        parameters: dict[str, Any] = {
            "inline_query_id": query_id,
            "results": [_article(card) for card in offer.cards],
            "cache_time": CACHE_SECONDS,
            "is_personal": offer.personal,
        }
        if offer.label:
            parameters["button"] = {"text": clean(offer.label), "start_parameter": offer.payload}
        lane = CallLane(until=asyncio.get_running_loop().time() + PATIENCE_SECONDS)
        try:
            await self._bot.call("answerInlineQuery", parameters, lane)
        except ApiError as error:
            failure = classify(error)
            level = logging.DEBUG if failure.kind is Kind.QUERY_TOO_OLD else logging.WARNING
            _log.log(level, "an inline query was not answered (%s)", failure.detail)
        except TimeoutError:
            _log.debug("an inline query waited too long for Telegram")
        else:
            took = (time.perf_counter() - began) * 1000
            _log.info("inline cards=%d ms=%.1f", len(offer.cards), took)


def is_inline(update: RawUpdate) -> bool:
    """Whether it is an inline query and nothing else."""
    return contents_of(update) == ["inline_query"]


def _article(card: Card) -> dict[str, Any]:
    """A card as the Bot API has it: https://core.telegram.org/bots/api#inlinequeryresultarticle"""
    content = {
        "message_text": html(card.screen.text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    article = {
        "type": "article",
        "id": card.id,
        "title": clean(card.title),
        "description": clean(card.description),
        "input_message_content": content,
    }
    markup = keyboard(card.screen.rows)
    return article if markup is None else {**article, "reply_markup": markup}

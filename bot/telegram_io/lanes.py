"""Every call to Telegram but getUpdates goes through here: replies first, bulk in what is left, halts obeyed.

(The lane of one *person's* updates is in :mod:`bot.telegram_io.person_lane`.)

What Telegram allows: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.guide.ports_meter import UNMETERED, Meter
from bot.telegram_io.failures import seconds
from bot.telegram_io.ports import Monotonic, Sleep
from bot.telegram_io.targets import Call, ChatId
from bot.telegram_io.traffic import Traffic

BULK_RATE = 25
"""Bulk messages a second, unless told."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CallLane:
    """How a call goes: given as ``rate_limit_args`` to any method of the bot.

    ``bulk`` is for what nobody waits for. ``chat`` is the chat of a call that does not name it itself, such as the
    answer to a tap. After ``until``, by the clock of the loop, a call that still waits is not made any more: it ends
    with :class:`TimeoutError`, and is surely not done.
    """

    bulk: bool = False
    chat: ChatId | None = None
    until: float | None = None


REPLY, BULK = CallLane(), CallLane(bulk=True)


class Lanes(BaseRateLimiter[CallLane]):
    """Two lanes: *replies*, which wait for nothing but what Telegram forbids, and *bulk*, in what they leave.

    - A call that is answered with "too many requests" waits as long as the answer says and is then made again, until
      it succeeds or fails otherwise: nobody ever sees that answer. With it waits all that goes to the same chat, in
      both lanes, or, if it names no chat, all calls of the same method that name none. In the bulk lane the whole lane
      waits too, for then the bot most probably sends too much. Afterwards one call goes ahead, and the others
      follow once it has succeeded.
    - Of bulk, at most ``bulk_rate`` calls reach Telegram in any second, and, with the replies that are new messages, at
      most 30 (or ``bulk_rate``, if that is more); evenly, not in bursts. It goes to a chat a second after any other message there.
    - A group gets at most 20 messages in any 60 seconds.

    The calls to one chat start in the order in which they came, in each lane. All other errors are left to the caller.
    """

    def __init__(
        self,
        bulk_rate: int = BULK_RATE,
        sleep: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
        meter: Meter = UNMETERED,
    ) -> None:
        self._meter = meter
        self._traffic = Traffic(bulk_rate, sleep, monotonic)

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Cancel the calls that still wait."""
        self._traffic.stop()

    @property
    def remembered(self) -> int:
        """Of how many chats and methods something is known."""
        return len(self._traffic.targets)

    async def process_request(  # noqa: PLR0917 - as the base class has it
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: CallLane | None,
    ) -> Answer:
        """Make the call when it may be made, as often as it takes; returns or raises what came of it."""
        lane = rate_limit_args or REPLY
        call = self._traffic.enter(endpoint, data.get("chat_id"), lane.chat, bulk=lane.bulk)
        try:
            while True:
                if not self._traffic.goes_at_once(call):
                    async with asyncio.timeout_at(lane.until):
                        await self._turn(call)
                try:
                    answer = await callback(*args, **kwargs)
                except RetryAfter as error:
                    self._halt(call, endpoint, seconds(error.retry_after))
                except BaseException:
                    self._traffic.end(call, succeeded=False)
                    raise
                else:
                    self._traffic.end(call, succeeded=True)
                    return answer
        finally:
            self._traffic.leave(call)

    async def _turn(self, call: Call) -> None:
        """Wait until the call has been started."""
        while True:
            call.turn = asyncio.get_running_loop().create_future()
            self._traffic.queue(call)
            try:
                await call.turn
            except BaseException:
                self._traffic.withdraw(call)
                raise
            # Between our turn and our waking others have run.
            if not self._traffic.overtaken(call):
                return

    def _halt(self, call: Call, endpoint: str, wait: float) -> None:
        self._meter.called("bulk" if call.bulk else "reply", "halted")
        if self._traffic.halt(call, wait):
            where = endpoint if call.target.name == endpoint else f"{endpoint} {call.target.name}"
            bulk = ", so all bulk waits" if call.bulk else ""
            _log.info("Telegram asks for a pause of %.0f s: %s%s", wait, where, bulk)

"""Delivery of updates to the bot's webhook: in order for a person, side by side for different ones.

As at Telegram, a person's messages and a person's taps are two lines that do not wait for each other.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl

import aiohttp

from . import dispatch
from .params import Params
from .world import World

Json = dict[str, Any]

BACKOFF: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
TIMEOUT: Final = 60.0
PROOF_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class WebhookSender:
    """Sends pending updates to the webhook while one is set; what fails is sent again after growing pauses.

    An update is anything but delivered until it was answered with a status of 200 to 299.
    """

    def __init__(self, world: World, backoff: Sequence[float] = BACKOFF, patience: float = TIMEOUT) -> None:
        """`backoff` are the pauses in seconds after failures, `patience` how long an answer may take."""
        self._world = world
        self._patience = patience
        self._backoff = backoff
        self._lines: dict[object, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(1)
        self._webhook: Json | None = None
        self._drops = world.updates.drops

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=self._patience)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        self._start(self._hand_out())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()
        self._give_back()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hand_out(self) -> None:
        """Moves what is pending into the line of its person, for as long as there is a webhook."""
        updates = self._world.updates
        while True:
            self._notice_changes()
            while self._webhook is not None and (update := updates.take_first()):
                updates.handed_out += 1
                key = line_of(update)
                if key in self._lines:
                    self._lines[key].append(update)
                else:
                    self._lines[key] = deque([update])
                    self._start(self._run_line(key))
            await updates.change()

    def _notice_changes(self) -> None:
        updates, webhook = self._world.updates, self._world.webhook
        if updates.drops != self._drops:
            self._drops = updates.drops
            self._lines.clear()
        if webhook is not self._webhook:
            self._webhook = webhook
            self._places = asyncio.Semaphore(webhook["max_connections"] if webhook else 1)
            self._give_back()

    def _give_back(self) -> None:
        """All lines end; what waits in them is pending again, in its order."""
        waiting = [update for line in self._lines.values() for update in line]
        self._lines.clear()
        self._world.updates.handed_out = 0
        for update in sorted(waiting, key=lambda item: int(item["update_id"]), reverse=True):
            self._world.updates.put_back(update)

    async def _run_line(self, key: object) -> None:
        line, attempt = self._lines[key], 0
        while line and self._lines.get(key) is line and self._webhook is not None:
            async with self._places:
                trouble = await self._deliver(self._webhook, line[0])
            if self._lines.get(key) is not line:
                return
            if trouble is None:
                attempt = 0
                line.popleft()
                self._world.updates.delivered()
                continue
            self._world.webhook_failed(trouble)
            await asyncio.sleep(self._backoff[min(attempt, len(self._backoff) - 1)])
            attempt += 1
        if self._lines.get(key) is line:
            del self._lines[key]

    async def _deliver(self, webhook: Json, update: Json) -> str | None:
        """Posts one update; the reason when it was not taken."""
        headers = {"Content-Type": "application/json"}
        if webhook["secret_token"]:
            headers[PROOF_HEADER] = webhook["secret_token"]
        body = json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            async with self._session.post(webhook["url"], data=body, headers=headers) as answer:
                raw = await answer.text(errors="replace")
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                call = called(answer.content_type, raw)
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"
        if call is not None:
            await dispatch.call(self._world, call.pop("method"), Params(call), via="webhook")
        return None


def line_of(update: Json) -> object:
    """Updates with the same key are delivered one after the other."""
    kind = next((key for key in update if key != "update_id"), "")
    value = update.get(kind)
    if not isinstance(value, dict):
        return kind
    place = value.get("chat") if kind != "callback_query" else value.get("from")
    who = place.get("id") if isinstance(place, dict) else None
    return (kind == "callback_query", who) if who is not None else kind


def called(content_type: str, raw: str) -> Json | None:
    """The method call in a webhook's answer, if there is one."""
    if content_type == "application/x-www-form-urlencoded":
        values: Any = dict(parse_qsl(raw))
    else:
        try:
            values = json.loads(raw)
        except ValueError:
            return None
    return values if isinstance(values, dict) and isinstance(values.get("method"), str) else None

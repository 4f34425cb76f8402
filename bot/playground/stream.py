"""The live events of the page (Server-Sent Events): the whole state first, then each change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from . import views
from .clock import Clock
from .content import ContentState
from .process import BotProcess
from .standin.world import World

Json = dict[str, Any]

HEARTBEAT: Final = 15.0
"""Seconds after which a comment is sent, so that a connection that died is noticed."""

RETRY_MS: Final = 1000
"""Milliseconds after which a page that lost the connection tries again."""

AS_THEY_ARE: Final = frozenset({"deleted", "typing", "answer", "reaction", "keyboard"})


class Stream:
    """Hands the world's events to any number of open pages.

    `replaced` tells, for somebody who was reset, the id that they go on under.
    """

    def __init__(
        self,
        world: World,
        process: BotProcess,
        clock: Clock,
        content: ContentState,
        replaced: Mapping[int, int],
    ) -> None:
        self._world = world
        self._process = process
        self._clock = clock
        self._content = content
        self._replaced = replaced
        self._open: set[asyncio.Task[Any]] = set()
        self._translate: dict[str, Callable[[Json], Json | None]] = {
            "message": self._message,
            "edited": self._message,
            "person": self._person,
            "commands": lambda event: self._commands(),
            "profile": lambda event: {"type": "bot", "bot": views.bot(world)},
            "process": lambda event: {"type": "process", "process": views.process_state(process)},
            "clock": lambda event: {"type": "clock", "clock": views.clock(clock)},
            "content": lambda event: {"type": "content", "content": views.content(content)},
            "call": lambda event: {"type": "call", "call": views.call(event["call"])},
            "lost": lambda event: self._state(),
        }

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers with events until the page goes away or the server ends."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        # Subscribed before the state is read, with nothing awaited between: no change is missed.
        queue = self._world.subscribe()
        try:
            await response.write(f"retry: {RETRY_MS}\n\n".encode("ascii"))
            await _send(response, self._state())
            while True:
                await self._next(queue, response)
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._world.unsubscribe(queue)
            self._open.discard(task)

    async def close(self, _app: web.Application) -> None:
        """Ends all open streams: they would hold up the end of the server."""
        for task in tuple(self._open):
            task.cancel()

    async def _next(self, queue: asyncio.Queue[Json], response: web.StreamResponse) -> None:
        event = None
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT):
                event = await queue.get()
        if event is None:
            await response.write(b": still here\n\n")
        elif told := self._told(event):
            await _send(response, told)

    def _told(self, event: Json) -> Json | None:
        kind = event["type"]
        if kind in AS_THEY_ARE:
            return event
        translate = self._translate.get(kind)
        return translate(event) if translate else None

    def _state(self) -> Json:
        return {"type": "state", "state": views.state(self._world, self._process, self._clock, self._content)}

    def _message(self, event: Json) -> Json | None:
        person_id = event["chat_id"]
        if person_id not in self._world.people:
            return None
        return {**event, "message": views.message(self._world, person_id, event["message"])}

    def _person(self, event: Json) -> Json | None:
        person_id, change = event["chat_id"], event["change"]
        if change == "removed":
            return {"type": "person_removed", "id": person_id, "replacement": self._replaced.get(person_id)}
        if person_id not in self._world.people:
            return None
        return {"type": "person", "person": views.person(self._world, person_id)}

    def _commands(self) -> Json:
        return {
            "type": "commands",
            "commands": {str(key): self._world.menu(key) for key in self._world.people},
        }


async def _send(response: web.StreamResponse, event: Json) -> None:
    # ASCII, so that no line break that JavaScript or SSE knows can split an event.
    await response.write(f"data: {json.dumps(event, separators=(',', ':'))}\n\n".encode("ascii"))

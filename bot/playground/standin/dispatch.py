"""One call to the Bot API from its parameters to its answer, with the faults told to happen in between."""

from __future__ import annotations

import asyncio
import inspect
import time
from dataclasses import dataclass
from typing import Any

from .faults import Act
from .methods import METHODS, NAMES
from .params import Params
from .rules import ApiError
from .world import Call, World

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What goes over the wire: a JSON body, another page, or nothing at all (the connection is dropped)."""

    status: int
    body: Json | None = None
    page: str | None = None
    content_type: str = "application/json"

    @property
    def dropped(self) -> bool:
        """Whether the connection ends without an answer."""
        return self.body is None and self.page is None


async def call(world: World, method: str, params: Params, via: str = "http") -> Reply:
    """Does what the method asks for and records it."""
    began, at = time.monotonic(), world.clock()
    name = NAMES.get(method.lower(), method)
    recorded = params.recorded()
    act = world.faults.strike(name, recorded)
    if act is None:
        status, body = await _do(world, name, params)
        reply = Reply(status, body)
    else:
        body, reply = await _misbehave(world, act, name, params)
    ms = (time.monotonic() - began) * 1000
    world.record(Call(name, recorded, body, at, ms, began, act.name if act else None, via))
    return reply


async def _do(world: World, name: str, params: Params) -> tuple[int, Json]:
    function = METHODS.get(name)
    try:
        if function is None:
            raise ApiError(404)
        result = function(world, params)
        if inspect.isawaitable(result):
            result = await result
    except ApiError as error:
        return error.code, error.body()
    return 200, {"ok": True, "result": result}


async def _misbehave(world: World, act: Act, name: str, params: Params) -> tuple[Json, Reply]:
    status, body = 200, Json()
    if act.acts:
        status, body = await _do(world, name, params)
    if act.seconds:
        await asyncio.sleep(act.seconds)
    if act.answer == "drop":
        return body, Reply(0)
    if act.answer == "page":
        return body, Reply(act.status, page=act.page, content_type=act.content_type)
    if act.refusal is not None:
        return (body if act.acts else act.refusal.body()), Reply(act.refusal.code, act.refusal.body())
    return body, Reply(status, body)

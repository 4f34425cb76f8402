"""The Bot API over HTTP, on loopback: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from . import dispatch, rules
from .params import Params, Upload
from .webhook import BACKOFF, WebhookSender
from .world import World

Json = dict[str, Any]

BODY_BYTES = rules.UPLOAD_BYTES + 1024 * 1024


@dataclass(frozen=True)
class Server:
    """A running stand-in; `url` is what BOT_API_URL must be."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{self.host}:{self.port}"


@asynccontextmanager
async def serve(
    world: World, host: str = "127.0.0.1", port: int = 0, *, webhook_backoff: Sequence[float] = BACKOFF
) -> AsyncIterator[Server]:
    """Serves the world until the block ends; port 0 picks a free one. Also delivers to the bot's webhook.

    `webhook_backoff` are the pauses in seconds after the first, second, … failed delivery of an update.
    """
    # The token is in every path, so requests are not logged.
    runner = web.AppRunner(application(world), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        async with WebhookSender(world, webhook_backoff):
            yield Server(host, runner.addresses[0][1])
    finally:
        world.updates.release_poller()
        await runner.cleanup()


def application(world: World) -> web.Application:
    """The aiohttp application that serves this world."""
    routes = _Routes(world)
    app = web.Application(client_max_size=BODY_BYTES)
    app.router.add_route("*", "/bot{token}/{method}", routes.method)
    app.router.add_get("/file/bot{token}/{path:.+}", routes.file)
    app.router.add_route("*", "/{anything:.*}", routes.nowhere)
    return app


class _Routes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def method(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
        except rules.ApiError as error:
            return _json(error.code, error.body())
        reply = await dispatch.call(self._world, request.match_info["method"], params)
        return _response(request, reply)

    async def file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            stored = self._world.files.at(request.match_info["path"])
            if stored is None or len(stored.data) > rules.DOWNLOAD_BYTES:
                raise rules.ApiError(404)
        except rules.ApiError as error:
            return _json(error.code, error.body())
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        return _json(404, rules.ApiError(404).body())

    def _check_token(self, token: str) -> None:
        if hmac.compare_digest(token.encode(), self._world.token.encode()):
            return
        # What cannot be a token at all is not found; another bot's token is unauthorized.
        head, colon, tail = token.partition(":")
        raise rules.ApiError(401 if head.isdecimal() and colon and tail else 404)


def _response(request: web.Request, reply: dispatch.Reply) -> web.StreamResponse:
    if reply.body is not None:
        return _json(reply.status, reply.body)
    if reply.dropped:
        if transport := request.transport:
            transport.abort()
        return web.Response(status=500)
    return web.Response(status=reply.status, text=reply.page, content_type=reply.content_type)


def _json(status: int, body: Json) -> web.Response:
    # Telegram's own server writes ASCII only, too: so even half a surrogate pair comes through as it is.
    raw = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(status=status, body=raw, content_type="application/json")


async def read_params(request: web.Request) -> Params:
    """The call's parameters from the query string and whatever kind of body it has.

    Raises ApiError when the body cannot be read or is too big.
    """
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            values.update(_json_body(await request.text()))
        elif request.content_type == "application/x-www-form-urlencoded":
            values.update(await request.post())
        elif request.content_type == "multipart/form-data":
            await _read_multipart(request, values, uploads)
    except web.HTTPRequestEntityTooLarge:
        raise rules.ApiError(413) from None
    except (ValueError, TypeError, AssertionError):
        raise rules.bad_request("can't parse the request body") from None
    return Params(values, uploads)


def _json_body(raw: str) -> Json:
    if not raw.strip():
        return {}
    body = json.loads(raw)
    if not isinstance(body, dict):
        raise TypeError("the body is not an object")
    return body


async def _read_multipart(request: web.Request, values: Json, uploads: dict[str, Upload]) -> None:
    total = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise TypeError("a part without a name")
        data = bytes(await part.read(decode=False))
        total += len(data)
        if total > BODY_BYTES:
            raise rules.ApiError(413)
        if part.filename is None:
            values[part.name] = data.decode("utf-8")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, data)

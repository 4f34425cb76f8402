"""A server of HTTP/1 for one purpose: small requests of one kind, each answered shortly. Therefore fast.

The parser is httptools', which is Node's. What HTTP/1.1 is: https://www.rfc-editor.org/rfc/rfc9112.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser, parse_url

from bot.telegram_io.deadline import Deadline

HEAD_BYTES: Final = 16 * 1024
"""A longer head is none of Telegram's."""

_AT_ONCE: Final = 8
"""So many requests of one connection may wait for their turn; then it is not read from."""


@dataclass(slots=True)
class Head:
    """What stands before the body. Names of headers are in lower case; of several of one name the last counts."""

    method: bytes
    path: bytes
    version: str
    headers: dict[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Response:
    """``body`` is JSON, or empty. ``last``: nothing more is read from the connection."""

    status: HTTPStatus
    body: bytes = b""
    headers: tuple[str, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """``admits`` decides by the head alone; a response refuses the request, and its body is not waited for.

    ``answers`` gets the body of an admitted one. Neither may raise.
    """

    admits: Callable[[Head], Response | None]
    answers: Callable[[bytes], Awaitable[Response]]
    too_late: Callable[[], Response]
    """What to say when ``body_seconds`` are over before the body has come."""
    body_bytes: int
    body_seconds: float
    idle_seconds: float
    """How long a connection may stay open without a request."""


TOO_LARGE: Final = Response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, last=True)
_BROKEN: Final = Response(HTTPStatus.BAD_REQUEST, last=True)


class Inlet:
    """Listens, and answers by the rules: the requests of a connection one after the other, in their order."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    async def listen(self, host: str, port: int) -> None:
        """Raises :class:`OSError` or :class:`UnicodeError` where that can't be."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self._rules, self._connections), host, port, reuse_address=True, backlog=256
        )

    def refuse_new(self) -> None:
        """Take no more connections, and give up the requests that have not come whole."""
        if self._server is not None:
            self._server.close()
        for connection in tuple(self._connections):
            connection.hurry()

    async def close(self, within: float) -> None:
        """Close each connection once what it was asked is answered, and all of them after so many seconds."""
        for connection in tuple(self._connections):
            connection.finish()
        ends = [connection.closed for connection in self._connections]
        if ends:
            await asyncio.wait(ends, timeout=within)
        for connection in tuple(self._connections):
            connection.drop()


@dataclass(slots=True)
class _Request:
    """One request: how it is framed, and either the answer that is known already, or the body to be answered."""

    keeps: bool
    version: str
    until: float
    """When the body must have come, by the clock of the loop."""
    known: Response | None = None
    body: bytearray = field(default_factory=bytearray)


class _Connection(asyncio.Protocol):
    def __init__(self, rules: Rules, connections: set[_Connection]) -> None:
        self._rules = rules
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self.closed: asyncio.Future[None] = self._loop.create_future()
        self._transport: asyncio.Transport
        self._parser = HttpRequestParser(self)
        self._url, self._head_size = b"", 0
        self._headers: dict[bytes, bytes] = {}
        self._coming: _Request | None = None
        """The request whose head has come, and whose body has not."""
        self._waiting: deque[_Request] = deque()
        self._answering: asyncio.Task[None] | None = None
        self._over = False
        """Nothing more is read."""
        self._deadline = Deadline(self._loop)

    def hurry(self) -> None:
        """What has not come whole by now is not waited for."""
        if self._coming is not None and self._coming.known is None:
            self._late()

    def finish(self) -> None:
        """Close it as soon as what came is answered."""
        self._over = True
        self._close_if_done()

    def drop(self) -> None:
        self._transport.abort()

    # What the loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)
        self._rest()

    def data_received(self, data: bytes) -> None:
        if self._over:
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._broken()
        if self._head_size > HEAD_BYTES:
            self._broken()
        if self._coming is not None:
            self._deadline.set(self._coming.until, self._late)

    def connection_lost(self, error: Exception | None) -> None:
        self._over = True
        self._deadline.end()
        self._connections.discard(self)
        if not self.closed.done():
            self.closed.set_result(None)

    # What the parser tells.

    def on_message_begin(self) -> None:
        self._url, self._headers, self._head_size = b"", {}, 0

    def on_url(self, url: bytes) -> None:
        self._url += url
        self._head_size += len(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.lower()] = value
        self._head_size += len(name) + len(value)

    def on_headers_complete(self) -> None:
        if self._over:
            return
        if self._head_size > HEAD_BYTES:
            self._broken()
            return
        head = Head(
            self._parser.get_method(), _path(self._url), self._parser.get_http_version(), self._headers
        )
        until = self._loop.time() + self._rules.body_seconds
        request = _Request(self._parser.should_keep_alive(), head.version, until)
        self._coming = request
        request.known = self._rules.admits(head)
        if request.known is None and _length(head) > self._rules.body_bytes:
            request.known = TOO_LARGE
        if request.known is not None:
            self._take(request)
        elif head.headers.get(b"expect", b"").lower() == b"100-continue" and head.version == "1.1":
            # https://www.rfc-editor.org/rfc/rfc9110#name-expect
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        request = self._coming
        if self._over or request is None:
            return
        request.body += body
        if len(request.body) > self._rules.body_bytes:
            if request.known is None:
                request.known = TOO_LARGE
                self._take(request)
            self._over = True

    def on_message_complete(self) -> None:
        request, self._coming = self._coming, None
        if self._over or request is None:
            return
        self._deadline.clear()
        if request.known is None:
            self._take(request)
        elif self._answering is None:
            self._rest()

    # Answers.

    def _take(self, request: _Request) -> None:
        self._waiting.append(request)
        if request.known is not None and request.known.last:
            self._over = True
        if len(self._waiting) > _AT_ONCE:
            self._transport.pause_reading()
        if self._answering is None:
            self._answering = self._loop.create_task(self._answer(), name="inlet")

    async def _answer(self) -> None:
        try:
            while self._waiting:
                request = self._waiting.popleft()
                response = request.known or await self._rules.answers(bytes(request.body))
                if len(self._waiting) <= _AT_ONCE and not self._transport.is_closing():
                    self._transport.resume_reading()
                stays = request.keeps and not response.last
                if not self._transport.is_closing():
                    self._transport.write(_bytes(response, request.version, stays=stays))
                if not stays:
                    self._over = True
                    self._waiting.clear()
        finally:
            self._answering = None
        if self._coming is None:
            self._rest()
        self._close_if_done()

    def _rest(self) -> None:
        if not self._over:
            self._deadline.set(self._loop.time() + self._rules.idle_seconds, self.finish)

    def _close_if_done(self) -> None:
        if self._over and self._answering is None:
            self._transport.close()

    def _late(self) -> None:
        """The body does not come; of a request that was refused it is not needed, but nor is the connection."""
        request, self._coming = self._coming, None
        self._over = True
        if request is not None and request.known is None:
            request.known = self._rules.too_late()
            self._take(request)
        self._close_if_done()

    def _broken(self) -> None:
        """What comes is no HTTP; what was right before it is answered."""
        if self._over:
            return
        request, self._coming = self._coming, None
        if request is None or request.known is None:
            self._take(_Request(keeps=False, version="1.1", until=0.0, known=_BROKEN))
        self._over = True
        self._close_if_done()


def _path(url: bytes) -> bytes:
    try:
        return parse_url(url).path or b""
    except HttpParserError:
        return b""


def _length(head: Head) -> int:
    try:
        return int(head.headers.get(b"content-length", b"0"))
    except ValueError:
        return 0


def _bytes(response: Response, version: str, *, stays: bool) -> bytes:
    lines = [f"HTTP/{version} {response.status.value} {response.status.phrase}", *response.headers]
    if response.body:
        lines.append("Content-Type: application/json")
    lines.append(f"Content-Length: {len(response.body)}")
    if not stays:
        lines.append("Connection: close")
    elif version == "1.0":
        lines.append("Connection: keep-alive")
    return "\r\n".join([*lines, "", ""]).encode() + response.body

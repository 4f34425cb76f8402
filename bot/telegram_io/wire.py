"""HTTP/1.1 to one server, over kept-alive connections: just what calls to the Bot API need, and therefore fast.

The parser is httptools', which is Node's. What HTTP/1.1 is: https://www.rfc-editor.org/rfc/rfc9112.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Callable
from typing import Final, cast

from aiohappyeyeballs import start_connection
from httptools import HttpParserError, HttpResponseParser
from telegram.error import NetworkError, TimedOut

from bot.telegram_io.failures import NotSentError
from bot.telegram_io.seconds import KEEP_ALIVE_SECONDS, Seconds

ANSWER_BYTES: Final = 64 * 1024 * 1024
"""An answer longer than this is none of the Bot API's."""

_HAPPY_EYEBALLS_SECONDS: Final = 0.25
"""When to try a server's next address beside the first: https://www.rfc-editor.org/rfc/rfc8305#section-5."""

_SWITCHING_PROTOCOLS: Final = 101

Answer = tuple[int, bytes]


class Wire:
    """Connections to one server, ``connections`` of them at most; more calls wait their turn."""

    def __init__(self, scheme: str, host: str, port: int | None, connections: int) -> None:
        self._secure = scheme == "https"
        self._host = host
        self._port = port or (443 if self._secure else 80)
        self._name = f"{host}:{port}" if port else host
        self._free = connections
        self._idle: list[_Connection] = []
        self._open: set[_Connection] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._tls: ssl.SSLContext | None = None
        self._closed = False

    async def ask(self, head: bytes, body: bytes, seconds: Seconds) -> Answer:
        """Send a request, ready as it is, and wait for the answer: its status and its body.

        Raises :class:`NotSentError` where the request surely never left, :class:`telegram.error.TimedOut` when no
        answer came in time, and :class:`telegram.error.NetworkError` for everything else that went wrong.
        """
        if self._free:
            self._free -= 1
        else:
            await self._turn(seconds.pool)
        try:
            connection = self._idle_one() or await self._connected(seconds.connect)
            return await connection.ask(head, body, seconds)
        finally:
            self._pass_on()

    async def close(self) -> None:
        """Close all connections; what is under way on them fails."""
        self._closed = True
        connections = tuple(self._open)
        for connection in connections:
            connection.drop()
        if connections:
            await asyncio.wait([connection.closed for connection in connections])

    def opened(self, connection: _Connection) -> None:
        """It is connected."""
        self._open.add(connection)

    def put_back(self, connection: _Connection) -> None:
        """It may be used again."""
        if self._closed:
            connection.drop()
        else:
            self._idle.append(connection)

    def lost(self, connection: _Connection) -> None:
        """It is closed."""
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)

    async def _turn(self, seconds: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                # It was given at the very moment at which it was no longer wanted.
                self._pass_on()
            elif turn in self._waiting:
                self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise NotSentError("no connection was free in time") from None
            raise

    def _pass_on(self) -> None:
        """Somebody else may go."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _idle_one(self) -> _Connection | None:
        # The one that was used last: the others are left to grow old, and are closed.
        while self._idle:
            connection = self._idle.pop()
            if connection.usable():
                return connection
            connection.drop()
        return None

    async def _connected(self, seconds: float) -> _Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                # asyncio's own way of trying several addresses leaves sockets open when it is cancelled.
                found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                reached = await start_connection(
                    found, happy_eyeballs_delay=_HAPPY_EYEBALLS_SECONDS, interleave=1
                )
                _, connection = await loop.create_connection(
                    lambda: _Connection(self, loop),
                    sock=reached,
                    ssl=self._context() if self._secure else None,
                    server_hostname=self._host if self._secure else None,
                )
        except (OSError, TimeoutError, UnicodeError) as error:
            # Not chained, and without the system's text: neither is for the log.
            raise NotSentError(f"no connection to {self._name}, {type(error).__name__}") from None
        return connection

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


class _Connection(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        self._wire = wire
        self._loop = loop
        self._transport: asyncio.Transport
        self._answer: asyncio.Future[Answer] | None = None
        self._parser: HttpResponseParser
        self._body: list[bytes] = []
        self._size = 0
        self._head_done = self._framed = self._whole = self._stays = self._broken = False
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._patience = 0.0
        self._since = loop.time()
        self.closed: asyncio.Future[None] = loop.create_future()
        self._can_write = asyncio.Event()
        self._can_write.set()

    def usable(self) -> bool:
        """Whether a request may be sent over it: it is open, and was not idle for long."""
        idle = self._loop.time() - self._since
        return not self._transport.is_closing() and idle < KEEP_ALIVE_SECONDS

    def drop(self) -> None:
        """Close it, now."""
        self._broken = True
        self._transport.abort()

    async def ask(self, head: bytes, body: bytes, seconds: Seconds) -> Answer:
        """As :meth:`Wire.ask` has it."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._answer = answer
        self._parser = HttpResponseParser(self)
        self._body, self._size = [], 0
        self._head_done = self._framed = self._whole = False
        try:
            self._transport.writelines((head, body)) if body else self._transport.write(head)
            if not self._can_write.is_set():
                await self._written(seconds.write)
            self._patience = seconds.read
            self._deadline = self._loop.time() + seconds.read
            self._watch()
            result = await answer
        except BaseException:
            # What comes on it from now on would be taken for the answer to something else.
            self.drop()
            raise
        finally:
            self._answer = None
        if self._broken or not self._stays or self._transport.is_closing():
            self.drop()
        else:
            self._since = self._loop.time()
            self._wire.put_back(self)
        return result

    async def _written(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._can_write.wait()
        except TimeoutError:
            raise TimedOut from None

    def _watch(self) -> None:
        """See to it that somebody looks when the answer is late. One timer serves many requests."""
        if self._timer is not None and self._timer.when() <= self._deadline:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._deadline, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._answer is None or self._answer.done():
            return
        if self._loop.time() >= self._deadline:
            self._fail(TimedOut())
        else:
            self._watch()

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # What the loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._wire.opened(self)

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            # Nobody asked. It would be taken for the answer to what is asked next.
            self.drop()
            return
        self._deadline = self._loop.time() + self._patience
        try:
            self._parser.feed_data(data)
        except (HttpParserError, ValueError) as error:
            self._broken = True
            self._fail(NetworkError(type(error).__name__))

    def pause_writing(self) -> None:
        self._can_write.clear()

    def resume_writing(self) -> None:
        self._can_write.set()

    def connection_lost(self, error: Exception | None) -> None:
        self._can_write.set()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._head_done and not (self._framed or self._whole or self._broken) and error is None:
            # An answer without a length ends with its connection.
            self._done()
        self._fail(NetworkError("the connection broke off" if error is None else type(error).__name__))
        self._wire.lost(self)
        if not self.closed.done():
            self.closed.set_result(None)

    # What the parser tells.

    def on_header(self, name: bytes, value: bytes) -> None:
        self._framed = self._framed or name.lower() in (b"content-length", b"transfer-encoding")

    def on_headers_complete(self) -> None:
        # A second answer to one question is none: who knows what the next one would be.
        self._broken = self._broken or self._whole
        self._head_done = True

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size > ANSWER_BYTES:
            raise ValueError("an answer without end")
        self._body.append(body)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200 and status != _SWITCHING_PROTOCOLS:
            # Only a word in advance: https://www.rfc-editor.org/rfc/rfc9110#name-informational-1xx.
            self._head_done = self._framed = False
            return
        self._done()

    def _done(self) -> None:
        self._whole, self._stays = True, self._parser.should_keep_alive()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((self._parser.get_status_code(), b"".join(self._body)))


def request_head(path: str, host: str, agent: str) -> Callable[[int], bytes]:
    """The head of a POST of JSON, but for the length of its body, in octets, for which it is to be called."""
    start = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n"
        "Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: "
    ).encode()
    return lambda length: b"%b%d\r\n\r\n" % (start, length)

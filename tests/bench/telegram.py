"""Telegram as a load generator plays it: raw HTTP on asyncio's protocols, answers that cost next to nothing.

It knows of the Bot API just what the subjects of the benchmarks use. What is right is the matter of the stand-in in
``bot/playground/standin``, and of the tests.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

import orjson
from httptools import HttpRequestParser, HttpResponseParser

TOKEN = "4242:" + "A" * 35
ME = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
DELIVERIES = 40
"""Connections over which updates are delivered to a webhook, unless it wants fewer: what Telegram does by itself."""
BATCH = 100
"""Updates that one getUpdates brings at most."""

_PREPARED: Mapping[str, Any] = {
    "getMe": ME,
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyName": {"name": ""},
    "getChatMenuButton": {"type": "default"},
}

Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that was sent or, if ``edited``, changed. ``face`` differs for what looks different."""

    chat: int
    message: int
    edited: bool
    keyboard: Keyboard
    face: object


class Listener(Protocol):
    """Whoever taps: is told what became of it."""

    def shown(self, shown: Shown) -> None: ...

    def answered(self, query: str) -> None:
        """A tap was answered."""

    def refused(self, status: int) -> None:
        """The webhook did not take an update."""


class Telegram:
    """One bot's server, on a port of its own."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.url = ""
        self.calls: Counter[str] = Counter()
        self.ready = asyncio.Event()
        """Set by the first getUpdates, or once updates can be delivered to a webhook."""
        # A bot knows the updates again that it had in an earlier round.
        self._next_update = time.time_ns() // 1_000_000 % 2**30
        self._next_message = 10
        self._pending: deque[bytes] = deque()
        self._poll: _Connection | None = None
        self._senders: deque[_Delivery] = deque()
        self._connecting: asyncio.Task[None] | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Take no more connections; those that there are end with the bot."""
        assert self._server is not None
        self._server.close()
        for sender in self._senders:
            sender.transport.abort()

    def push(self, update: dict[str, Any]) -> None:
        """Something happened."""
        self._next_update += 1
        self._pending.append(orjson.dumps({"update_id": self._next_update, **update}))
        self._flush()

    def called(self, connection: _Connection, method: str, parameters: Mapping[str, Any]) -> None:
        """The bot called a method over HTTP."""
        self.calls[method] += 1
        if method == "getUpdates":
            self._poll = connection
            self.ready.set()
            if not int(parameters.get("timeout") or 0) and not self._pending:
                # Whoever does not wait takes leave with this call.
                self._reply_to_poll([])
            self._flush()
        else:
            connection.reply(orjson.dumps(self._result(method, parameters)))

    def called_by_webhook(self, call: dict[str, Any]) -> None:
        """The bot called a method in its answer to the webhook."""
        method = call.pop("method")
        self.calls[method] += 1
        self._result(method, call)

    def free(self, sender: _Delivery, status: int) -> None:
        """An update was delivered, and the connection may be used again."""
        if status != 200:
            self._listener.refused(status)
        self._senders.append(sender)
        self._flush()

    def gone(self, connection: _Connection) -> None:
        if self._poll is connection:
            self._poll = None

    def _result(self, method: str, parameters: Mapping[str, Any]) -> Any:
        # Who listens is told once the bot has its answer.
        later = asyncio.get_running_loop().call_soon
        if method == "answerCallbackQuery":
            later(self._listener.answered, str(parameters["callback_query_id"]))
            return True
        if method in ("sendMessage", "editMessageText"):
            shown = self._shown(parameters)
            later(self._listener.shown, shown)
            return {**message(shown.chat, shown.message), "from": ME, "text": "…"}
        if method == "setWebhook":
            self._connecting = asyncio.get_running_loop().create_task(self._connect(parameters))
        return _PREPARED.get(method, True)

    def _shown(self, parameters: Mapping[str, Any]) -> Shown:
        changed = int(parameters.get("message_id") or 0)
        self._next_message += not changed
        markup = parameters.get("reply_markup") or {}
        keyboard = (orjson.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        return Shown(
            int(parameters["chat_id"]),
            changed or self._next_message,
            bool(changed),
            keyboard,
            (parameters["text"], markup),
        )

    def _flush(self) -> None:
        if self._poll is not None and self._pending:
            self._reply_to_poll([self._pending.popleft() for _ in range(min(BATCH, len(self._pending)))])
        while self._senders and self._pending:
            self._senders.popleft().post(self._pending.popleft())

    def _reply_to_poll(self, updates: list[bytes]) -> None:
        assert self._poll is not None
        poll, self._poll = self._poll, None
        poll.reply(b"[%b]" % b",".join(updates))

    async def _connect(self, wanted: Mapping[str, Any]) -> None:
        site, loop = urlsplit(str(wanted["url"])), asyncio.get_running_loop()
        secret = str(wanted.get("secret_token", ""))
        for _ in range(min(DELIVERIES, int(wanted.get("max_connections") or DELIVERIES))):
            _, sender = await loop.create_connection(
                lambda: _Delivery(self, site.path, secret), site.hostname or "", site.port or 80
            )
            self._senders.append(sender)
        self.ready.set()
        self._flush()


def message(person: int, number: int) -> dict[str, Any]:
    """What all messages of a person's chat have."""
    chat = {"id": person, "first_name": "Ann", "type": "private"}
    return {"message_id": number, "chat": chat, "date": 1_790_000_000}


class _Connection(asyncio.Protocol):
    """A connection that the bot makes its calls over."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._parser = HttpRequestParser(self)
        self._body: list[bytes] = []
        self._url = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._telegram.gone(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._url = url

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        body, self._body = b"".join(self._body), []
        path, _, query = self._url.decode().partition("?")
        self._telegram.called(self, path.rpartition("/")[2], _parameters(body or query.encode()))

    def reply(self, result: bytes) -> None:
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            b'{"ok":true,"result":%b}' % (len(result) + 21, result)
        )


class _Delivery(asyncio.Protocol):
    """A connection over which updates are delivered to the bot's webhook, one after the other."""

    def __init__(self, telegram: Telegram, path: str, secret: str) -> None:
        self._telegram = telegram
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode()
        self._parser = HttpResponseParser(self)
        self._body: list[bytes] = []
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def post(self, update: bytes) -> None:
        self.transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(update), update))

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        body, self._body = b"".join(self._body), []
        if body.startswith(b"{"):
            self._telegram.called_by_webhook(orjson.loads(body))
        self._telegram.free(self, self._parser.get_status_code())


def _parameters(body: bytes) -> Mapping[str, Any]:
    if not body:
        return {}
    if body.startswith(b"--"):
        return _form(body)
    if body.startswith(b"{"):
        return cast("Mapping[str, Any]", orjson.loads(body))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _form(body: bytes) -> Mapping[str, Any]:
    """The fields of a multipart form, as aiogram sends all of its calls."""
    boundary = body.partition(b"\r\n")[0]
    fields = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0]
        fields[name.decode()] = value.decode()
    return fields

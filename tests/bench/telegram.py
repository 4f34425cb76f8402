"""Telegram as a load generator plays it: raw HTTP on asyncio's protocols, answers that cost next to nothing.

It knows of the Bot API just what the subjects of the benchmarks use. What is right is the matter of the stand-in in
``bot/playground/standin``, and of the tests.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

import orjson
from httptools import HttpRequestParser, HttpResponseParser

TOKEN = "4242:" + "A" * 35
ME = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
PROOF = "bench_" + "s" * 40
DELIVERIES = 40
"""Connections over which updates are delivered to a webhook."""

_PREPARED: Mapping[str, Any] = {
    "getMe": ME,
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyName": {"name": ""},
    "getChatMenuButton": {"type": "default"},
}


class Listener(Protocol):
    """Whoever taps: is told what was shown and answered."""

    def shown(self, chat: int, message: int, keyboard: list[list[dict[str, str]]]) -> None:
        """A message was sent or changed."""

    def answered(self, query: str) -> None:
        """A tap was answered."""


class Telegram:
    """One bot's server. ``delay`` is in seconds and comes before every answer but that to getUpdates."""

    def __init__(self, listener: Listener, delay: float = 0.0) -> None:
        self._listener = listener
        self.delay = delay
        self.url = ""
        self.calls: Counter[str] = Counter()
        self.polling = asyncio.Event()
        """Set by the first getUpdates, or once there is a webhook."""
        self._next_update = 1_000
        self._next_message = 10
        self._pending: list[dict[str, Any]] = []
        self._poll: _Connection | None = None
        self._webhook: str | None = None
        self._senders: asyncio.Queue[_Delivery] = asyncio.Queue()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Take no more connections; those that there are end with the bot."""
        assert self._server is not None
        self._server.close()
        while not self._senders.empty():
            self._senders.get_nowait().transport.abort()

    def push(self, update: dict[str, Any]) -> None:
        """Something happened."""
        self._next_update += 1
        update["update_id"] = self._next_update
        if self._webhook is None:
            self._pending.append(update)
            self._flush()
        else:
            self._deliver(orjson.dumps(update))

    def called(self, connection: _Connection, method: str, parameters: Mapping[str, Any]) -> None:
        """The bot called a method over HTTP."""
        self.calls[method] += 1
        if method == "getUpdates":
            self._poll = connection
            self.polling.set()
            self._flush()
            return
        result = self._result(method, parameters)
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, connection.reply, result)
        else:
            connection.reply(result)

    def called_by_webhook(self, call: dict[str, Any]) -> None:
        """The bot called a method in its answer to the webhook."""
        method = call.pop("method")
        self.calls[method] += 1
        self._result(method, call)

    def free(self, sender: _Delivery) -> None:
        """A connection to the webhook may be used again."""
        self._senders.put_nowait(sender)

    def _result(self, method: str, parameters: Mapping[str, Any]) -> Any:
        if method == "answerCallbackQuery":
            asyncio.get_running_loop().call_soon(
                self._listener.answered, str(parameters["callback_query_id"])
            )
            return True
        if method in ("sendMessage", "editMessageText"):
            return self._message(parameters)
        if method == "setWebhook":
            self._webhook = str(parameters["url"])
            asyncio.get_running_loop().create_task(self._connect())
        return _PREPARED.get(method, True)

    def _message(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        chat, message = int(parameters["chat_id"]), int(parameters.get("message_id") or 0)
        if not message:
            self._next_message += 1
            message = self._next_message
        markup = parameters.get("reply_markup") or {}
        keyboard = (orjson.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        asyncio.get_running_loop().call_soon(self._listener.shown, chat, message, keyboard)
        return {
            "message_id": message,
            "from": ME,
            "chat": {"id": chat, "first_name": "Ann", "type": "private"},
            "date": 1_790_000_000,
            "text": str(parameters["text"])[:200],
        }

    def _flush(self) -> None:
        if self._poll is not None and self._pending:
            poll, self._poll = self._poll, None
            batch, self._pending = self._pending[:100], self._pending[100:]
            poll.reply(batch)

    def gone(self, connection: _Connection) -> None:
        if self._poll is connection:
            self._poll = None

    async def _connect(self) -> None:
        assert self._webhook is not None
        site, loop = urlsplit(self._webhook), asyncio.get_running_loop()
        for _ in range(DELIVERIES):
            _, sender = await loop.create_connection(
                lambda: _Delivery(self, site.path), site.hostname or "", site.port or 80
            )
            self._senders.put_nowait(sender)
        self.polling.set()
        while self._pending:
            self._deliver(orjson.dumps(self._pending.pop(0)))

    def _deliver(self, body: bytes) -> None:
        if self._senders.empty():
            asyncio.get_running_loop().call_later(0.001, self._deliver, body)
        else:
            self._senders.get_nowait().post(body)


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

    def reply(self, result: Any) -> None:
        body = orjson.dumps({"ok": True, "result": result})
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(body), body)
        )


class _Delivery(asyncio.Protocol):
    """A connection over which updates are delivered to the bot's webhook."""

    def __init__(self, telegram: Telegram, path: str) -> None:
        self._telegram = telegram
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {PROOF}\r\nContent-Length: "
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
        if self._parser.get_status_code() != 200:
            # As it does when it ends. Whoever waits for this update waits for ever, and the figures tell.
            return
        self._telegram.free(self)
        if body.startswith(b"{"):
            self._telegram.called_by_webhook(orjson.loads(body))


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

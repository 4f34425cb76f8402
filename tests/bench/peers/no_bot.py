"""No bot at all: makes two prepared calls for every tap. What the load generator manages beside it is its ceiling."""

from __future__ import annotations

import asyncio
import os
from typing import cast
from urllib.parse import urlsplit

import orjson
from httptools import HttpResponseParser

TEXT = "A screen of a usual length. " * 25
KEYBOARD = {
    "inline_keyboard": [[{"text": "Option", "callback_data": f"echo:{number}"}] for number in range(5)]
}


class Line(asyncio.Protocol):
    """A connection; calls are written one after the other, and only the answers to polls are read."""

    def __init__(self, host: str, path: str) -> None:
        self._head = f"POST {path}%s HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self._transport: asyncio.Transport
        self._parser = HttpResponseParser(self)
        self._body: list[bytes] = []
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        self.answers.put_nowait(b"".join(self._body))
        self._body = []

    def call(self, method: str, parameters: object) -> None:
        body = orjson.dumps(parameters)
        self._transport.write((self._head % (method, len(body))).encode() + body)


async def main() -> None:
    site = urlsplit(os.environ["BOT_API_URL"])
    path = f"/bot{os.environ['TELEGRAM_BOT_TOKEN']}/"
    loop = asyncio.get_running_loop()
    lines = []
    for _ in range(3):
        _, line = await loop.create_connection(
            lambda: Line(site.netloc, path), site.hostname or "", site.port or 80
        )
        lines.append(line)
    polls, answers, edits = lines
    offset = 0
    while True:
        polls.call("getUpdates", {"offset": offset})
        for update in orjson.loads(await polls.answers.get())["result"]:
            offset = update["update_id"] + 1
            query = update.get("callback_query")
            shown = {"text": f"{query and query['data']} {TEXT}", "reply_markup": KEYBOARD}
            if query:
                answers.call("answerCallbackQuery", {"callback_query_id": query["id"]})
                message = query["message"]
                edits.call(
                    "editMessageText",
                    {**shown, "chat_id": message["chat"]["id"], "message_id": message["message_id"]},
                )
            else:
                edits.call("sendMessage", {**shown, "chat_id": update["message"]["chat"]["id"]})


if __name__ == "__main__":
    asyncio.run(main())

"""A webhook on a port of its own, and somebody who speaks to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Never

import aiohttp

from bot.playground.standin.world import World
from bot.telegram_io.connection import Bot
from bot.telegram_io.deliveries import PROOF_HEADER
from bot.telegram_io.insist import Insist
from bot.telegram_io.ports import Taker
from bot.telegram_io.webhook import Webhook
from bot.webhook_site import WebhookSite
from tests.telegram_io.fakes import Sleeper

SECRET = "canary_secret-of-the-webhook-0123456789"
WORDS = "private words of a person"

Status = int
Task = asyncio.Task[Never]


def free_site(host: str = "127.0.0.1") -> WebhookSite:
    """On a port that nobody has."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port = probe.getsockname()[1]
    return WebhookSite(f"http://{host}:{port}/telegram", host, port, SECRET)


@asynccontextmanager
async def serving(
    bot: Bot, world: World, taker: Taker, site: WebhookSite, **options: Any
) -> AsyncIterator[Task]:
    """The webhook, listening and set; at the end it is cancelled, as at a stop."""
    sleeper = Sleeper()
    webhook = Webhook(bot, taker, Insist(sleeper.sleep, sleeper.monotonic), site, **options)
    task = asyncio.create_task(webhook.run())
    is_set = asyncio.create_task(world.wait_until(lambda: (world.webhook or {}).get("url") == site.address))
    try:
        await asyncio.wait([task, is_set], return_when=asyncio.FIRST_COMPLETED)
        yield task
    finally:
        is_set.cancel()
        task.cancel()
        await asyncio.wait([task, is_set])


class Sender:
    """Sends requests as Telegram does, or as Telegram would not."""

    def __init__(self, session: aiohttp.ClientSession, site: WebhookSite) -> None:
        self._session = session
        self.site = site

    async def posts(
        self,
        body: Any,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        path: str | None = None,
    ) -> Status:
        """The status of the answer, which never tells what serves it."""
        site = self.site
        url = f"http://{site.host}:{site.port}/{site.segment if path is None else path}"
        sent = {PROOF_HEADER: SECRET} if headers is None else headers
        async with self._session.request(method, url, data=body, headers=sent) as answer:
            assert "Server" not in answer.headers
            assert await answer.read() == b""
            return answer.status

    async def writes(self, *parts: bytes) -> bytes:
        """All that is answered to these bytes until the connection is closed."""
        reader, writer = await asyncio.open_connection(self.site.host, self.site.port)
        try:
            for part in parts:
                writer.write(part)
                await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        assert b"\r\nserver:" not in answer.lower()
        return answer

    def request(self, *headers: str, body: bytes = b"", version: str = "1.1", last: bool = True) -> bytes:
        """The bytes of a request with the secret; ``last`` asks for the connection to be closed after it."""
        lines = [
            f"POST /{self.site.segment} HTTP/{version}",
            "Host: x",
            f"{PROOF_HEADER}: {SECRET}",
            *(["Connection: close"] if last else []),
            *(headers or [f"Content-Length: {len(body)}"]),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body


def update(number: int, **content: Any) -> dict[str, Any]:
    return {"update_id": number, "message": {"text": WORDS, **content}}

"""Health and metrics over HTTP. Only who sets ``HTTP_LISTEN`` imports this: its server takes a while to load."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.admin.health import Answer
from bot.errors import SettingsError
from bot.webhook_site import split_listen, why_not_listening

_SHUTDOWN_SECONDS = 0.5


@asynccontextmanager
async def told_over_http(
    listen: str, answers: Mapping[str, Callable[[], Awaitable[Answer]]]
) -> AsyncIterator[None]:
    """Answer GET requests for these paths while the block lasts; ``listen`` is host:port.

    Raises :class:`bot.errors.SettingsError` if this process can't listen there. It answers whoever asks, so it is for a
    network that is one's own.
    """
    application = web.Application()
    for path, answer in answers.items():
        application.router.add_get(path, _handler(answer))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        host, port = split_listen(listen)
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:
            raise SettingsError(f"HTTP_LISTEN: {why_not_listening(error)}") from None
        yield
    finally:
        await runner.cleanup()


def _handler(answer: Callable[[], Awaitable[Answer]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_: web.Request) -> web.Response:
        status, kind, body = await answer()
        return web.Response(status=status, text=body, headers={"Content-Type": f"{kind}; charset=utf-8"})

    return handle

"""The page's web application: its files, its API and its events, behind the guard."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

from .api import Api
from .clock import Clock
from .content import ContentState
from .gallery import Gallery
from .guard import add_headers, guard
from .process import BotProcess
from .standin.world import World
from .stream import Stream

PAGE: Final = Path(__file__).parent / "page"
BODY_BYTES: Final = 64 * 1024


def application(
    world: World, process: BotProcess, clock: Clock, content: ContentState, gallery: Gallery
) -> web.Application:
    """The page for this world and this bot, the clock they go by, and how the bot's content is."""
    app = web.Application(middlewares=[guard], client_max_size=BODY_BYTES)
    replaced: dict[int, int] = {}
    stream = Stream(world, process, clock, content, replaced)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(stream.close)
    app.add_routes(Api(world, process, clock, content, replaced).routes())
    app.router.add_get("/api/events", stream.serve)
    app.router.add_get("/", _index)
    app.router.add_get("/gallery", gallery.serve)
    app.router.add_static("/assets", PAGE)
    return app


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")

"""Who may talk to the page's server: this page in a browser on this computer, and nobody else.

Listening on loopback keeps other computers out, but not other web pages in the same browser. A page elsewhere
can send requests here, and by making its own name point to 127.0.0.1 ("DNS rebinding") it could read the
answers too. So the Host header must name this computer, and a request that another site caused is refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from .address import LOOPBACK

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def error(status: int, text: str) -> web.Response:
    """A refusal as the page and scripts read it: `{"error": text}`."""
    return web.json_response({"error": text}, status=status)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses foreign hosts and origins (403); turns every other HTTP error into JSON."""
    if refusal := _refusal(request):
        return error(403, refusal)
    try:
        return await handler(request)
    except web.HTTPException as problem:
        if problem.status < 400:
            raise
        return error(problem.status, problem.text or problem.reason)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Gives every answer the headers that keep the page to itself; nothing is kept by the browser unchecked."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault(
        "Cache-Control", "no-store" if request.path.startswith("/api/") else "no-cache"
    )


def _refusal(request: web.Request) -> str | None:
    if _hostname(request.host) not in LOOPBACK:
        return "Host: the playground answers to 127.0.0.1 and localhost only"
    site = request.headers.get("Sec-Fetch-Site")
    opened_by_link = request.method in SAFE_METHODS and not request.path.startswith("/api/")
    if site not in (None, "same-origin", "none") and not opened_by_link:
        return "Sec-Fetch-Site: the playground answers to its own page only"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return "Origin: the playground answers to its own page only"
    return None


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None

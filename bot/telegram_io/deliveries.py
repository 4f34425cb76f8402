"""One request of the webhook: who may speak, how much is read, and what the answer is."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from aiohttp import web

from bot import fast_json
from bot.references import report
from bot.telegram_io.keeping import Keeper
from bot.telegram_io.raw import update_of
from bot.webhook_site import WebhookSite

BODY_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
"""How long the whole body of a request may take to come."""

PROOF_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""

_HEADERS: Mapping[HTTPStatus, Mapping[str, str]] = MappingProxyType(
    {HTTPStatus.METHOD_NOT_ALLOWED: {"Allow": "POST"}}
)
_MORE_TO_COME = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)
"""After these the connection is of no use: who knows where the next request begins."""

_log = logging.getLogger(__name__)


class _AnsweredError(Exception):
    """The request needs no more looking at."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Deliveries:
    """Answers requests: 200 for what was kept, 503 for what Telegram must deliver again.

    What is surely Telegram's but no update is noted and answered 200, for Telegram would deliver it for ever.
    Nothing is taken from the peer's address, nor from what a proxy says about it; a proxy may put anything before
    the last segment of the path.
    """

    def __init__(self, site: WebhookSite, keeper: Keeper, body_seconds: float = BODY_SECONDS) -> None:
        self._segment = site.segment.encode()
        self._secret = site.secret.encode()
        self._keeper = keeper
        self._body_seconds = body_seconds
        self._reading: set[asyncio.Timeout] = set()
        self._stopping = False
        self._warned = False

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer; never an exception."""
        try:
            status = await self._status(request)
        except _AnsweredError as answered:
            status = answered.status
        except Exception as error:
            report(_log, "a request of the webhook", error)
            status = HTTPStatus.SERVICE_UNAVAILABLE
        response = web.Response(status=status, headers=_HEADERS.get(status))
        if status in _MORE_TO_COME:
            response.force_close()
        return response

    def stop(self) -> None:
        """Refuse what comes from now on, and what has not come whole."""
        self._stopping = True
        for deadline in self._reading:
            deadline.reschedule(asyncio.get_running_loop().time())

    async def _status(self, request: web.BaseRequest) -> HTTPStatus:
        self._check_sender(request)
        if self._stopping:
            return HTTPStatus.SERVICE_UNAVAILABLE
        item, fault = _parsed(await self._body(request))
        update = None if fault else update_of(item)
        if update is not None:
            done = await self._keeper.keep(update)
        else:
            done = await self._keeper.bury(f"the webhook brought no update ({fault or 'no id'})")
        return HTTPStatus.OK if done else HTTPStatus.SERVICE_UNAVAILABLE

    def _check_sender(self, request: web.BaseRequest) -> None:
        segment = request.rel_url.raw_path.rpartition("/")[2]
        if not _same(segment, self._segment):
            raise _AnsweredError(HTTPStatus.NOT_FOUND)
        if request.method != "POST":
            raise _AnsweredError(HTTPStatus.METHOD_NOT_ALLOWED)
        if not _same(request.headers.get(PROOF_HEADER, ""), self._secret):
            if not self._warned:
                self._warned = True
                _log.warning(
                    "a request came to the webhook's path without its secret; does the proxy pass %s on?",
                    PROOF_HEADER,
                )
            raise _AnsweredError(HTTPStatus.UNAUTHORIZED)

    async def _body(self, request: web.BaseRequest) -> bytes:
        if (request.content_length or 0) > BODY_BYTES:
            raise _AnsweredError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        deadline = asyncio.timeout(self._body_seconds)
        try:
            async with deadline:
                self._reading.add(deadline)
                await _invite(request)
                return await _read(request)
        except TimeoutError:
            late = HTTPStatus.SERVICE_UNAVAILABLE if self._stopping else HTTPStatus.REQUEST_TIMEOUT
            raise _AnsweredError(late) from None
        except (web.RequestPayloadError, ConnectionError):
            # It broke off. Telegram, if it was Telegram, delivers it again.
            raise _AnsweredError(HTTPStatus.BAD_REQUEST) from None
        finally:
            self._reading.discard(deadline)


def _same(given: str, expected: bytes) -> bool:
    # As aiohttp decoded it, so back again: what is not UTF-8 must not raise.
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected)


async def _invite(request: web.BaseRequest) -> None:
    """Ask for the body where the other side waits for that: https://www.rfc-editor.org/rfc/rfc9110#name-expect."""
    if request.headers.get("Expect", "").lower() == "100-continue" and request.version >= (1, 1):
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # The answer itself has not begun.


async def _read(request: web.BaseRequest) -> bytes:
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > BODY_BYTES:
            raise _AnsweredError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(body)


def _parsed(body: bytes) -> tuple[Any, str | None]:
    """What the body says, or why that can't be told. A broken character is replaced, as when polling."""
    try:
        return fast_json.loads(body), None
    except ValueError:
        return None, "not JSON"
    except RecursionError:
        return None, "nested too deep"

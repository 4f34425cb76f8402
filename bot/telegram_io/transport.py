"""The HTTP client under python-telegram-bot: our own, which carries many times as many calls as the usual one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram._utils.types import ODVInput
from telegram.error import TelegramError as ApiError
from telegram.request import BaseRequest, RequestData

from bot import fast_json
from bot.telegram_io.failures import NotSentError
from bot.telegram_io.seconds import (
    CONNECT_SECONDS,
    MEDIA_WRITE_SECONDS,
    POOL_SECONDS,
    WRITE_SECONDS,
    Seconds,
)
from bot.telegram_io.wire import Answer, Wire, request_head

if TYPE_CHECKING:
    from bot.telegram_io.uploads import File, Uploads


_Route = tuple[Wire, Callable[[int], bytes]]
"""Connections to the server, and what makes the head of a request out of the length of its body."""


@dataclass(slots=True)
class Heard:
    """How often Telegram has answered, whatever it said; the page of a proxy before it is no answer."""

    count: int = 0


class Raw:
    """The parameters of a call that need no more care: values that JSON can say, none of them a file.

    It takes the place of python-telegram-bot's ``RequestData``.
    """

    __slots__ = ("parameters",)
    contains_files = False

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters


class Transport(BaseRequest):
    """Raises :class:`NotSentError` where a request surely never left, and logs nobody's words.

    ``connections`` is how many requests may be under way at once; more of them wait their turn.
    ``read_timeout`` is in seconds. Proxies are taken from the environment, as other programs do. Transports to the
    same server may share ``heard``.
    """

    def __init__(self, connections: int, read_timeout: float, heard: Heard | None = None) -> None:
        self.heard = heard or Heard()
        self._connections = connections
        self._read_timeout = read_timeout
        self._ready = False
        self._wires: dict[str, Wire] = {}
        self._uploads: Uploads | None = None
        self._routes: dict[str, _Route | None] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Make ready to connect; nothing is opened yet."""
        self._ready = True

    async def shutdown(self) -> None:
        """Close all connections."""
        self._ready = False
        wires, self._wires, self._routes = self._wires, {}, {}
        uploads, self._uploads = self._uploads, None
        for wire in wires.values():
            await wire.close()
        if uploads is not None:
            await uploads.close()

    async def do_request(  # noqa: PLR0917  # the order is the base class's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> Answer:
        """One request; the status of the answer and its body. Never more than that: redirects are not followed.

        Raises :class:`NotSentError`, :class:`telegram.error.TimedOut` when no answer came in time, and
        :class:`telegram.error.NetworkError` for everything else that went wrong on the way.
        """
        if not self._ready:
            raise RuntimeError("the transport is not initialized")
        uploads = request_data is not None and request_data.contains_files
        seconds = Seconds(
            pool=_or(pool_timeout, POOL_SECONDS),
            connect=_or(connect_timeout, CONNECT_SECONDS),
            write=_or(write_timeout, MEDIA_WRITE_SECONDS if uploads else WRITE_SECONDS),
            read=_or(read_timeout, self._read_timeout),
        )
        route = None if uploads or method != "POST" else self._route(url)
        if route is None:
            answer = await self._carried(url, method, request_data, seconds)
        else:
            wire, head = route
            body = b"{}" if request_data is None else fast_json.dump_bytes(request_data.parameters)
            answer = await wire.ask(head(len(body)), body, seconds)
        self.heard.count += answer[0] < HTTPStatus.INTERNAL_SERVER_ERROR
        return answer

    def _route(self, url: str) -> _Route | None:
        """The way to a method, found once: there are not many of them. ``None``: it goes through a proxy."""
        if url not in self._routes:
            self._routes[url] = self._new_route(url)
        return self._routes[url]

    def _new_route(self, url: str) -> _Route | None:
        parts = urlsplit(url)
        try:
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or parts.scheme not in ("http", "https"):
            raise NotSentError("the address of the Bot API names no server")
        if _proxy(url) is not None:
            return None
        wire = self._wires.get(parts.netloc)
        if wire is None:
            wire = self._wires[parts.netloc] = Wire(parts.scheme, host, port, self._connections)
        return wire, request_head(parts.path or "/", parts.netloc.rpartition("@")[2], self.USER_AGENT)

    async def _carried(self, url: str, method: str, data: RequestData | None, seconds: Seconds) -> Answer:
        # Not before it is needed: it takes an eighth of a second to load.
        from bot.telegram_io.uploads import Uploads

        if self._uploads is None:
            self._uploads = Uploads(self._connections, self.USER_AGENT)
        proxy = _proxy(url)
        if data is None or not data.contains_files:
            body = None if data is None else fast_json.dump_bytes(data.parameters)
            return await self._uploads.ask(url, method, body, {}, {}, seconds, proxy)
        # Our own files are bytes, never open files.
        files = cast("Mapping[str, File]", data.multipart_data or {})
        return await self._uploads.ask(url, method, None, data.json_parameters, files, seconds, proxy)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class does, but an answer that is not the Bot API's is not written to the log."""
        try:
            answer = fast_json.loads(payload)
        except (ValueError, RecursionError):
            raise ApiError("Invalid server response") from None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise ApiError("Invalid server response")
        return answer


def _or(given: ODVInput[float], usual: float) -> float:
    return given if isinstance(given, int | float) else usual


def _proxy(url: str) -> str | None:
    scheme, host = urlsplit(url)[:2]
    return None if proxy_bypass(host.rpartition("@")[2]) else getproxies().get(scheme)

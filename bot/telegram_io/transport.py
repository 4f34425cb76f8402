"""The HTTP client under python-telegram-bot: aiohttp's, which carries several times as many calls as the usual one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.error import TelegramError as ApiError
from telegram.request import BaseRequest, RequestData

from bot.telegram_io.failures import NotSentError

KEEP_ALIVE_SECONDS: Final = 30.0
"""How long an idle connection is kept: the next tap then needs no new TLS handshake."""

CONNECT_SECONDS: Final = 5.0
POOL_SECONDS: Final = 30.0
WRITE_SECONDS: Final = 10.0
MEDIA_WRITE_SECONDS: Final = 30.0

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientProxyConnectionError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
"""No connection was had, so nothing was sent."""


@dataclass(frozen=True, slots=True)
class _Seconds:
    """How long each part of a request may take."""

    pool: float
    connect: float
    write: float
    read: float

    def as_timeout(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            connect=self.pool,
            sock_connect=self.connect,
            sock_read=self.read,
            # aiohttp has no limit of its own for sending.
            total=self.pool + self.connect + self.write + self.read,
        )


@dataclass(slots=True)
class Heard:
    """How often Telegram has answered, whatever it said; the page of a proxy before it is no answer."""

    count: int = 0


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
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Make ready to connect; nothing is opened yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917  # the order is the base class's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; the status of the answer and its body. Never more than that: redirects are not followed.

        Raises :class:`NotSentError`, :class:`telegram.error.TimedOut` when no answer came in time, and
        :class:`telegram.error.NetworkError` for everything else that went wrong on the way.
        """
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        uploads = request_data is not None and request_data.contains_files
        seconds = _Seconds(
            pool=_or(pool_timeout, POOL_SECONDS),
            connect=_or(connect_timeout, CONNECT_SECONDS),
            write=_or(write_timeout, MEDIA_WRITE_SECONDS if uploads else WRITE_SECONDS),
            read=_or(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=seconds.as_timeout(),
                allow_redirects=False,
                proxy=self._proxy(url),
            ) as answer:
                body = await answer.read()
                self.heard.count += answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
                return answer.status, body
        except _NEVER_LEFT as error:
            # Not chained: its text holds the URL, and that the token.
            raise NotSentError(f"no connection to {_host(url)}, {type(error).__name__}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _proxy(self, url: str) -> str | None:
        # aiohttp's own trust_env reads all of the environment for every single request, a tenth of what one costs.
        scheme, host = urlsplit(url)[:2]
        if host not in self._proxies:
            bypassed = proxy_bypass(host.rpartition("@")[2])
            self._proxies[host] = None if bypassed else getproxies().get(scheme)
        return self._proxies[host]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class does, but an answer that is not the Bot API's is not written to the log."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise ApiError("Invalid server response") from None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise ApiError("Invalid server response")
        return answer


def _or(given: ODVInput[float], usual: float) -> float:
    return given if isinstance(given, int | float) else usual


def _host(url: str) -> str:
    """Host and port: the path of the Bot API holds the token."""
    return urlsplit(url).netloc.rpartition("@")[2] or "nowhere"


def _body(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    body = aiohttp.FormData(request_data.json_parameters)
    if request_data.contains_files:
        for name, (file_name, content, kind) in (request_data.multipart_data or {}).items():
            body.add_field(name, content, filename=file_name, content_type=kind)
    return body

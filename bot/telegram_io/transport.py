"""The HTTP client under python-telegram-bot."""

from __future__ import annotations

import json
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.error import TelegramError as ApiError
from telegram.request import HTTPXRequest, RequestData

from bot.telegram_io.failures import NotSentError

KEEP_ALIVE_SECONDS = 30.0
"""How long an idle connection is kept: the next tap then needs no new TLS handshake."""

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class Transport(HTTPXRequest):
    """Raises :class:`NotSentError` where a request surely never left, and logs nobody's words.

    ``connections`` is how many requests may be under way at once; more of them wait their turn.
    ``read_timeout`` is in seconds.
    """

    def __init__(self, connections: int, read_timeout: float) -> None:
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=5.0,
            read_timeout=read_timeout,
            write_timeout=10.0,
            media_write_timeout=30.0,
            pool_timeout=30.0,
            httpx_kwargs={
                "limits": httpx.Limits(max_connections=connections, keepalive_expiry=KEEP_ALIVE_SECONDS)
            },
        )

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """As the base class does; time-outs and resets after the start of a request stay its own errors."""
        try:
            return await super().do_request(url, method, request_data, *args, **kwargs)
        except NetworkError as error:
            if isinstance(error.__cause__, _NEVER_LEFT):
                raise NotSentError(type(error.__cause__).__name__) from error.__cause__
            raise

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

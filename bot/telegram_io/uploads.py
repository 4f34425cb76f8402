"""Calls that need more than :mod:`bot.telegram_io.wire` can: files, and proxies. They go through aiohttp."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from telegram.error import NetworkError, TimedOut

from bot.telegram_io.failures import NotSentError
from bot.telegram_io.seconds import KEEP_ALIVE_SECONDS, Seconds

File = tuple[str, bytes, str]
"""Name, content and type of a file."""

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientProxyConnectionError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
"""No connection was had, so nothing was sent."""


class Uploads:
    """A session of aiohttp's, made within a running loop. ``connections`` are how many requests it has under way at most."""

    def __init__(self, connections: int, agent: str) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
            headers={"User-Agent": agent},
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        await self._session.close()

    async def ask(  # noqa: PLR0917  # all that a request is made of
        self,
        url: str,
        method: str,
        body: bytes | None,
        fields: Mapping[str, str],
        files: Mapping[str, File],
        seconds: Seconds,
        proxy: str | None,
    ) -> tuple[int, bytes]:
        """One request, with ``body`` as JSON or, if there are files, ``fields`` and ``files`` as a form.

        Raises as :meth:`bot.telegram_io.wire.Wire.ask` does.
        """
        json_type = {} if files or body is None else {"Content-Type": "application/json"}
        try:
            async with self._session.request(
                method,
                url,
                data=_form(fields, files) if files else body,
                headers=json_type,
                timeout=_timeout(seconds),
                allow_redirects=False,
                proxy=proxy,
            ) as answer:
                return answer.status, await answer.read()
        except _NEVER_LEFT as error:
            # Not chained: its text holds the URL, and that the token.
            raise NotSentError(f"no connection, {type(error).__name__}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _timeout(seconds: Seconds) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        connect=seconds.pool,
        sock_connect=seconds.connect,
        sock_read=seconds.read,
        # aiohttp has no limit of its own for sending.
        total=seconds.pool + seconds.connect + seconds.write + seconds.read,
    )


def _form(fields: Mapping[str, str], files: Mapping[str, File]) -> aiohttp.FormData:
    form = aiohttp.FormData(fields)
    for name, (file_name, content, kind) in files.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form

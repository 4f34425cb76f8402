"""One request of the webhook: who may speak, how much is read, and what the answer is."""

from __future__ import annotations

import hmac
import logging
from http import HTTPStatus
from typing import Any, Final

from bot import fast_json
from bot.references import report
from bot.telegram_io.inlet import Head, Response, Rules
from bot.telegram_io.keeping import Keeper
from bot.telegram_io.raw import update_of
from bot.telegram_io.rides import Rides
from bot.webhook_site import WebhookSite

BODY_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
"""How long the whole body of a request may take to come."""

KEEP_ALIVE_SECONDS: Final = 180.0
"""How long an idle connection is kept: longer than Caddy (120) and nginx (60) do, who would else lose a request."""

PROOF_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""

_PROOF: Final = PROOF_HEADER.lower().encode()
_OK = Response(HTTPStatus.OK)
_COME_AGAIN = Response(HTTPStatus.SERVICE_UNAVAILABLE)
_NOWHERE = Response(HTTPStatus.NOT_FOUND)
_ONLY_POST = Response(HTTPStatus.METHOD_NOT_ALLOWED, headers=("Allow: POST",))
_WHO_ARE_YOU = Response(HTTPStatus.UNAUTHORIZED)

_log = logging.getLogger(__name__)


class Deliveries:
    """Answers requests: 200 for what was kept, 503 for what Telegram must deliver again.

    What is surely Telegram's but no update is noted and answered 200, for Telegram would deliver it for ever.
    Nothing is taken from the peer's address, nor from what a proxy says about it; a proxy may put anything before
    the last segment of the path. The answer to a tap carries the call that ends its button's spinning, if that is
    ready soon.
    """

    def __init__(
        self, site: WebhookSite, keeper: Keeper, rides: Rides, body_seconds: float = BODY_SECONDS
    ) -> None:
        self._segment = site.segment.encode()
        self._secret = site.secret.encode()
        self._keeper = keeper
        self._rides = rides
        self._stopping = False
        self._warned = False
        self.rules = Rules(
            self._refusal, self._answer, self._too_late, BODY_BYTES, body_seconds, KEEP_ALIVE_SECONDS
        )
        """What a server needs to know."""

    def stop(self) -> None:
        """Refuse what comes from now on."""
        self._stopping = True
        self._rides.stop()

    def _refusal(self, head: Head) -> Response | None:
        if not hmac.compare_digest(head.path.rpartition(b"/")[2], self._segment):
            return _NOWHERE
        if head.method != b"POST":
            return _ONLY_POST
        if not hmac.compare_digest(head.headers.get(_PROOF, b""), self._secret):
            if not self._warned:
                self._warned = True
                _log.warning(
                    "a request came to the webhook's path without its secret; does the proxy pass %s on?",
                    PROOF_HEADER,
                )
            return _WHO_ARE_YOU
        return _COME_AGAIN if self._stopping else None

    def _too_late(self) -> Response:
        status = HTTPStatus.SERVICE_UNAVAILABLE if self._stopping else HTTPStatus.REQUEST_TIMEOUT
        return Response(status, last=True)

    async def _answer(self, body: bytes) -> Response:
        try:
            return await self._taken(body)
        except Exception as error:
            report(_log, "a request of the webhook", error)
            return _COME_AGAIN

    async def _taken(self, body: bytes) -> Response:
        item, fault = _parsed(body)
        update = None if fault else update_of(item)
        if update is None:
            done = await self._keeper.bury(f"the webhook brought no update ({fault or 'no id'})")
            return _OK if done else _COME_AGAIN
        ride = None if self._stopping else self._rides.offer(update)
        if not await self._keeper.keep(update):
            return _COME_AGAIN
        call = None if ride is None else await ride
        return _OK if call is None else Response(HTTPStatus.OK, fast_json.dump_bytes(call))


def _parsed(body: bytes) -> tuple[Any, str | None]:
    """What the body says, or why that can't be told. A broken character is replaced, as when polling."""
    try:
        return fast_json.loads(body), None
    except ValueError:
        return None, "not JSON"
    except RecursionError:
        return None, "nested too deep"

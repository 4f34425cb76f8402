"""Failures are sent to Sentry, if operators want that: where in the code, and under which reference code; about nobody.

Only who sets ``SENTRY_DSN`` imports this. Its library is an extra.
"""

from __future__ import annotations

import atexit
import logging
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError
from bot.logs import redactor

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event

Redact = Callable[[str], str]

HIDDEN_ID = "[id]"

FLUSH_SECONDS = 2.0
"""How long sending what is left may take at the end."""

_OURS = "bot.errors"

_KEPT = (
    "event_id",
    "timestamp",
    "level",
    "logger",
    "logentry",
    "exception",
    "release",
    "platform",
    "sdk",
    "tags",
)
_IDS = re.compile(r"\b(person|update|chat)=-?\d+|\b\d{5,}\b")
_KEPT_OF_A_FRAME = ("abs_path", "filename", "function", "module", "lineno", "in_app")


def set_up_sentry(
    dsn: str, secrets: tuple[str, ...], release: str, transport: Transport | None = None
) -> None:
    """Send what is logged as an error from now on. ``transport`` is how; by default over HTTP.

    Raises :class:`bot.errors.SettingsError` if the library is not there.
    """
    if find_spec("sentry_sdk") is None:
        raise SettingsError(
            "SENTRY_DSN: needs one more package: .venv/bin/pip install -c constraints.txt -e '.[sentry]'"
        )
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration

    redact = redactor(secrets)
    sentry_sdk.init(
        dsn,
        release=f"firstlabel@{release}",
        transport=transport,
        # The others look into requests, arguments and libraries: at what people wrote.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="",
        before_send=lambda event, _: scrubbed(event, redact),
    )
    # What ended the process is told, too.
    atexit.register(sentry_sdk.flush, timeout=FLUSH_SECONDS)


def scrubbed(event: Event, redact: Redact) -> Event:
    """What may be told of a failure: types, places in the code, reference codes; no ids, and of texts only our own."""
    told: dict[str, Any] = {name: value for name, value in event.items() if name in _KEPT}
    entry = told.get("logentry")
    if isinstance(entry, dict):
        # Without the arguments: they stand in it already.
        told["logentry"] = {
            "message": _text(str(entry.get("formatted") or entry.get("message") or ""), redact)
        }
    exception = told.get("exception")
    if isinstance(exception, dict):
        told["exception"] = {"values": [_thrown(each, redact) for each in exception.get("values", ())]}
    return told  # type: ignore[return-value]


def _thrown(error: dict[str, Any], redact: Redact) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames", ())
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        # Others' may quote anything.
        "value": _text(str(error.get("value") or ""), redact) if error.get("module") == _OURS else "",
        "stacktrace": {
            "frames": [{name: frame[name] for name in _KEPT_OF_A_FRAME if name in frame} for frame in frames]
        },
    }


def _text(text: str, redact: Redact) -> str:
    return _IDS.sub(lambda found: f"{found[1]}={HIDDEN_ID}" if found[1] else HIDDEN_ID, redact(text))

"""Where log records go, what they look like, and what never gets into them.

Every record is one line on standard error: text for people, or JSON for machines; a traceback follows its text
line indented. Times are UTC. Secrets are taken out of the finished text, so it does not matter whether they came in
by the message, its arguments, an exception or a library. Only this program speaks below WARNING: libraries write
addresses with the token in them, and people's words, at INFO and DEBUG.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TextIO
from urllib.parse import quote

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

LogFormat = Literal["text", "json"]
Redact = Callable[[str], str]

HIDDEN = "[secret]"
OURS = ("bot", "__main__")
"""The loggers of this program; ``python -m bot`` calls its first module ``__main__``."""

_SHORTEST_SECRET = 6
_ANY_BOT = r"bot\d+(?::|%3A)[\w-]+|\d{5,}(?::|%3A)[\w-]{20,}"
_URL_USER = r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)"
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_ONE_LINE = {**_CONTROL, ord("\n"): "\\n", ord("\t"): " ", 0x2028: "\\u2028", 0x2029: "\\u2029"}

logger = logging.getLogger(__name__)


def set_up_logging(level: str = "INFO", log_format: LogFormat = "text", secrets: Iterable[str] = ()) -> None:
    """Send every record to standard error, this program's from ``level`` on, others' from WARNING on.

    ``secrets`` are strings that may never be seen, beside everything that looks like a bot's token or a password
    in a URL. What ends the process or a thread without being caught goes the same way, so no traceback escapes.
    """
    root = logging.getLogger()
    root.handlers[:] = [make_handler(log_format, secrets, sys.stderr)]
    threshold = logging.getLevelNamesMapping()[level]
    root.setLevel(max(threshold, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(threshold)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_in_thread


def make_handler(log_format: LogFormat, secrets: Iterable[str], stream: TextIO) -> logging.Handler:
    """A handler that writes redacted lines to ``stream``."""
    handler = _QuietHandler(stream)
    redact = redactor(secrets)
    handler.setFormatter(JsonFormatter(redact) if log_format == "json" else TextFormatter(redact))
    return handler


def redactor(secrets: Iterable[str]) -> Redact:
    """Replaces these secrets, in plain, URL-encoded or quoted form, and whatever looks like a token or a password."""
    shapes = {
        shape
        for secret in secrets
        if len(secret) >= _SHORTEST_SECRET  # A shorter one would black out half of every line.
        for shape in (secret, quote(secret, safe=""), repr(secret)[1:-1])
    }
    longest_first = sorted(map(re.escape, shapes), key=len, reverse=True)
    pattern = re.compile("|".join([*longest_first, _ANY_BOT, _URL_USER]), re.IGNORECASE)
    return lambda text: pattern.sub(HIDDEN, text)


class TextFormatter(logging.Formatter):
    """``2026-01-31T09:30:00.123Z INFO bot.app: message``, then the traceback, if any, indented.

    Control characters of a message are written as escapes: a record cannot pretend to be two, nor steer a terminal.
    """

    def __init__(self, redact: Redact) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        head = f"{_when(record)} {record.levelname} {record.name}: {record.getMessage()}"
        trace = self._redact(_traceback(self, record)).splitlines()
        lines = [self._redact(head), *(f"    {line}" for line in trace)]
        return "\n".join(line.translate(_ONE_LINE) for line in lines)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: ``time``, ``level``, ``logger``, ``message`` and, if any, ``exception``.

    A record may bring more in its attribute ``fields``, such as the ids of a turn."""

    def __init__(self, redact: Redact) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": _when(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(record.getMessage()),
        }
        for name, value in getattr(record, "fields", {}).items():
            fields.setdefault(name, value if isinstance(value, int | float) else self._redact(str(value)))
        if trace := _traceback(self, record):
            fields["exception"] = self._redact(trace)
        return json.dumps(fields)


def _when(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [formatter.formatException(record.exc_info)] if record.exc_info else []
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(parts)


class _QuietHandler(logging.StreamHandler[TextIO]):
    """The standard handler prints message and arguments of a record that it cannot format: secrets and all."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is logging's
        error = sys.exception()
        if isinstance(error, OSError):
            return  # Standard error itself is gone, so there is nowhere to say it.
        place = f"{record.pathname}:{record.lineno}"
        self.stream.write(
            f"a log record of {place} could not be written: {type(error).__name__}{self.terminator}"
        )


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("stopped by an error that nothing caught", exc_info=(kind, error, trace))


def _log_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _log_unraisable(args: UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        logger.error("an error that could not be raised", exc_info=args.exc_value)

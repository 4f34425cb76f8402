"""Why a call to Telegram failed: classified once, here. Every caller acts on the class.

The texts are those of the public Bot API server (https://github.com/tdlib/telegram-bot-api); it has no codes
finer than HTTP's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.error import TelegramError as ApiError


class NotSentError(NetworkError):
    """The request surely never reached Telegram: no connection could be had."""


class Kind(Enum):
    """What a failed call means for its caller."""

    DONE = auto()
    """What was asked for is so: the message already reads like this."""
    NOT_SENT = auto()
    """Surely not done: safe to repeat, after ``retry_after`` seconds if that is set."""
    UNKNOWN = auto()
    """Perhaps done, perhaps not: Telegram has no key to ask by."""
    PERSON_GONE = auto()
    """The person blocked the bot, left Telegram, or never spoke to the bot; in a group: it was thrown out."""
    CHAT_MOVED = auto()
    """The group has the new id ``new_chat_id``."""
    MESSAGE_GONE = auto()
    """The message can't be edited any more."""
    QUERY_TOO_OLD = auto()
    """The tap can't be answered any more."""
    CONFLICT = auto()
    """Another program takes this bot's updates."""
    REFUSED = auto()
    """Telegram does not know the token."""
    OUR_FAULT = auto()
    """The request is wrong: repeating it is useless."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call. ``retry_after`` is in seconds; ``detail`` is for the log and holds nobody's words."""

    kind: Kind
    detail: str
    retry_after: float | None = None
    new_chat_id: int | None = None


_BAD_REQUESTS: Final = (
    ("message is not modified", Kind.DONE),
    ("message to edit not found", Kind.MESSAGE_GONE),
    ("message can't be edited", Kind.MESSAGE_GONE),
    ("message_id_invalid", Kind.MESSAGE_GONE),
    ("there is no text in the message to edit", Kind.MESSAGE_GONE),
    ("query is too old", Kind.QUERY_TOO_OLD),
    ("query_id_invalid", Kind.QUERY_TOO_OLD),
    ("chat not found", Kind.PERSON_GONE),
    ("user not found", Kind.PERSON_GONE),
    ("peer_id_invalid", Kind.PERSON_GONE),
    ("input_user_deactivated", Kind.PERSON_GONE),
)
_OTHER_REFUSALS: Final = (
    ("too many requests", Kind.NOT_SENT),
    ("request entity too large", Kind.OUR_FAULT),
)
_QUOTED = re.compile(r'"[^"]*"')
_DETAIL_LENGTH = 160


def classify(error: ApiError) -> Failure:
    """The class of an exception that a call to the Bot API raised. Anything else it may raise is a bug."""
    detail = f"{type(error).__name__}: {_without_words(error)}"
    match error:
        case RetryAfter():
            return Failure(Kind.NOT_SENT, detail, retry_after=seconds(error.retry_after))
        case ChatMigrated():
            return Failure(Kind.CHAT_MOVED, detail, new_chat_id=error.new_chat_id)
        case Forbidden():
            return Failure(Kind.PERSON_GONE, detail)
        case Conflict():
            return Failure(Kind.CONFLICT, detail)
        case InvalidToken() | EndPointNotFound():
            # Their texts may hold the token.
            return Failure(Kind.REFUSED, type(error).__name__)
        case BadRequest():
            # Before NetworkError, of which it is a subclass.
            return Failure(_by_text(error, _BAD_REQUESTS, Kind.OUR_FAULT), detail)
        case NotSentError():
            return Failure(Kind.NOT_SENT, detail)
        case _:
            # Timeouts, resets, 5xx, answers that are not JSON.
            return Failure(_by_text(error, _OTHER_REFUSALS, Kind.UNKNOWN), detail)


def _by_text(error: ApiError, table: tuple[tuple[str, Kind], ...], otherwise: Kind) -> Kind:
    text = error.message.casefold()
    return next((kind for start, kind in table if text.startswith(start)), otherwise)


def seconds(retry_after: int | timedelta) -> float:
    """The time that a :class:`telegram.error.RetryAfter` asks for, in seconds: it may come in two forms."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)


def _without_words(error: ApiError) -> str:
    # python-telegram-bot appends the whole body of an answer that it cannot parse.
    text = str(error).partition(". Parsing the server response")[0]
    return _QUOTED.sub("…", text)[:_DETAIL_LENGTH]

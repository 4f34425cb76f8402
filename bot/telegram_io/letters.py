"""Between an update as Telegram sent it and the letter that is kept of it. Nothing here judges what is in it."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.guide.ports import Letter
from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.raw import is_fit_id

NOBODY = 0
"""Whose turn an update of nobody's is."""

_SAFE_TO_TELL = frozenset({"type", "status"})
_NAME = re.compile(r"[a-z_]{1,32}")
_DEEPEST = 8
_WIDEST = 40


def letter_of(update: RawUpdate) -> Letter:
    """What is kept of an update that has a fit id. ASCII, so that any database can hold any of it."""
    return Letter(update["update_id"], whose(update), json.dumps(update, separators=(",", ":")))


def raw_of(letter: Letter) -> dict[str, Any]:
    """The update, as it was sent."""
    update: dict[str, Any] = json.loads(letter.body)
    return update


def whose(update: RawUpdate) -> int:
    """The id of the person whose turn it is: whoever the update is from."""
    for content in update.values():
        if isinstance(content, dict) and isinstance(sender := content.get("from"), dict):
            person = sender.get("id")
            return person if is_fit_id(person) else NOBODY
    return NOBODY


def tapped_message(update: RawUpdate) -> int | None:
    """The message under which this tap was made; ``None`` if this is no tap, or its message is unknown."""
    query = update.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    message_id = message.get("message_id") if isinstance(message, dict) else None
    return message_id if isinstance(message_id, int) else None


def shape_of(value: object) -> str:
    """What an update is built of, as JSON, without what stands in it: no words, no ids, no names."""
    return json.dumps(_shape(value, 0), separators=(",", ":"))


def _shape(value: object, depth: int, key: str = "") -> object:
    match value:
        case dict() | list() if depth == _DEEPEST:
            return "deeper"
        case dict():
            inner = list(value.items())[:_WIDEST]
            # A key is Telegram's word; one that does not look like it may be somebody's.
            return {
                str(name) if _NAME.fullmatch(str(name)) else "?": _shape(each, depth + 1, str(name))
                for name, each in inner
            }
        case list():
            return [_shape(each, depth + 1) for each in value[:_WIDEST]]
        case str() if key in _SAFE_TO_TELL and _NAME.fullmatch(value):
            return value
        case str():
            return f"str({len(value)})"
        case _:
            return type(value).__name__

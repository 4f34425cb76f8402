"""Between an update as Telegram sent it and the letter that is kept of it. Nothing here judges what is in it."""

from __future__ import annotations

import json
import re

from bot import fast_json
from bot.guide.ports import Letter
from bot.telegram_io.ports import RawUpdate
from bot.telegram_io.raw import is_fit_id

NOBODY = 0
"""Whose turn an update of nobody's is."""

_SAFE_TO_TELL = frozenset({"type", "status"})
_NAME = re.compile(r"[a-z_]{1,32}")
_LATELY, _ORDINARY_LENGTH = 128, 20_000
"""So many updates of at most so many characters are remembered, for to read one from its letter takes a while."""
_lately: dict[str, RawUpdate] = {}
"""The latest ones, by what is kept of them."""
_DEEPEST = 8
_WIDEST = 40


def letter_of(update: RawUpdate) -> Letter:
    """What is kept of an update that has a fit id. Control characters are escaped, so any database can hold it."""
    body = fast_json.dumps(update)
    _remember(body, update)
    return Letter(update["update_id"], whose(update), body)


def raw_of(letter: Letter) -> RawUpdate:
    """The update, as it was sent. It is looked at several times on its way, and not to be changed."""
    update = _lately.get(letter.body)
    if update is None:
        update = fast_json.loads(letter.body)
        _remember(letter.body, update)
    return update


def forget(letter: Letter) -> None:
    """It is done with: no words of people are to stay longer than they are needed."""
    _lately.pop(letter.body, None)


def _remember(body: str, update: RawUpdate) -> None:
    if len(body) <= _ORDINARY_LENGTH:
        _lately[body] = update
        if len(_lately) > _LATELY:
            del _lately[next(iter(_lately))]


def whose(update: RawUpdate) -> int:
    """Whose turn it is: the person whom the update is from; of a message in a group, the group as a whole.

    A group's id is negative, so that the two cannot be taken for each other.
    """
    for content in update.values():
        if isinstance(content, dict) and isinstance(sender := content.get("from"), dict):
            chat = content.get("chat")
            group = chat.get("id") if isinstance(chat, dict) else None
            person = sender.get("id")
            if is_fit_id(group) and group < NOBODY:
                return group
            return person if is_fit_id(person) and person > NOBODY else NOBODY
    return NOBODY


def contents_of(update: RawUpdate) -> list[str]:
    """What kinds of things happened: by Telegram's rule one, or one that this program does not know."""
    return [name for name in update if name != "update_id"]


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

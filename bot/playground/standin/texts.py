"""A text as the bot sent it -> the text and entities as Telegram stores them.

Telegram cleans control characters, cuts white space off both ends, drops empty entities, keeps code apart
from other formatting, joins equal neighbours, and marks links and commands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from . import html
from .entities import add_detected, from_utf16, to_utf16, utf16
from .links import LinkError, check_link
from .nesting import nested, shrunk
from .params import Params
from .rules import bad_request

Json = dict[str, Any]
Users = Callable[[int], Json | None]

KINDS: Final = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
DETECTED: Final = frozenset(["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"])
FIELDS: Final = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}

_CONTROL: Final = re.compile("[\x00-\x08\x09\x0b\x0c\x0e-\x1f]")
_REMOVED: Final = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def formatted(
    params: Params,
    name: str,
    users: Users,
    *,
    mode_name: str = "parse_mode",
    entities_name: str = "entities",
    empty: str | None = None,
) -> tuple[str, list[Json]]:
    """The text parameter `name` with its formatting, ready to store.

    `users` finds the people that are mentioned by id. `empty` is the complaint when nothing is left; None
    allows an empty text. Raises ApiError as Telegram words it.
    """
    source = params.text(name)
    if _SURROGATE.search(source):
        raise bad_request("strings must be encoded in UTF-8")
    mode = params.text(mode_name).lower()
    if mode in ("markdown", "markdownv2"):
        raise bad_request("the stand-in does not know parse_mode Markdown; use HTML or entities")
    if mode not in ("", "html", "none"):
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        try:
            text, entities = html.parse(source)
        except html.HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    else:
        text, entities = source, [_given(entity) for entity in params.array(entities_name)]
    if not entities and text.isascii() and not _CONTROL.search(text) and "\r" not in text:
        return _finish(text.strip(" \n"), [], empty)
    return _fixed(text, _with_users(entities, users), empty)


def _finish(text: str, entities: list[Json], empty: str | None) -> tuple[str, list[Json]]:
    if not text and empty is not None:
        raise bad_request(empty)
    return text, add_detected(text, entities)


def _given(entity: Any) -> Json:
    """One entity from the `entities` parameter, checked."""
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for field in ("type", "offset", "length"):
        if field not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
    kind, offset, length = entity["type"], entity["offset"], entity["length"]
    if kind not in KINDS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if not isinstance(offset, int) or not 0 <= offset <= 1_000_000:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if not isinstance(length, int) or not 0 <= length <= 1_000_000:
        raise bad_request(f"receive an entity with incorrect length {length}")
    kept: Json = {"offset": offset, "length": length, "type": kind}
    if kind in FIELDS:
        needed = FIELDS[kind]
        if needed not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
        kept[needed] = entity[needed]
    if kind == "text_link":
        try:
            kept["url"] = check_link(str(entity["url"]))
        except LinkError as error:
            raise bad_request(f"entity URL '{entity['url']}' is invalid: {error}") from None
    for field in ("language", "date_time_format"):
        if entity.get(field):
            kept[field] = entity[field]
    return kept


def _with_users(entities: list[Json], users: Users) -> list[Json]:
    """Mentions by id get the whole user; those of unknown people are dropped, as by Telegram."""
    known = []
    for entity in entities:
        if entity["type"] != "text_mention":
            known.append(entity)
        elif user := users(entity["user"].get("id", 0)):
            known.append({**entity, "user": user})
    return known


def _fixed(text: str, entities: list[Json], empty: str | None) -> tuple[str, list[Json]]:
    spans = from_utf16(text, [entity for entity in entities if entity["type"] not in DETECTED])
    text, spans = _cleaned(text, spans)
    spans = shrunk(text, nested(shrunk(text, spans)))
    text, spans = _trimmed(text, spans)
    return _finish(text, to_utf16(text, spans), empty)


def _cleaned(text: str, spans: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces; carriage returns and what breaks lines apart go."""
    text = _CONTROL.sub(" ", text)
    removed = [match.start() for match in _REMOVED.finditer(text)]
    if not removed:
        return text, spans

    def moved(position: int) -> int:
        return position - sum(1 for place in removed if place < position)

    kept = [{**span, "start": moved(span["start"]), "end": moved(span["end"])} for span in spans]
    return _REMOVED.sub("", text), kept


def _trimmed(text: str, spans: list[Json]) -> tuple[str, list[Json]]:
    """White space goes from the end, and from the beginning up to the first entity."""
    text = text.rstrip(" \n")
    first = min((span["start"] for span in spans), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    moved = [
        {**span, "start": span["start"] - lead, "end": min(span["end"], len(text)) - lead}
        for span in spans
        if span["start"] < len(text)
    ]
    return text[lead:], moved


def too_long(text: str, limit: int) -> bool:
    """Whether the text is over the limit in UTF-16 code units."""
    return len(text) > limit or (len(text) * 2 > limit and utf16(text) > limit)

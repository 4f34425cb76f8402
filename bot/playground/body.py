"""Reading the JSON that the page sends: each fault is one line that names the field."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from aiohttp import web

Json = dict[str, Any]

NAME_CHARACTERS: Final = 64
TEXT_UNITS: Final = 4096
DATA_BYTES: Final = 64
QUERY_CHARACTERS: Final = 256
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def bad(text: str) -> web.HTTPBadRequest:
    """A 400 with one line."""
    return web.HTTPBadRequest(text=text)


async def read(request: web.Request) -> Json:
    """The request's JSON object. Raises HTTP 400, 413 or 415 with one line."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Content-Type: send application/json")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise bad("the body is not JSON") from None
    if not isinstance(body, dict):
        raise bad("the body is not a JSON object")
    return body


def string(body: Json, key: str) -> str:
    """A text that is not blank and is proper Unicode."""
    value = body.get(key)
    if not isinstance(value, str) or not value.strip():
        raise bad(f"{key}: give a text that is not empty")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise bad(f"{key}: holds half a character (a lone surrogate)") from None
    return value


def name(body: Json) -> str:
    """A person's name, as long as Telegram allows a first name to be."""
    value = string(body, "name").strip()
    if len(value) > NAME_CHARACTERS:
        raise bad(f"name: at most {NAME_CHARACTERS} characters, this has {len(value)}")
    return value


def language(body: Json, default: str | None = None) -> str:
    """A language code as Telegram's apps give it: `en`, `pt-br`, `zh-hans`."""
    if default is not None and "language" not in body:
        return default
    value = string(body, "language").strip().lower()
    if not LANGUAGE.fullmatch(value):
        raise bad(f"language: {value[:40]!r} is not a language code such as en or pt-br")
    return value


def text(body: Json, key: str = "text") -> str:
    """A message's text or caption: at most 4,096 UTF-16 units, as Telegram's apps send it."""
    value = string(body, key)
    units = len(value.encode("utf-16-le")) // 2
    if units > TEXT_UNITS:
        raise bad(f"{key}: at most {TEXT_UNITS} characters, this has {units}")
    return value


def data(body: Json) -> str:
    """A button's callback data: 1 to 64 bytes."""
    value = string(body, "data")
    if len(value.encode()) > DATA_BYTES:
        raise bad(f"data: at most {DATA_BYTES} bytes")
    return value


def query(body: Json) -> str:
    """What is typed in inline mode, perhaps nothing: at most 256 characters."""
    typed = body.get("query")
    value = "" if isinstance(typed, str) and not typed.strip() else string(body, "query")
    if len(value) > QUERY_CHARACTERS:
        raise bad(f"query: at most {QUERY_CHARACTERS} characters, this has {len(value)}")
    return value


def integers(body: Json, key: str) -> list[int]:
    """A list of whole numbers, each once."""
    value = body.get(key)
    if not isinstance(value, list) or any(
        not isinstance(item, int) or isinstance(item, bool) for item in value
    ):
        raise bad(f"{key}: give a list of whole numbers")
    return sorted(set(value))


def integer(body: Json, key: str) -> int:
    """A whole number."""
    value = body.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad(f"{key}: give a whole number")
    return value

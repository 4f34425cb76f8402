"""Message entities: UTF-16 lengths, what Telegram finds by itself in a text, and its trimming of texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any, Final

from .rules import bad_request

Json = dict[str, Any]


def utf16(text: str) -> int:
    """The length in UTF-16 code units, in which Telegram counts offsets and limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


_DETECTED: Final = re.compile(
    r"""
      (?P<url>\bhttps?://[^\s<>"«»“”]+ | (?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+
          (?:com|org|net|io|ai|edu|gov|me|co|app|dev|info|de|uk|es|fr|top)\b(?:/[^\s<>"«»“”]*)?)
    | (?P<email>(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b)
    | (?P<bot_command>(?<![\w/@<>])/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/]))
    | (?P<mention>(?<![\w@/.])@[a-z][a-z0-9_]{3,31}(?![\w@]))
    | (?P<hashtag>(?<![\w#])\#(?=\w*[^\W\d])\w{1,256})
    | (?P<cashtag>(?<![\w$])\$[A-Z]{1,8}(?!\w))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_TRIGGER: Final = re.compile(r"[/@#$.]")


def detect(text: str) -> list[Json]:
    """The entities that Telegram marks by itself: links, e-mail addresses, commands, mentions, tags."""
    if not _TRIGGER.search(text):
        return []
    found = []
    for match in _DETECTED.finditer(text):
        kind = str(match.lastgroup)
        value = match.group()
        if kind == "url":
            value = value.rstrip(".,:;!?'\")]}…")
        found.append({"offset": utf16(text[: match.start()]), "length": utf16(value), "type": kind})
    return found


def add_detected(text: str, entities: list[Json]) -> list[Json]:
    """The entities given plus those detected outside of them (or anywhere beneath mere formatting)."""
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    detected = [
        entity
        for entity in detect(text)
        if not any(
            start < entity["offset"] + entity["length"] and entity["offset"] < end for start, end in closed
        )
    ]
    return in_order([*entities, *detected])


def _wide(text: str) -> list[int]:
    """Where the characters are that take two UTF-16 code units."""
    return [match.start() for match in _ASTRAL.finditer(text)]


def from_utf16(text: str, entities: list[Json]) -> list[Json]:
    """Spans with `start` and `end` in characters instead of UTF-16 offsets and lengths.

    Raises ApiError when an entity lies outside the text or cuts a character in two.
    """
    # The wide characters' own UTF-16 offsets; each before an offset makes it one more than the index.
    wide = [place + count for count, place in enumerate(_wide(text))]
    size = len(text) + len(wide)
    spans = []
    for entity in entities:
        offset, end = entity["offset"], entity["offset"] + entity["length"]
        if offset > size:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        complaint = f"entity beginning at UTF-16 offset {offset} ends"
        if end > size:
            raise bad_request(f"{complaint} after the end of the text at UTF-16 offset {end}")
        before, until = bisect_left(wide, offset), bisect_left(wide, end)
        if before and wide[before - 1] == offset - 1:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {offset}")
        if until and wide[until - 1] == end - 1:
            raise bad_request(f"{complaint} in a middle of a UTF-16 symbol at byte offset {end}")
        rest = {key: value for key, value in entity.items() if key not in ("offset", "length")}
        spans.append({**rest, "start": offset - before, "end": end - until})
    return spans


def to_utf16(text: str, spans: list[Json]) -> list[Json]:
    """The reverse of from_utf16."""
    wide = _wide(text)
    entities = []
    for span in spans:
        rest = {key: value for key, value in span.items() if key not in ("start", "end")}
        start, end = (place + bisect_left(wide, place) for place in (span["start"], span["end"]))
        entities.append({"offset": start, "length": end - start, **rest})
    return entities


PRIORITY: Final = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49} | {
    kind: 90 + at for at, kind in enumerate(("bold", "italic", "underline", "strikethrough", "spoiler"))
}
"""Which of two entities over the same text is the outer one; 50 for all others."""


def in_order(entities: list[Json]) -> list[Json]:
    """Sorted as Telegram sends them: by offset, the longer one first, then by kind."""
    return sorted(
        entities,
        key=lambda item: (item["offset"], -item["length"], PRIORITY.get(item["type"], 50)),
    )

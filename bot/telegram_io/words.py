"""Makes words from outside safe to show: no control characters, no bidirectional tricks."""

from __future__ import annotations

import re
import unicodedata

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""Control characters but tab and newline, embeddings and overrides of direction, halves of surrogate pairs.

The last can stand in the JSON that Telegram sends, but cannot be written as UTF-8.
"""

_ISOLATES = re.compile("[\u2066-\u2069]")
_OPENERS = "\u2066\u2067\u2068"
_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def clean(text: str) -> str:
    """``text`` without what cannot be shown, or what would turn the direction of the words after it."""
    text = _UNSHOWABLE.sub("", text)
    if _ISOLATES.search(text) and not _isolates_match(text):
        text = _ISOLATES.sub("", text)
    return text


def shown_name(name: str) -> str:
    """A person's name, fit to stand in the middle of a sentence.

    On one line, and isolated if it runs from right to left, so that the digits and commas after it keep their
    place (https://www.w3.org/International/questions/qa-bidi-unicode-controls).
    """
    one_line = " ".join(_ISOLATES.sub("", clean(name)).split())
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in one_line):
        return f"{_FIRST_STRONG_ISOLATE}{one_line}{_POP_ISOLATE}"
    return one_line


def _isolates_match(text: str) -> bool:
    depth = 0
    for character in _ISOLATES.findall(text):
        depth += 1 if character in _OPENERS else -1
        if depth < 0:
            return False
    return depth == 0

"""How entities may lie over one another, in spans of characters with `start` and `end`.

Telegram drops empty entities, keeps code apart from other formatting, joins equal neighbours and lets links,
quotes and code overlap only where one holds the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from .entities import PRIORITY

Json = dict[str, Any]

SPLITTABLE: Final = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE: Final = ("code", "pre")
QUOTES: Final = ("blockquote", "expandable_blockquote")
HIDDEN: Final = ("text_link", "text_mention", "custom_emoji", "date_time")


def shrunk(text: str, spans: list[Json]) -> list[Json]:
    """Without the white space that entities begin with, and without those that cover nothing else."""
    hidden = {span["start"] for span in spans if span["type"] in HIDDEN}
    kept = []
    for span in spans:
        start, end = span["start"], span["end"]
        if span["type"] not in HIDDEN:
            while start < end and text[start] in " \n" and start not in hidden:
                start += 1
            if not text[start:end].strip(" \n") and not any(start <= place < end for place in hidden):
                continue
        if start < end:
            kept.append({**span, "start": start, "end": end})
    return _in_order(kept)


def _in_order(spans: Iterable[Json]) -> list[Json]:
    return sorted(spans, key=lambda span: (span["start"], -span["end"], PRIORITY.get(span["type"], 50)))


def nested(spans: list[Json]) -> list[Json]:
    """Entities that nest as Telegram allows; the spans must be in order."""
    if _valid(spans):
        return spans
    fixed = _apart([span for span in spans if span["type"] not in (*SPLITTABLE, *QUOTES)])
    quotes = _apart([span for span in spans if span["type"] in QUOTES])
    for quote in quotes:
        fixed = [span for span in fixed if _inside(span, quote) or _outside(span, quote)]
    return _split([span for span in spans if span["type"] in SPLITTABLE], [*fixed, *quotes])


def _valid(spans: list[Json]) -> bool:
    stack: list[Json] = []
    ends: dict[str, int] = {}
    for span in spans:
        while stack and span["start"] >= stack[-1]["end"]:
            stack.pop()
        kind = span["type"]
        if stack:
            parent = stack[-1]["type"]
            continuous = parent not in SPLITTABLE and parent not in QUOTES
            if span["end"] > stack[-1]["end"] or parent in CODE:
                return False
            if (kind in CODE and parent not in QUOTES) or (kind not in SPLITTABLE and continuous):
                return False
            if kind in QUOTES and any(other["type"] in QUOTES for other in stack):
                return False
        if kind in SPLITTABLE:
            if ends.get(kind, -1) >= span["start"]:
                return False
            ends[kind] = span["end"]
        stack.append(span)
    return True


def _apart(spans: list[Json]) -> list[Json]:
    """Those that do not overlap an earlier one."""
    kept: list[Json] = []
    for span in spans:
        if not kept or span["start"] >= kept[-1]["end"]:
            kept.append(span)
    return kept


def _inside(inner: Json, outer: Json) -> bool:
    return bool(outer["start"] <= inner["start"] and inner["end"] <= outer["end"])


def _outside(one: Json, other: Json) -> bool:
    return bool(one["end"] <= other["start"] or other["end"] <= one["start"])


def _split(spans: list[Json], others: list[Json]) -> list[Json]:
    """Bold and its like: joined where equal ones touch, cut where others begin or end, never within code."""
    joined = [span for kind in SPLITTABLE for span in _joined(s for s in spans if s["type"] == kind)]
    cuts = {edge for span in others for edge in (span["start"], span["end"])}
    cuts |= {span["start"] for span in joined}
    code = [span for span in others if span["type"] in CODE]
    pieces = []
    for span in joined:
        edges = sorted({span["start"], span["end"], *(c for c in cuts if span["start"] < c < span["end"])})
        for start, end in pairwise(edges):
            piece = {**span, "start": start, "end": end}
            if not any(_inside(piece, block) for block in code):
                pieces.append(piece)
    return sorted(
        [*others, *pieces], key=lambda span: (span["start"], -span["end"], span["type"] in SPLITTABLE)
    )


def _joined(spans: Iterable[Json]) -> list[Json]:
    result: list[Json] = []
    for span in spans:
        if result and span["start"] <= result[-1]["end"]:
            result[-1] = {**result[-1], "end": max(result[-1]["end"], span["end"])}
        else:
            result.append(span)
    return result

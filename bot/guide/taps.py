"""Buttons carry their whole meaning: a :class:`Tap` is a typed value, in a button's data a short string.

A tap states its target ("this task: ticked"), never a toggle, so that tapping twice, late or after a
restart is harmless. What people send back is untrusted: :meth:`TapCodec.decode` gives a typed value or
``None``, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import ClassVar, get_type_hints

MAX_BYTES = 64
"""Telegram's limit for a button's data (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,31}")
# No longer than an id may be (bot.content.fields.Id): what came in is carried on in other buttons' data.
_WORD = re.compile(r"[a-z0-9_-]{0,25}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")


class ZoneName(str):
    """The name of a time zone, or what looks like one (https://data.iana.org/time-zones/theory.html#naming)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tap:
    """Base of all taps. Fields are ``str`` (an id or empty), ``bool``, ``int`` or :class:`ZoneName`.

    ``tag`` is unique.
    """

    tag: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Go(Tap):
    """Open the first screen of an area."""

    tag: ClassVar[str] = "g"
    area: str


@dataclass(frozen=True, slots=True)
class Open(Tap):
    """Open one entry. ``back`` is the step that led there, or empty."""

    tag: ClassVar[str] = "o"
    collection: str
    id: str
    back: str = ""


@dataclass(frozen=True, slots=True)
class Continue(Tap):
    """Go on with the getting-started steps where the person is now."""

    tag: ClassVar[str] = "n"


LONGEST_COLLECTION = 10
"""Characters: :class:`Open` then fits a button with the longest ids."""

COMMON_TAPS: tuple[type[Tap], ...] = (Go, Open, Continue)


@lru_cache(maxsize=8_192)
def encode(tap: Tap) -> str:
    """A tap as a button's data. ``ValueError`` over 64 bytes; limits on ids make that impossible."""
    values = (getattr(tap, field.name) for field in fields(tap))
    data = ":".join(
        (tap.tag, *(str(int(value)) if isinstance(value, bool) else str(value) for value in values))
    )
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"a button's data may have {MAX_BYTES} bytes, not {len(data.encode())}: {data}")
    return data


class TapCodec:
    """Turns the data of buttons back into taps of the known types."""

    def __init__(self, types: Iterable[type[Tap]]) -> None:
        self._types: dict[str, tuple[type[Tap], tuple[type, ...]]] = {}
        for type_ in types:
            if type_.tag in self._types:
                raise ValueError(
                    f"two taps have the tag {type_.tag!r}: {type_.__name__} and {self._types[type_.tag][0].__name__}"
                )
            hints = get_type_hints(type_)
            self._types[type_.tag] = (type_, tuple(hints[field.name] for field in fields(type_)))

    def __or__(self, other: TapCodec) -> TapCodec:
        """A codec that knows the types of both. ``ValueError`` if they have a tag in common."""
        return TapCodec(type_ for codec in (self, other) for type_, _ in codec._types.values())

    def decode(self, data: str) -> Tap | None:
        """The tap that ``data`` stands for, or ``None`` if it is forged, cut off or of a former version."""
        tag, *parts = data.split(":")
        known = self._types.get(tag)
        if known is None or len(parts) != len(known[1]):
            return None
        type_, hints = known
        values = [_value(part, hint) for part, hint in zip(parts, hints, strict=True)]
        return None if None in values else type_(*values)


def _value(part: str, hint: type) -> str | int | bool | None:
    if hint is bool:
        return {"0": False, "1": True}.get(part)
    if hint is int:
        return int(part) if _NUMBER.fullmatch(part) else None
    if hint is ZoneName:
        return ZoneName(part) if _ZONE.fullmatch(part) else None
    return part if _WORD.fullmatch(part) else None

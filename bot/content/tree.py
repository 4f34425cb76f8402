"""What stands in a YAML file, each value with its place, so that every fault can name its line.

A value in a mapping has the line of its key, an item of a list its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.errors import Fault

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Longer than any number that means something here; Python refuses to read those of thousands of digits.
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file, the line (from 1; 0: the whole file), and under which key or position of what."""

    path: str
    line: int
    key: str | int = ""
    holder: Place | None = None

    @property
    def where(self) -> str:
        """The way to it: ``faq[3].id``. Seldom asked for; written out at every place it took a third of a tree."""
        above = self.holder.where if self.holder else ""
        if isinstance(self.key, int):
            return f"{above}[{self.key}]"
        return f"{above}.{self.key}" if above and self.key else above or self.key

    def fault(self, message: str) -> Fault:
        return Fault(self.path, self.line, self.where, message)

    def below(self, key: str) -> Place:
        """The place of a key that is not there: in the line of what should hold it."""
        return Place(self.path, self.line, key, self)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value. ``plain``: it stands without quotes, so that it may be a number, a date or true/false."""

    place: Place
    text: str
    plain: bool

    @property
    def value(self) -> str | int | float | bool | date:
        """What it means. Only ``true`` and ``false``, decimal numbers and ``YYYY-MM-DD`` are more than text.

        YAML 1.1 reads ``no`` as false, ``12:30`` as 750 and ``017`` as 15: here they are text.
        """
        text = self.text
        if not self.plain or not text or text[0] not in "-0123456789tf":
            return text
        if text in ("true", "false"):
            return text == "true"
        if len(text) <= _LONGEST_NUMBER:
            if _INTEGER.fullmatch(text):
                return int(text)
            if _DECIMAL.fullmatch(text):
                return float(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return text
        return text


@dataclass(frozen=True, slots=True)
class Items:
    """A list. ``flow``: written in brackets."""

    place: Place
    items: list[Tree] = field(default_factory=list)
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping. ``words_place``: if it was put together from two files, where its words stand."""

    place: Place
    pairs: dict[str, Tree] = field(default_factory=dict)
    flow: bool = False
    words_place: Place | None = None

    @property
    def place_of_words(self) -> Place:
        return self.words_place or self.place


@dataclass(frozen=True, slots=True)
class Broken:
    """Something whose fault is already known: nothing more is to be said about it."""

    place: Place
    id: str | None = None


Tree = Leaf | Items | Pairs | Broken

BROKEN: Final = object()
"""The value of :class:`Broken`: of no type that content may have."""


def value_of(tree: Tree) -> object:
    """The tree as plain values: ``dict``, ``tuple``, text, numbers, dates."""
    match tree:
        case Leaf():
            return tree.value
        case Pairs():
            return {key: value_of(value) for key, value in tree.pairs.items()}
        case Items():
            return tuple(value_of(item) for item in tree.items)
        case Broken():
            return BROKEN


def id_of(tree: Tree) -> str | None:
    """The id of an entry, or ``None`` if it has none that could be one."""
    if isinstance(tree, Broken):
        return tree.id
    if isinstance(tree, Pairs) and isinstance(leaf := tree.pairs.get("id"), Leaf):
        return leaf.text
    return None


def entries_of(tree: Items) -> dict[str, Pairs]:
    """The entries of a list by id; of two with the same id the first."""
    found: dict[str, Pairs] = {}
    for item in tree.items:
        if isinstance(item, Pairs) and (id_ := id_of(item)):
            found.setdefault(id_, item)
    return found


def former_ids(entry: Pairs) -> dict[str, Place]:
    """The ids that an entry had before, and where each is named."""
    names = entry.pairs.get("renamed_from")
    items = names.items if isinstance(names, Items) else ()
    return {item.text: item.place for item in items if isinstance(item, Leaf)}

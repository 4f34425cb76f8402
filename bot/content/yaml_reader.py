"""One YAML file -> a :data:`~bot.content.tree.Tree`, by rules stricter than YAML's.

No anchors, aliases, merge keys, tags, second documents, duplicate keys or empty values. Built on
PyYAML's events, in C where it has them; no object is ever constructed from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.content import yaml_traps
from bot.content.tree import Broken, Items, Leaf, Pairs, Place, Tree
from bot.errors import Fault

MOST_BYTES = 1_000_000
DEEPEST = 20
FASTEST_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only its scanner and parser are used, never its constructors."""

# Control characters, which YAML forbids, and the line breaks that no editor counts as such.
_UNFIT = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class _StopError(Exception):
    """Nothing more can be read in this file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def read_yaml(
    data: bytes, path: str, *, loader: type[Any] = FASTEST_LOADER
) -> tuple[Pairs | None, list[Fault]]:
    """The mapping that a file holds, and what is wrong with it. ``None``: so wrong that it could not be read."""
    reader = _Reader(path)
    try:
        return reader.read(_decoded(data), loader), reader.faults
    except _StopError as stop:
        others = [fault for fault in reader.faults if fault.line != stop.line]
        return None, [*others, Fault(path, stop.line, "", stop.message)]


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _StopError(0, f"the file has more than {MOST_BYTES:,} bytes; split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _StopError(0, "the file is saved as UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"0x{data[error.start]:02X}"
        raise _StopError(line, f"the byte {found} is not UTF-8; save the file as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unfit := _UNFIT.search(text):
        line = text.count("\n", 0, unfit.start()) + 1
        raise _StopError(line, f"an invisible character (U+{ord(unfit[0]):04X}) stands here; take it out")
    if not text.strip():
        raise _StopError(0, "the file is empty; write its content or delete it")
    return text


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.lines: list[str] = []
        self.events: Iterator[Any] = iter(())

    def read(self, text: str, loader: type[Any]) -> Pairs:
        self.lines = text.split("\n")
        self.events = yaml.parse(text, Loader=loader)
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise _StopError(*yaml_traps.explain(error, self.lines)) from None

    def _document(self) -> Pairs:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _StopError(0, "the file holds nothing but remarks; write its content or delete it")
        start = next(self.events)
        if not isinstance(start, yaml.MappingStartEvent) or start.flow_style:
            raise _StopError(self._line(start), yaml_traps.about_start(self.lines[self._line(start) - 1]))
        if refusal := yaml_traps.about_node(start):
            raise _StopError(self._line(start), refusal)
        tree = self._pairs(start, Place(self.path, 1), depth=1)
        next(self.events)  # the end of the document
        if isinstance(second := next(self.events), yaml.DocumentStartEvent):
            raise _StopError(
                self._line(second), "a second document begins here; a file holds one, so take '---' out"
            )
        return tree if isinstance(tree, Pairs) else Pairs(tree.place)

    def _node(self, event: Any, place: Place, depth: int) -> Tree:
        if depth > DEEPEST:
            raise _StopError(
                self._line(event), f"values stand more than {DEEPEST} levels deep; nothing needs that"
            )
        known = len(self.faults)
        match event:
            case yaml.ScalarEvent():
                tree = self._leaf(event, place)
            case yaml.MappingStartEvent():
                tree = self._pairs(event, place, depth)
            case yaml.SequenceStartEvent():
                tree = self._items(event, place, depth)
            case _:
                tree = Leaf(place, "", plain=False)
        if refusal := yaml_traps.about_node(event):
            del self.faults[known:]
            return self._broken(place, refusal)
        return tree

    def _leaf(self, event: Any, place: Place) -> Tree:
        text, end = event.value, event.end_mark
        if not event.style and not event.tag and not event.anchor:
            behind = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
            if trap := yaml_traps.about_plain(text, behind, self.lines[place.line - 1]):
                return self._broken(place, trap)
        return Leaf(place, text, plain=not event.style)

    def _items(self, start: Any, place: Place, depth: int) -> Items:
        tree = Items(place, flow=bool(start.flow_style))
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item = Place(self.path, self._line(event), len(tree.items), place)
            tree.items.append(self._node(event, item, depth + 1))
        return tree

    def _pairs(self, start: Any, place: Place, depth: int) -> Pairs | Broken:
        tree = Pairs(place, flow=bool(start.flow_style))
        known = len(self.faults)
        without_value = False
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, place, depth)
            value = next(self.events)
            tree_of_value = self._node(value, key, depth + 1)
            without_value |= isinstance(value, yaml.ScalarEvent) and not (value.value or value.style)
            if not isinstance(event, yaml.ScalarEvent):
                continue
            name = event.value.strip("\xa0")
            if first := tree.pairs.get(name):
                self._broken(key, f"{name!r} stands here a second time (first in line {first.place.line}); "
                             "take one of them out")  # fmt: skip
            elif name == "<<":
                self._broken(key, "'<<' copies a mapping, which is not possible here; write it out")
            else:
                tree.pairs[name] = tree_of_value
        if tree.flow and without_value:
            del self.faults[known:]
            return self._broken(place, yaml_traps.BRACE)
        return tree

    def _key(self, event: Any, place: Place, depth: int) -> Place:
        line = self._line(event)
        if isinstance(event, yaml.ScalarEvent):
            key = Place(self.path, line, event.value, place)
            if refusal := yaml_traps.about_node(event) or yaml_traps.about_key(event.value):
                self._broken(key, refusal)
            return key
        key = Place(self.path, line, "", place)
        if not isinstance(self._node(event, key, depth + 1), Broken):
            self._broken(key, "a key must be a single word and a colon, such as 'title:'")
        return key

    def _broken(self, place: Place, message: str) -> Broken:
        self.faults.append(place.fault(message))
        return Broken(place)

    def _line(self, event: Any) -> int:
        # At the end of a file YAML may count a line more than there is.
        return min(int(event.start_mark.line) + 1, len(self.lines))

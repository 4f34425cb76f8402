"""The small file beside a translation that says which base text each of its texts was made for.

For each text it has a mark of the base text and one of the translation. It is kept by ``python -m bot translations``, never by
hand: whoever changes the translation of a text has thereby brought it up to date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content.tree import Items, Leaf, Pairs, Tree
from bot.content.yaml_reader import read_yaml
from bot.errors import ContentError

RECORD = ".translated.yaml"


def written(tree: Tree | None) -> Iterator[str]:
    """The text itself: of a list each item, of plural forms each with its name."""
    match tree:
        case Leaf(text=text):
            yield text
        case Items(items=items):
            for item in items:
                yield from written(item)
        case Pairs(pairs=pairs):
            for name, value in pairs.items():
                yield f"{name}: {' '.join(written(value))}"


def mark_of(tree: Tree) -> str:
    """Another one for every other text."""
    return hashlib.sha256("\0".join(written(tree)).encode()).hexdigest()[:8]


def halves(mark: str | None) -> tuple[str, str]:
    """Of a line of the record: the mark of the base text, and that of the translation."""
    before, _, after = (mark or "").partition("-")
    return before, after


def read_record(path: Path) -> Mapping[str, str]:
    """By key; empty if there is no such file. Raises :class:`ContentError` for one that was spoiled."""
    if not path.is_file():
        return {}
    tree, faults = read_yaml(path.read_bytes(), str(path))
    if tree is None or faults:
        raise ContentError(faults)
    return {key: leaf.text for key, leaf in tree.pairs.items() if isinstance(leaf, Leaf)}


def write_record(path: Path, marks: Mapping[str, str]) -> None:
    """Raises :class:`OSError` if that cannot be done."""
    lines = [
        "# For each text: a mark of the base text that it was translated from, and one of the translation.",
        "# Kept by `python -m bot translations`; not to be changed by hand.",
        *(f"{key}: {mark}" for key, mark in sorted(marks.items())),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")

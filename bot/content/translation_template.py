"""What a translation lacks, as files that a translator fills in: the base text as a remark above each empty place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from bot.content.grammar import categories
from bot.content.schemas import first_line
from bot.content.translation_record import written
from bot.content.translations import Survey, Text
from bot.content.tree import Items, Leaf, Pairs, Tree
from bot.errors import ContentError, Fault

ENDING = ".missing.yaml"
"""The bot does not read such files."""


def write_templates(found: Survey, language: str) -> tuple[Path, ...]:
    """A file for each kind that lacks something. Raises :class:`ContentError` if one of them is there already."""
    files = {Path(path): list(texts) for path, texts in groupby(found.of("missing"), lambda text: text.path)}
    targets = {path: path.with_name(f"{path.stem}{ENDING}") for path in files}
    there = [target for target in targets.values() if target.exists()]
    if there:
        message = "is there already and is never written over; move what you filled in to the other file, and remove it"
        raise ContentError([Fault(str(path), 0, "", message) for path in there])
    for path, texts in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with targets[path].open("x", encoding="utf-8") as file:
            file.write("\n".join(_lines(path, texts, language)) + "\n")
    return tuple(targets.values())


@dataclass(slots=True)
class _Node:
    below: dict[str, _Node] = field(default_factory=dict)
    entry: bool = False
    text: Text | None = None


def _lines(path: Path, texts: Iterable[Text], language: str) -> Iterator[str]:
    yield first_line(path.stem, up=True, form=".words")
    yield f"# What {path.name} lacks. Write the words between the quotes, then make this file {path.name},"
    yield "# or move its parts to where they belong there. Leave each id and each {word in braces} as it is. What is still empty"
    yield "# is shown in the first language."
    root = _Node()
    for text in texts:
        node = root
        for name, entry in text.way:
            node = node.below.setdefault(name, _Node(entry=entry))
        node.text = text
    yield from _node(root, "", language)


def _node(node: _Node, indent: str, language: str) -> Iterator[str]:
    for name, below in node.below.items():
        if below.entry:
            yield f"{indent}- id: {name}"
            yield from _node(below, f"{indent}  ", language)
        elif below.text:
            yield from _text(name, below.text, indent, language)
        else:
            deeper = indent + "  "
            if not indent:
                yield ""
            yield f"{indent}{name}:"
            yield from _node(below, deeper, language)


def _text(name: str, text: Text, indent: str, language: str) -> Iterator[str]:
    for part in written(text.base):
        for line in part.split("\n"):
            yield f"{indent}# {line}".rstrip()
    yield from _place(name, text.base, indent, language)


def _place(name: str, base: Tree | None, indent: str, language: str) -> Iterator[str]:
    match base:
        case Items(items=items):
            yield f"{indent}{name}:"
            yield from [f'{indent}  - ""'] * len(items)
        case Pairs():
            yield f"{indent}{name}:"
            for form in categories(language):
                yield f'{indent}  {form}: ""'
        case Leaf(text=text) if "\n" in text:
            yield f"{indent}{name}: |-"
            yield f"{indent}  "
        case _:
            yield f'{indent}{name}: ""'

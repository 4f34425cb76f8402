"""The packs of content that tests run on, and copies of them that an author changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.content.library import Library
from bot.content.loader import load
from bot.guide.guide import SPECS

ROOT = Path(__file__).parents[2]
PACKS = {"firstlabel": ROOT / "content", "bread": ROOT / "tests" / "packs" / "bread"}
TODAY = date(2026, 11, 23)


def read(directory: Path) -> Library:
    return load(directory, SPECS, today=TODAY).library


@cache
def pack_library(name: str) -> Library:
    """One of :data:`PACKS`, read once."""
    return read(PACKS[name])


class Author:
    """Somebody with a copy of a pack and an editor."""

    def __init__(self, pack: str, directory: Path) -> None:
        self.directory = directory / pack
        shutil.copytree(PACKS[pack], self.directory)

    def edits(self, kind: str, change: Callable[[Any], None]) -> None:
        """Change a kind's file; both of them if its facts stand apart from its words."""
        for file in self._files(kind):
            _edit(file, change)

    def renames(self, kind: str, collection: str, old: str, new: str) -> None:
        """Give an entry another id, the former one kept beside it (once: with the facts, if they stand apart)."""
        for at, file in enumerate(self._files(kind)):

            def change(data: Any, first: bool = at == 0) -> None:
                for entry in entries(data, collection):
                    if entry["id"] == old:
                        entry["id"] = new
                        if first:
                            entry["renamed_from"] = [*entry.get("renamed_from", ()), old]

            _edit(file, change)

    def switches_off(self, area: str) -> None:
        self.edits("bot", lambda data: data["areas"].remove(area))

    def removes(self, kind: str, id_: str) -> None:
        """Take an entry out of a kind, and every link to it out of all files."""

        def remove(data: Any) -> None:
            data[kind] = [entry for entry in data[kind] if entry["id"] != id_]

        self.edits(kind, remove)
        self.unlinks(kind, {id_})

    def removes_file(self, kind: str) -> None:
        """Take a whole kind out, and every link into it out of all files."""
        for file in self.directory.glob(f"**/{kind}.yaml"):
            file.unlink()
        self.unlinks(kind, None)

    def unlinks(self, kind: str, ids: set[str] | None) -> None:
        """Take links to these entries of a kind, or to all of them, out of every file."""
        for file in self.directory.glob("*/*.yaml"):
            if file.stem != "ui":
                self.edits(file.stem, lambda data: _unlink(data, kind, ids))

    def asks_everybody(self) -> None:
        """Let the matching know nothing from the welcome questions."""

        def forget(data: Any) -> None:
            for question in data["questions"]:
                question.pop("known_from", None)

        self.edits("matching", forget)

    def _files(self, kind: str) -> list[Path]:
        """Those of a kind, the one with the facts first."""
        files = sorted(self.directory.glob(f"**/{kind}.yaml"), key=lambda path: len(path.parts))
        assert files, f"there is no {kind}.yaml"
        return files

    def publishes(self) -> Library:
        return read(self.directory)


def entries(data: Any, collection: str) -> list[dict[str, Any]]:
    """The entries of a file's collection; ``steps.tasks`` means those of all its entries."""
    first, *deeper = collection.split(".")
    found: list[dict[str, Any]] = data.get(first, [])
    for name in deeper:
        found = [inner for entry in found for inner in entry.get(name, ())]
    return found


class _Plain(yaml.SafeDumper):
    """Writes what stands twice out twice, as authors do."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _edit(file: Path, change: Callable[[Any], None]) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    change(data)
    file.write_text(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False), "utf-8")


def _unlink(data: Any, kind: str, ids: set[str] | None) -> None:
    if isinstance(data, list):
        for each in data:
            _unlink(each, kind, ids)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        if key == "links" and kind in value:
            value[kind] = [id_ for id_ in value[kind] if ids and id_ not in ids]
        elif key == "related" and isinstance(value, list):
            data[key] = [id_ for id_ in value if not ids or id_ not in ids]
        else:
            _unlink(value, kind, ids)

"""The folder of content: which files stand in it, which are strange, and what is in them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.suggest import did_you_mean
from bot.content.tree import Pairs
from bot.content.yaml_reader import MOST_BYTES, read_yaml
from bot.errors import ContentError, Fault

_IGNORED = re.compile(
    r"\..*|#.*#|.*~|.*\.(md|tmp|swp|bak|orig)|.*\.missing\.yaml|README.*|media|schema", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file that was found. ``tree`` is ``None`` if it cannot be read."""

    path: str
    tree: Pairs | None


@dataclass(slots=True)
class Folder:
    """All files of a content folder; ``files`` by the name of their folder ("" for the top) and their own."""

    shown: Path
    files: dict[tuple[str, str], ContentFile] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    """Names of the folders in it."""
    unreadable: set[str] = field(default_factory=set)
    """Those of them that may not be looked into."""
    faults: list[Fault] = field(default_factory=list)
    version: str = ""

    def get(self, folder: str, name: str) -> ContentFile | None:
        return self.files.get((folder, name))

    def path(self, *parts: str) -> str:
        """A path as the author knows it: with the folder as it was given."""
        return str(self.shown.joinpath(*parts))


def read_folder(directory: Path, kinds: Iterable[str]) -> Folder:
    """Read all files that may be content. Raises :class:`ContentError` if there is no such folder."""
    if not directory.is_dir():
        message = "this is a file; name the folder of the content" if directory.exists() else (
            "there is no such folder; name the folder of the content"
        )  # fmt: skip
        raise ContentError([Fault(str(directory), 0, "", message)])
    return _FolderReader(directory, kinds).read()


class _FolderReader:
    def __init__(self, directory: Path, kinds: Iterable[str]) -> None:
        self.folder = Folder(directory)
        self.real = os.path.realpath(directory)
        self.kinds = [f"{kind}.yaml" for kind in kinds]
        self.digest = hashlib.sha256()

    def read(self) -> Folder:
        for entry in self._entries(self.folder.shown):
            if entry.is_dir():
                self._subfolder(entry)
            else:
                self._file("", entry, ["bot.yaml", *self.kinds])
        self.folder.version = self.digest.hexdigest()[:12]
        return self.folder

    def _entries(self, directory: Path) -> Iterator[Path]:
        try:
            entries = sorted(directory.iterdir())
        except OSError as error:
            self.folder.unreadable.add(directory.name)
            self._fault(directory, f"the folder cannot be read: {error.strerror}")
            return
        for entry in entries:
            if _IGNORED.fullmatch(entry.name):
                continue
            if not self._is_inside(entry):
                self._fault(
                    entry, "this link leads out of the folder of the content; put a copy in its place"
                )
                continue
            yield entry

    def _is_inside(self, entry: Path) -> bool:
        real = os.path.realpath(entry)
        return os.path.commonpath([self.real, real]) == self.real

    def _subfolder(self, directory: Path) -> None:
        name = directory.name
        if not _LANGUAGE.fullmatch(name):
            self._fault(
                directory, "this folder is unknown; a folder here is called like a language, such as en"
            )
            return
        self.folder.languages.append(name)
        for entry in self._entries(directory):
            if entry.is_dir():
                self._fault(entry, "a folder is not expected here; take it out")
            else:
                self._file(name, entry, ["ui.yaml", *self.kinds])

    def _file(self, folder: str, path: Path, known: list[str]) -> None:
        if path.name not in known:
            self._fault(path, self._about_unknown(folder, path.name, known))
            return
        shown = str(path)
        tree = None
        if (data := self._bytes(path)) is not None:
            self.digest.update(f"{folder}/{path.name}\0{len(data)}\0".encode() + data)
            tree, faults = read_yaml(data, shown)
            self.folder.faults.extend(faults)
        self.folder.files[folder, path.name.removesuffix(".yaml")] = ContentFile(shown, tree)

    def _bytes(self, path: Path) -> bytes | None:
        try:
            if not path.is_file():
                self._fault(path, "this is no file that can be read; put a file of text in its place")
                return None
            with path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError as error:
            self._fault(path, f"the file cannot be read: {error.strerror}")
            return None

    def _about_unknown(self, folder: str, name: str, known: list[str]) -> str:
        if name == "ui.yaml":
            return "this file belongs into the folder of a language"
        if name == "bot.yaml":
            return f"this file belongs into {self.folder.shown}"
        if name.endswith(".yml"):
            return f"rename this file to {name.removesuffix('.yml')}.yaml"
        return f"this file is unknown; {did_you_mean(name, known)}"

    def _fault(self, path: Path, message: str) -> None:
        self.folder.faults.append(Fault(str(path), 0, "", message))

"""Where a playground keeps its files: those of each folder of content beside each other, one playground at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import SettingsError

from .subject import FOLDER

LONGEST: Final = 100
"""Bytes of a folder's name in that of a file; a file system takes some 255 in all."""

_ODD: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of the playground that shows this content, in the folder ``data``.

    Each content has its own: its people, their chats and how far they are mean nothing to another.
    """

    data: Path
    content: Path = FOLDER

    @property
    def name(self) -> str:
        """What all names begin with: ``playground``, and for other content than the shipped one which it is."""
        folder, here = self.content.resolve(), Path.cwd()
        if folder == FOLDER.resolve():
            return "playground"
        # Elsewhere folders may well have the same name, so all of the way there counts.
        way = folder.relative_to(here) if here in folder.parents else folder
        return f"playground-{_as_name(str(way))}"

    def file(self, suffix: str) -> Path:
        """The one with this suffix (``.json``)."""
        return self.data / f"{self.name}{suffix}"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Nobody else has them meanwhile. Raises SettingsError with one line when somebody has."""
        path = self.file(".lock")
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SettingsError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
        try:
            self._lock(lock)
            yield
        finally:
            # With it goes the lock, as it would with the process.
            os.close(lock)

    def _lock(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(
                f"{self.file('.*')}: another playground is open on {self.content}: use that one, or stop it;"
                " for a second one beside it copy the content, and name the copy in CONTENT_DIR"
            ) from None


def _as_name(way: str) -> str:
    """The way to a folder as a part of a file's name, another one for each way."""
    plain = _ODD.sub("-", way).strip("-").encode()[-LONGEST:].decode(errors="ignore")
    if plain == way:
        return plain
    # Other ways may well look the same by now.
    return f"{plain}-{hashlib.sha256(os.fsencode(way)).hexdigest()[:8]}"

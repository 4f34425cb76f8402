"""Only one process may serve from an SQLite file: two would answer the same letters.

The lock is the system's, on a file of its own beside the database: it goes with the process, however that ends. It
is not on the database itself, for to close that file again would take away SQLite's own locks
(https://www.sqlite.org/howtocorrupt.html, section 2.2). Copying and looking need no such lock.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import StoreError


class Serving:
    """The right to serve from the database at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Whether it was taken just now; ``False``: it was held already. Raises ``StoreError`` if another has it."""
        if self._file is not None:
            return False
        beside = _beside(self._path)
        try:
            file = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{beside}: cannot be opened ({error.strerror})") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise StoreError(
                f"{self._path}: another bot serves from it: stop that one, or give each its own DATABASE_URL"
            ) from error
        self._file = file
        return True

    def give_up(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def require_unserved(path: Path) -> None:
    """Raises ``StoreError`` if somebody serves from the database at ``path``; makes nothing that is not there."""
    if _beside(path).exists():
        serving = Serving(path)
        serving.take()
        serving.give_up()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}-serving")

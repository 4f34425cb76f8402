"""What SQLite reports, as one line for the person who can mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StoreError

_LOCKED = "another process keeps it locked: stop that one, or give each its own DATABASE_URL"
_CANNOT_WRITE = "the bot may not write it: give its user the right to write the file and the folder it is in"

_MEANINGS: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: "the disk is full: make room",
    sqlite3.SQLITE_IOERR: "the disk does not do what it is asked ({name}): is it full, or failing?",
    sqlite3.SQLITE_READONLY: _CANNOT_WRITE,
    sqlite3.SQLITE_PERM: _CANNOT_WRITE,
    sqlite3.SQLITE_CANTOPEN: "cannot be opened ({name}): is its folder there, and may the bot write in it?",
    sqlite3.SQLITE_CORRUPT: "is damaged: put a backup in its place",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database: move it away, or change DATABASE_URL",
}
"""By primary result code, see https://www.sqlite.org/rescode.html."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns trouble with the database at ``path`` into :class:`~bot.errors.StoreError`.

    Only trouble: what a wrong statement or a wrong value causes is a bug and passes unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        meaning = meaning_of(error)
        if meaning is None:
            raise
        raise StoreError(f"{path}: {meaning}") from error


def meaning_of(error: sqlite3.Error) -> str | None:
    """What is wrong with the database and what to do; ``None`` when it is not the database's fault."""
    # The extended code carries the primary one in its low byte. Errors of Python's own module have no code.
    code = getattr(error, "sqlite_errorcode", None)
    meaning = None if code is None else _MEANINGS.get(code & 0xFF)
    return meaning and meaning.format(name=error.sqlite_errorname)

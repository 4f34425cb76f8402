"""Numbered, forward-only changes of a database's schema, for any backend.

Each backend keeps its own files, ``0001_what_it_does.sql`` and so on without a gap; the same number means the same
step in all of them. A file that has been released is never edited: a later one corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SchemaTooNewError, StoreError

_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. ``number`` counts from 1; ``name`` is the file's, without ``.sql``."""

    number: int
    name: str
    sql: str


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """All migrations of a folder, in order.

    Raises :class:`~bot.errors.StoreError` for a file that is not named ``NNNN_words.sql`` and for a number that is
    missing or given twice: such a program was put together wrongly.
    """
    migrations: list[Migration] = []
    for number, path in enumerate(sorted(folder.glob("*.sql")), start=1):
        named = _FILE_NAME.fullmatch(path.stem)
        if named is None:
            raise StoreError(f"{path}: name a migration by number and purpose, such as 0002_add_inbox.sql")
        if int(named[1]) != number:
            raise StoreError(
                f"{path}: number {number:04d} was expected here; numbers run without gap or double"
            )
        migrations.append(Migration(number, path.stem, path.read_text(encoding="utf-8")))
    return tuple(migrations)


def pending(migrations: Sequence[Migration], version: int, database: str) -> tuple[Migration, ...]:
    """What a database at ``version`` (0: empty) still lacks. ``database`` names it in errors, without a secret.

    Raises :class:`~bot.errors.SchemaTooNewError` when it is ahead of this program.
    """
    if version > len(migrations):
        raise SchemaTooNewError(
            f"{database}: has schema {version}, and this program knows schemas up to {len(migrations)}: "
            "start a newer version of the program"
        )
    return tuple(migrations[version:])

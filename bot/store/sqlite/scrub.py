"""Takes what was erased out of the file's bytes, too.

``secure_delete`` overwrites a deleted row, but not the copies of it that stay behind in the unused part of pages
when SQLite rebalances its trees, nor what stands in the write-ahead log. A VACUUM rebuilds the file from what is
alive, and a checkpoint empties the log. That scrubbing is due is kept in the file itself, in the same transaction as
the erasure, so neither a kill nor a full disk makes it forgotten.

While a file is rebuilt all writes wait, so somebody who erases themselves again and again may not have it done each
time: it is done at once if the last time was long enough ago, and otherwise by the next :meth:`Scrubber.catch_up`.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Collection
from pathlib import Path

AT_ONCE_BYTES = 32 * 1024 * 1024
"""Up to this size a file is rebuilt while the bot serves: it takes about 8 ms a megabyte, and all writes wait."""

EVERY_SECONDS = 600.0
"""So often at most a file is rebuilt right after an erasure."""

_CHECKPOINT_TIMEOUT_MS = 100

logger = logging.getLogger(__name__)


class Scrubber:
    """Decides when to scrub. All of it happens in the thread of the writing connection.

    The letter by which a person asked to be erased holds their name until it is settled, so an erasure that was
    asked for by letter is scrubbed after that.
    """

    def __init__(self, path: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._monotonic = monotonic
        self._last: float | None = None
        self._asked_by: set[int] = set()

    def opened(self, connection: sqlite3.Connection) -> None:
        """At the start: what was left undone, if no letter is in its way."""
        if not is_due(connection):
            return
        self._asked_by = {
            letter for (letter,) in connection.execute("SELECT update_id FROM inbox WHERE answer IS NOT NULL")
        }
        if not self._asked_by:
            scrub(connection, self._path)

    def erased(self, connection: sqlite3.Connection, letters: Collection[int]) -> None:
        """Somebody was erased, asked for by these letters, or by none."""
        self._asked_by.update(letters)
        if not letters:
            self._scrub_if_rested(connection)

    def settled(self, connection: sqlite3.Connection, letters: Collection[int]) -> None:
        """These letters are gone from the inbox."""
        if not self._asked_by.isdisjoint(letters):
            self._asked_by.difference_update(letters)
            self._scrub_if_rested(connection)

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """What is still due, because the last time was not long ago, or because it did not work then."""
        if is_due(connection) and _size(connection) <= AT_ONCE_BYTES:
            self._scrub(connection)

    def _scrub_if_rested(self, connection: sqlite3.Connection) -> None:
        if self._last is None or self._monotonic() - self._last >= EVERY_SECONDS:
            self._scrub(connection)

    def _scrub(self, connection: sqlite3.Connection) -> None:
        self._last = self._monotonic()
        # The letters of others who asked still hold their names, so for these it has to be done again.
        scrub(connection, self._path, AT_ONCE_BYTES, stays_due=bool(self._asked_by))


def is_due(connection: sqlite3.Connection) -> bool:
    # The field of the file's header that SQLite leaves to the application. The schema's version has its own table.
    (flag,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(flag)


def make_due(connection: sqlite3.Connection) -> None:
    """To be called in the transaction that erases."""
    connection.execute("PRAGMA user_version = 1")


def scrub(
    connection: sqlite3.Connection, path: Path, limit: int | None = None, *, stays_due: bool = False
) -> None:
    """Rebuild the file and empty its log; put off to the next start if the file is larger than ``limit`` bytes.

    What cannot be done now stays due, and is logged rather than raised: the erasure itself is committed, and to
    report it as failed would be wrong.
    """
    if limit is not None and _size(connection) > limit:
        logger.info("%s: is large, so what was erased leaves its bytes at the next start", path)
        return
    try:
        connection.execute("VACUUM")
        if _empty_log(connection):
            connection.execute(f"PRAGMA user_version = {int(stays_due)}")
            return
        reason = "another process reads it"
    except sqlite3.Error as error:
        reason = str(error)
    logger.warning("%s: what was erased leaves its bytes later: %s", path, reason)


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages * page_size)


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Whether it worked: a process that reads from the log, such as a backup, keeps it in place.

    For a reader it waits only briefly, for everybody's writes wait with it.
    """
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_TIMEOUT_MS}")
    try:
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy

"""What PostgreSQL and the way to it report, as one line for the person who can mend it."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import asyncpg

from bot.errors import SettingsError, StoreError

_STOPPING = "is stopping or starting"
_LOCKED = "another process keeps it locked"
_NO_CONNECTION = "the connection broke: is the server running?"

_MEANINGS: Mapping[str, str] = {
    "08": _NO_CONNECTION,
    "28": "does not let us in: is the user, and the password, in DATABASE_URL right?",
    "3D": "there is no such database: create it, or change DATABASE_URL",
    "40": "another process was in the way, and this was undone",
    "53": "has no room left (disk, memory or connections): make some",
    "53100": "the disk is full: make room",
    "53300": "has too many connections: raise its max_connections",
    "55P03": _LOCKED,
    "57": _STOPPING,
    "57014": "took too long to answer",
    "58": "its disk does not do what it is asked: look at the server's log",
    "25006": "may not be written: DATABASE_URL names a standby or a read-only server",
    "25P03": _LOCKED,
    "25P04": _LOCKED,
    "42501": "the user of DATABASE_URL may not do that: give it the rights to the database and its schema",
    "XX001": "is damaged: put a backup in its place",
    "XX002": "is damaged: run REINDEX, or put a backup in its place",
}
"""By SQLSTATE, or by the class that its first two characters are.

See https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""


TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
"""What the library raises when the database cannot be used, and for some mistakes."""


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turns trouble with the database at ``place`` into :class:`~bot.errors.StoreError`.

    Only trouble: what a wrong statement or a wrong value causes is a bug and passes unchanged. Whatever the library
    says about a URL may quote it, so that goes no further.
    """
    try:
        yield
    except asyncpg.ClientConfigurationError:
        raise SettingsError(f"DATABASE_URL: PostgreSQL cannot use it ({place})") from None
    except TROUBLE as error:
        meaning = meaning_of(error)
        if meaning is None:
            raise
        raise StoreError(f"{place}: {meaning}") from error


def meaning_of(error: Exception) -> str | None:
    """What is wrong with the database and what to do; ``None`` when it is not the database's fault."""
    if isinstance(error, asyncpg.PostgresError):
        state = getattr(error, "sqlstate", None) or ""
        return _MEANINGS.get(state) or _MEANINGS.get(state[:2])
    if isinstance(error, asyncpg.InternalClientError):
        # The server said good-bye while nothing was asked of it, and the library is not through with that yet.
        return _NO_CONNECTION
    if isinstance(error, asyncpg.InterfaceError):
        # The library has one class for connections that are gone and for calls that make no sense.
        return _NO_CONNECTION if "closed" in str(error) or "closing" in str(error) else None
    if isinstance(error, TimeoutError):
        return "does not answer in time"
    if isinstance(error, socket.gaierror):
        return "its host is not known: is the name in DATABASE_URL right?"
    if isinstance(error, ssl.SSLError):
        return "no safe connection could be made: look at sslmode in DATABASE_URL"
    if isinstance(error, OSError):
        return f"cannot be reached ({_reason(error)})"
    return None


def _reason(error: OSError) -> str:
    """The system's word for it. The text of the error itself may be longer than a line."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else type(error).__name__

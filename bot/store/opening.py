"""From ``DATABASE_URL`` to an open store."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Protocol

from bot.errors import SettingsError
from bot.guide.ports import Store
from bot.store.sqlite import open_sqlite
from bot.store.sqlite.archive import open_sqlite_archive, require_sqlite_unserved
from bot.store.tables import Archive


class Opener(Protocol):
    """Opens one kind of database; makes it, and brings its schema up to date, when that is needed."""

    async def __call__(self, url: str, *, lock_timeout: float) -> Store: ...


class ArchiveOpener(Protocol):
    """Opens one kind of database as a whole.

    What is not there is made, unless it ``must_exist``; its schema is brought ``up_to_date``, or has to be so.
    """

    async def __call__(self, url: str, *, must_exist: bool, up_to_date: bool = True) -> Archive: ...


class Unserved(Protocol):
    """Raises ``StoreError`` when a bot serves from a database, or it ``must_exist`` and does not; changes nothing."""

    async def __call__(self, url: str, *, must_exist: bool) -> None: ...


async def _open_postgres(url: str, *, lock_timeout: float) -> Store:
    needs_asyncpg()
    from bot.store.postgres import open_postgres

    return await open_postgres(url, lock_timeout=lock_timeout)


async def _open_postgres_archive(url: str, *, must_exist: bool, up_to_date: bool = True) -> Archive:
    needs_asyncpg()
    from bot.store.postgres.archive import open_postgres_archive

    return await open_postgres_archive(url, must_exist=must_exist, up_to_date=up_to_date)


async def _postgres_unserved(url: str, *, must_exist: bool) -> None:
    needs_asyncpg()
    from bot.store.postgres.archive import require_postgres_unserved

    await require_postgres_unserved(url, must_exist=must_exist)


BACKENDS: Mapping[str, Opener] = {
    "sqlite": open_sqlite,
    "postgresql": _open_postgres,
    "postgres": _open_postgres,
}
"""By URL scheme."""

ARCHIVES: Mapping[str, ArchiveOpener] = {
    "sqlite": open_sqlite_archive,
    "postgresql": _open_postgres_archive,
    "postgres": _open_postgres_archive,
}
"""By the same schemes."""

_UNSERVED: Mapping[str, Unserved] = {
    "sqlite": require_sqlite_unserved,
    "postgresql": _postgres_unserved,
    "postgres": _postgres_unserved,
}


def scheme_of(url: str) -> str:
    """Raises :class:`~bot.errors.SettingsError` for a URL that no backend understands."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme.lower() not in BACKENDS:
        known = ", ".join(f"{name}://" for name in sorted(BACKENDS))
        raise SettingsError(
            f"DATABASE_URL: must begin with one of: {known} (for example sqlite:///data/firstlabel.db)"
        )
    return scheme.lower()


def needs_asyncpg() -> None:
    """Its library is an extra that only those install who use it; ``SettingsError`` says how."""
    if find_spec("asyncpg") is None:
        raise SettingsError(
            "DATABASE_URL: PostgreSQL needs one more package: .venv/bin/pip install -c constraints.txt -e '.[postgres]'"
        )


async def require_unserved(url: str, *, must_exist: bool) -> None:
    """See :class:`Unserved`. Raises :class:`~bot.errors.SettingsError` for a URL that no backend understands."""
    await _UNSERVED[scheme_of(url)](url, must_exist=must_exist)


async def open_archive(url: str, *, must_exist: bool, up_to_date: bool = True) -> Archive:
    """The whole of the database behind ``url``, to be copied or filled. See :class:`ArchiveOpener`.

    Raises what :func:`open_store` raises, and :class:`~bot.errors.StoreError` for a file that is not there.
    """
    return await ARCHIVES[scheme_of(url)](url, must_exist=must_exist, up_to_date=up_to_date)


async def open_store(url: str, *, lock_timeout: float = 5.0) -> Store:
    """The store behind ``url``, ready for use; whoever opens it closes it.

    ``lock_timeout`` is how many seconds a call waits for a lock that another process holds.

    Raises :class:`~bot.errors.SettingsError` for a URL that no backend understands and
    :class:`~bot.errors.StoreError` for a database that cannot be used. A URL may hold a password: no error
    repeats it.
    """
    return await BACKENDS[scheme_of(url)](url, lock_timeout=lock_timeout)

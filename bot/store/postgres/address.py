"""Where the database is, and how to say so without its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from bot.errors import SettingsError

_HOSTS = re.compile(r"([\w.\-]*|\[[\da-fA-F:.]+\])(:\d+)?(,([\w.\-]*|\[[\da-fA-F:.]+\])(:\d+)?)*")
_UNREADABLE = (
    "DATABASE_URL: cannot be read: write postgresql://user:password@host:5432/database, "
    "and in the password %2F for /, %40 for @, %23 for #, %3F for ?, %25 for %"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A database's URL, and its place as errors may name it."""

    url: str = field(repr=False)
    place: str


def address_of(url: str) -> Address:
    """Reads ``postgresql://user:password@host:port/database?host=…``.

    Raises :class:`~bot.errors.SettingsError`, without a part of the URL in it, for one in which the password cannot
    be told from the rest.
    """
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
    except ValueError:
        raise SettingsError(_UNREADABLE) from None
    hosts = parts.netloc.rpartition("@")[2]
    if not _HOSTS.fullmatch(hosts) or parts.fragment or "#" in url or "@" in parts.path + parts.query:
        raise SettingsError(_UNREADABLE)
    database = unquote(parts.path.lstrip("/")) or query.get("database", query.get("dbname", [""]))[0]
    host = hosts or query.get("host", [""])[0]
    named = f"PostgreSQL database {database}" if database else "PostgreSQL"
    return Address(url, f"{named} at {host}" if host else named)

"""Addresses in texts and buttons: which ones Telegram takes, and how it writes them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_USER: Final = re.compile(r"tg://user/?\?id=(\d{1,19})", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|\[[0-9a-f:.]+\]|(?:\d{1,3}\.){3}\d{1,3}", re.IGNORECASE)
_OWN: Final = ("tg", "ton", "tonsite")


class LinkError(ValueError):
    """The address is none; the message is Telegram's reason."""


def mentioned_user(url: str) -> int | None:
    """The id in tg://user?id=…, if it is such an address."""
    match = _USER.fullmatch(url.strip())
    return int(match.group(1)) if match else None


def check_link(url: str) -> str:
    """The address as Telegram writes it: with scheme and path. Raises LinkError with Telegram's reason."""
    url = url.strip()
    scheme = _SCHEME.match(url)
    if scheme and scheme.group(1).lower() in _OWN:
        return url
    if scheme and "://" in url and scheme.group(1).lower() not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    if scheme is None or "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise LinkError("Wrong HTTP URL") from None
    if not host:
        raise LinkError("URL host is empty")
    if not _HOST.fullmatch(f"[{host}]" if ":" in host else host) or re.search(r"\s", url):
        raise LinkError("Wrong HTTP URL")
    netloc = parts.netloc.replace(parts.netloc.rpartition("@")[2], host if port is None else f"{host}:{port}")
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, parts.fragment))


def checked_link(url: str) -> str:
    """The address as Telegram writes it, or "" when it takes none."""
    try:
        return check_link(url)
    except LinkError:
        return ""

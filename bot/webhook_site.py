"""Where the webhook is: what Telegram is told, where this process listens, and the secret between the two."""

from __future__ import annotations

import errno
import hmac
import re
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address
from urllib.parse import urlsplit

OFF = "off"
"""What ``WEBHOOK_URL`` may say in place of an address; unlike an empty value it speaks against one in ``.env``."""

HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'

TELEGRAMS_API = "https://api.telegram.org"
PORTS = (443, 80, 88, 8443)
"""Telegram delivers to no others (https://core.telegram.org/bots/api#setwebhook). A Bot API server of one's own may."""

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_LISTEN = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):([0-9]{1,5})")
_LISTEN_ADVICE = "must be a host and a port from 1 to 65535, such as 127.0.0.1:8081 or [::1]:8081"
_LABEL = b"firstlabel: path of the webhook"


@dataclass(frozen=True, slots=True)
class WebhookSite:
    """The webhook of one bot, from both sides of the proxy before it."""

    url: str
    """``WEBHOOK_URL``, without a slash at its end."""
    host: str
    """Where this process listens; an IPv6 address stands without brackets."""
    port: int
    secret: str = field(repr=False)
    """What Telegram sends along with every update."""

    @property
    def segment(self) -> str:
        """The last segment of the path, which nobody can guess."""
        return segment_of(self.secret)

    @property
    def address(self) -> str:
        """What Telegram is told: as secret as its last segment."""
        return f"{self.url}/{self.segment}"


def segment_of(secret: str) -> str:
    """64 hexadecimal digits that follow from the secret, and from which the secret does not follow."""
    return hmac.new(secret.encode(), _LABEL, sha256).hexdigest()


def checked_url(url: str) -> str | None:
    """A usable ``WEBHOOK_URL`` without a slash at its end, ``None`` if it is off; else ValueError with advice."""
    if url.lower() == OFF:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or any(character.isspace() for character in url):
        raise ValueError("is not an address: write one such as https://bot.example.org/telegram")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("must begin with https://, which is all that Telegram delivers to")
    if "?" in url or "#" in url or parts.username is not None:
        raise ValueError("holds more than the address: leave out user and password, ? and #")
    return url.rstrip("/")


def check_port(url: str) -> None:
    """ValueError with advice if Telegram does not deliver to the port of a usable ``WEBHOOK_URL``."""
    parts = urlsplit(url)
    if parts.port not in (None, *PORTS) and parts.hostname not in _LOOPBACK:
        raise ValueError(
            "has a port that Telegram does not deliver to: leave it out for 443, or write 80, 88 or 8443;"
            " WEBHOOK_LISTEN may have any"
        )


def split_listen(listen: str) -> tuple[str, int]:
    """Host and port of a ``WEBHOOK_LISTEN``; ValueError with advice if it is not both."""
    found = _LISTEN.fullmatch(listen)
    if found is None or not 0 < int(found[3]) <= 65535:
        raise ValueError(_LISTEN_ADVICE)
    if found[1]:
        try:
            return str(IPv6Address(found[1])), int(found[3])
        except ValueError:
            raise ValueError(_LISTEN_ADVICE) from None
    return found[2], int(found[3])


def why_not_listening(error: OSError | UnicodeError) -> str:
    """Why a process cannot listen on what :func:`split_listen` gave, and what to do about it."""
    match error:
        case OSError(errno=errno.EADDRINUSE):
            return "the port is taken by another program: stop that one, or choose another port"
        case OSError(errno=errno.EACCES):
            return "this port needs special rights: choose one above 1023"
        case _:
            return "cannot listen there: is the host one of this machine's own, such as 127.0.0.1 or 0.0.0.0?"


def checked_secret(secret: str) -> str:
    """The same secret if Telegram takes it and it is long enough; else ValueError with advice."""
    if not _SECRET.fullmatch(secret):
        raise ValueError(
            f"must be 32 to 256 of the characters A-Z a-z 0-9 _ -: make one with {HOW_TO_MAKE_ONE}"
        )
    return secret

"""Where the page listens: on this computer only."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from aiohttp import web

from bot.errors import SettingsError

DEFAULT = "127.0.0.1:8080"

LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1"}
"""The hosts a person may name, and what is bound for each."""


@dataclass(frozen=True, slots=True)
class Address:
    """A loopback host and a port (0: any free one)."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://{self}"


def parse(text: str) -> Address:
    """`127.0.0.1:8080`, `localhost:8080` or `[::1]:8080` as an address.

    Raises SettingsError with one line for anything else; above all for an address others could reach.
    """
    host, colon, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]").lower()
    if not colon or not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise SettingsError(f"--listen {text}: give a host and a port from 0 to 65535, for example {DEFAULT}")
    if host not in LOOPBACK:
        raise SettingsError(
            f"--listen {text}: the playground is for this computer only; use 127.0.0.1:{port}"
        )
    return Address(LOOPBACK[host], int(port))


async def start_site(runner: web.AppRunner, address: Address) -> Address:
    """Starts to listen; returns the address with the port that was really taken.

    Raises SettingsError with one line that names --listen when that is impossible.
    """
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        raise SettingsError(_refused(address, error)) from None
    return Address(address.host, runner.addresses[0][1])


def _refused(address: Address, error: OSError) -> str:
    free = Address(address.host, address.port + 1 if address.port < 65535 else 0)
    if error.errno == errno.EADDRINUSE:
        return f"--listen {address}: the port is taken by another program; try --listen {free}"
    if error.errno == errno.EACCES:
        return f"--listen {address}: this port needs special rights; try --listen {DEFAULT}"
    return f"--listen {address}: cannot listen there ({error.strerror or error}); try --listen {DEFAULT}"

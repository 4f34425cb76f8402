"""How long each part of a call may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONNECT_SECONDS: Final = 5.0
POOL_SECONDS: Final = 30.0
WRITE_SECONDS: Final = 10.0
MEDIA_WRITE_SECONDS: Final = 30.0

KEEP_ALIVE_SECONDS: Final = 30.0
"""How long an idle connection is kept: the next tap then needs no new TLS handshake."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """``pool`` for a free connection, ``connect`` for a new one, ``write`` and ``read`` for question and answer.

    ``read`` counts from the last bytes that came.
    """

    pool: float
    connect: float
    write: float
    read: float

"""A clock that stands in a file, so that somebody else can set it, speed it up, or have it jump.

The file is a small JSON object: at the real moment ``real`` the clock shows ``shown``, both in seconds since 1970, and
runs ``speed`` times as fast as a real one. Whoever sets it replaces the whole file. Beside it, in ``<file>.waiting``, stands
what is waited for: the moment to jump to.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import SettingsError

LOOK_SECONDS = 0.2
"""How often somebody who waits looks at the file."""


@dataclass(frozen=True, slots=True)
class _Setting:
    real: float
    shown: float
    speed: float

    def at(self, real: float) -> float:
        return self.shown + (real - self.real) * self.speed


class FileTime:
    """Implements :class:`bot.clock.Timekeeper`. Raises :class:`~bot.errors.SettingsError` for a file that is no clock."""

    def __init__(self, path: Path, real: Callable[[], float] = time.time) -> None:
        self._path = path
        self._real = real
        try:
            self._setting = _read(path)
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read as a clock ({error.strerror})") from None
        except (ValueError, TypeError, LookupError):
            raise SettingsError(f"{path}: is no clock: it needs the numbers real, shown and speed") from None

    def now(self) -> datetime:
        # A file that is just being replaced, or was taken away: the clock goes on as it was set last.
        with suppress(OSError, ValueError, TypeError, LookupError):
            self._setting = _read(self._path)
        return datetime.fromtimestamp(self._setting.at(self._real()), UTC)

    async def wait(self, until: datetime | None, woken: asyncio.Event, at_most: float = float("inf")) -> None:
        self._tell(until)
        deadline = self._real() + at_most
        while not woken.is_set() and self._real() < deadline:
            now = self.now()
            if until is not None and now >= until:
                return
            left = (until - now).total_seconds() / self._setting.speed if until else LOOK_SECONDS
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.001, min(left, LOOK_SECONDS))):
                    await woken.wait()

    def _tell(self, until: datetime | None) -> None:
        """Whole, so that nobody reads half a number."""
        handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("" if until is None else str(until.timestamp()))
        Path(name).replace(self._path.with_name(f"{self._path.name}.waiting"))


def _read(path: Path) -> _Setting:
    read = json.loads(path.read_text("ascii"))
    setting = _Setting(float(read["real"]), float(read["shown"]), float(read["speed"]))
    if setting.speed <= 0:
        raise ValueError("a clock runs forwards")
    return setting

"""The playground's clock: it can jump ahead and run faster, and the bot and the stand-in go by it.

It stands in a file (see :mod:`bot.file_clock`, which reads it for the bot), so it is the same after a restart. It never goes
back: the bot remembers what it did at times that would then be yet to come.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.errors import SettingsError

SPEEDS: Final = (1, 60, 3600)
JUMPS: Final = {"hour": 3600.0, "day": 86400.0, "week": 604800.0}
LATEST: Final = 4_102_444_800.0
"""2100-01-01: no jump leads further."""


class Clock:
    """Seconds since 1970 (UTC), as the playground has them. ``real`` is the computer's own clock."""

    def __init__(self, path: Path, real: Callable[[], float] = time.time) -> None:
        self.path = path
        self._real = real
        self._set_at, self._shown, self.speed = real(), real(), 1
        with suppress(OSError, ValueError, TypeError, LookupError):
            kept = json.loads(path.read_text("ascii"))
            if kept["speed"] in SPEEDS and self._shown <= self._then(kept) < LATEST:
                self._shown, self.speed = self._then(kept), kept["speed"]
        self.save()

    def _then(self, kept: dict[str, float]) -> float:
        return float(kept["shown"]) + (self._real() - float(kept["real"])) * float(kept["speed"])

    def now(self) -> float:
        return self._shown + (self._real() - self._set_at) * self.speed

    @property
    def ahead(self) -> bool:
        """Whether it shows another time than the computer."""
        return abs(self.now() - self._real()) > 1

    @property
    def awaited(self) -> float | None:
        """The moment that the bot waits for, if that is yet to come."""
        with suppress(OSError, ValueError):
            awaited = float(self.path.with_name(f"{self.path.name}.waiting").read_text("ascii"))
            return awaited if awaited > self.now() else None
        return None

    def jump(self, target: str) -> None:
        """Go ahead by an hour, a day or a week, or to ``next``, what the bot waits for. ``ValueError`` if that cannot be."""
        if target == "next":
            awaited = self.awaited
            if awaited is None:
                raise ValueError("jump: the bot waits for nothing at the moment")
            self._set(awaited, self.speed)
        elif target in JUMPS:
            self._set(self.now() + JUMPS[target], self.speed)
        else:
            raise ValueError(f"jump: use one of next, {', '.join(JUMPS)}")

    def run(self, speed: object) -> None:
        """Run so many times as fast. ``ValueError`` for a speed that is not offered."""
        if speed not in SPEEDS or isinstance(speed, bool):
            raise ValueError(f"speed: use one of {', '.join(map(str, SPEEDS))}")
        assert isinstance(speed, int)
        self._set(self.now(), speed)

    def _set(self, shown: float, speed: int) -> None:
        if shown >= LATEST:
            raise ValueError("jump: the clock ends in the year 2100")
        self._set_at, self._shown, self.speed = self._real(), shown, speed
        self.save()

    def save(self) -> None:
        """Replace the file. Raises :class:`~bot.errors.SettingsError` with one line when the folder cannot be written to."""
        setting = {"real": self._set_at, "shown": self._shown, "speed": self.speed}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(json.dumps(setting))
            Path(name).replace(self.path)
        except OSError as error:
            raise SettingsError(
                f"{self.path}: cannot be written ({error.strerror}); check the folder"
            ) from None

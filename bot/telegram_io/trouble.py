"""Trouble that lasts is told once when it begins and once when it is over, however often it is met meanwhile."""

from __future__ import annotations

import logging
import time

from bot.telegram_io.ports import Monotonic


class Trouble:
    """With one thing, such as the database. ``again`` is the line when it is over; ``%.0f`` in it are the seconds."""

    def __init__(self, logger: logging.Logger, again: str, monotonic: Monotonic = time.monotonic) -> None:
        self._logger = logger
        self._again = again
        self._monotonic = monotonic
        self._since: float | None = None

    def met(self, error: Exception) -> None:
        """It was met. ``error`` must be fit for the log."""
        if self._since is None:
            self._since = self._monotonic()
            self._logger.warning("%s; trying again until it works", error)

    def over(self) -> None:
        """What failed works."""
        if self._since is not None:
            self._logger.info(self._again, self._monotonic() - self._since)
            self._since = None

"""The errors this program raises on purpose.

    FirstlabelError            one clear line for the person who can mend it
    ├── SettingsError          a setting is missing or wrong; names the setting
    ├── ContentError           content has faults; carries all of them
    ├── StoreError             the database cannot be used; names the file or URL (no secrets)
    │   ├── SchemaTooNewError  written by a newer version of this program
    │   └── LaneLostError      another process has taken over what this one worked on
    ├── TaskDiedError          a background task ended; the bot is no use without it
    └── TelegramError          Telegram refuses us for good (token revoked, second poller)

Anything else that is raised is a bug, and is reported with a traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class FirstlabelError(Exception):
    """Base of all: ``str(error)`` is fit to be shown, and holds no secret."""


class SettingsError(FirstlabelError):
    """A setting is missing or wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in content: where it stands and what to do about it.

    ``path`` is relative to the folder the person named, ``line`` counts from 1 (0: the whole file).
    """

    path: str
    line: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


class ContentError(FirstlabelError):
    """Content has faults. ``faults`` holds all of them, in the order of file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class StoreError(FirstlabelError):
    """The database cannot be used."""


class SchemaTooNewError(StoreError):
    """The database was written by a newer version of this program."""


class LaneLostError(StoreError):
    """Another process has taken over what this one worked on: its turn is not this one's any more."""


class TaskDiedError(FirstlabelError):
    """A background task ended by an error that is a bug; the log has its traceback."""


class TelegramError(FirstlabelError):
    """Telegram refuses us for good."""

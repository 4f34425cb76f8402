"""What the worker hands to python-telegram-bot's Application: updates that are handled as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telegram import Update

from bot.guide.ports import Letter
from bot.telegram_io.incoming import Incoming


@dataclass(slots=True)
class Work:
    """One update, or taps on one message that piled up, each with the letter that is kept of it.

    ``error`` is what a handler raised: the Application catches it, and the worker decides what follows.
    """

    parts: Sequence[tuple[Letter, Update]]
    error: Exception | None = None


class Part(NamedTuple):
    """What a person did, and the letter it is kept as."""

    letter: Letter
    incoming: Incoming

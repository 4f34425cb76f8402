"""What the worker hands to python-telegram-bot's Application: updates that are handled as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from telegram import Update

from bot.guide.ports import Letter
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.pressed import Pressed


@dataclass(slots=True)
class Work:
    """One update, or taps on one message that piled up, each with the letter that is kept of it.

    ``again`` are, by letter, the ids of taps that said the same before it: they have no part of their own. ``late``
    are the letters whose taps were overtaken by newer ones that said the same, and are only to be answered.
    ``error`` is what a handler raised: the Application catches it, and the worker decides what follows.
    """

    parts: Sequence[tuple[Letter, Update | Pressed]]
    again: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    error: Exception | None = None


class Part(NamedTuple):
    """What a person did, and the letter it is kept as.

    ``again`` are the ids of taps that did the same before; ``late`` is one that a newer one overtook.
    """

    letter: Letter
    incoming: Incoming
    again: tuple[str, ...] = ()
    late: bool = False

"""The Bot API methods that the stand-in serves: one table, one function each.

A function takes the world and the call's parameters and returns the result, or raises ApiError with
Telegram's own text. Only those that wait (getUpdates) are asynchronous.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from ..params import Params
from ..world import World
from . import answering, chats, editing, media, polls, presenting, receiving, sending

Method = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: Final[dict[str, Method]] = {
    **receiving.METHODS,
    **sending.METHODS,
    **media.METHODS,
    **polls.METHODS,
    **editing.METHODS,
    **answering.METHODS,
    **presenting.METHODS,
    **chats.METHODS,
}
NAMES: Final = {name.lower(): name for name in METHODS}
"""Names are the same in any case, as at Telegram; this gives the documented one."""

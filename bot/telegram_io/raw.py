"""What came from Telegram, before anything of it is read: is it an update at all?"""

from __future__ import annotations

from typing import Any

from bot.telegram_io.ports import RawUpdate

_IDS = range(-(2**63), 2**63)
"""What a database can keep."""


def update_of(item: Any) -> RawUpdate | None:
    """The update, or ``None`` for what has no id to keep it by."""
    if not isinstance(item, dict):
        return None
    number = item.get("update_id")
    # JSON's true is an int to Python.
    return item if isinstance(number, int) and not isinstance(number, bool) and number in _IDS else None

"""What came from Telegram, before anything of it is read: is it an update at all?"""

from __future__ import annotations

from typing import Any, TypeGuard

from bot.telegram_io.ports import RawUpdate

_IDS = range(1 - 2**63, 2**63)
"""What a database can keep, and one less."""


def is_fit_id(value: object) -> TypeGuard[int]:
    """Whether something can be kept by this id. JSON's true is an int to Python, but no id."""
    return isinstance(value, int) and not isinstance(value, bool) and value in _IDS


def update_of(item: Any) -> RawUpdate | None:
    """The update, or ``None`` for what has no id to keep it by."""
    return item if isinstance(item, dict) and is_fit_id(item.get("update_id")) else None

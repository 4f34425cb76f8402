"""What is reckoned once for each pack, and let go with it: another library may come at any time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from bot.content.library import Pack

T = TypeVar("T")


def per_pack(reckon: Callable[[Pack], T]) -> Callable[[Pack], T]:
    """Reckon once for each pack. What comes of it must not hold the pack itself, or neither is ever let go."""
    known: WeakKeyDictionary[Pack, T] = WeakKeyDictionary()

    @wraps(reckon)
    def once(pack: Pack) -> T:
        if pack not in known:
            known[pack] = reckon(pack)
        return known[pack]

    return once

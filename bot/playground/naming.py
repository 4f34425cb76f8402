"""What the bot is called in the stand-in: as its content says, which at Telegram is its owner's to choose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from .standin import World

LONGEST: Final = 32
_ENDING: Final = "_bot"


def username_of(name: str) -> str:
    """One that Telegram would take for this name.

    5 to 32 Latin letters, digits and underscores, a letter first, and bot at the end:
    https://core.telegram.org/bots/features#botfather
    """
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "_", latin).lstrip("0123456789_").rstrip("_").removesuffix(_ENDING)
    return (words[: LONGEST - len(_ENDING)].rstrip("_") or "my") + _ENDING


class Naming:
    """Names the bot of `world` by what `called` says; what cannot be told leaves it as it is."""

    def __init__(self, world: World, called: Callable[[], str | None]) -> None:
        self._world = world
        self._called = called

    def begin(self) -> None:
        """Before the bot asks who it is: it does so once, at its start."""
        if name := self._called():
            self._world.bot_username = username_of(name)
            self._rename(name)

    def renew(self) -> None:
        """After its content changed. The username stays: at Telegram it stays too, and the bot's links have it."""
        if name := self._called():
            self._rename(name)

    def _rename(self, name: str) -> None:
        if name != self._world.profile.name():
            self._world.set_profile_text("name", "", name)

"""What the bot speaks of: a folder of content. The playground itself understands nothing of what is in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path("content")
"""The content that comes with the bot, in the folder where the playground is started."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The folder, and what it takes to tell what it calls the bot, and whether something was saved in it."""

    folder: Path = FOLDER
    called: Callable[[], str | None] = lambda: None
    """What the bot is called in it at present; None while that cannot be told."""
    looks: Callable[[], Hashable] = lambda: None
    """The same as before while no file has changed; may take a moment."""


SHIPPED: Final = Subject()

"""How the bot's content is: its faults for the page, and open chats that are drawn again when it has changed.

The bot keeps a small file (its ``--content-state``): the version of the content in use, and the faults, as lines, of
what an author has saved since. When the version changes, the newest message of each chat gets the tap that the bot
answers with the same screen in its present words; it is the bot that decides whether there is anything to draw.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from .standin import World

Json = dict[str, Any]

LOOK_SECONDS: Final = 0.25
MOST_FAULTS: Final = 50
"""So many are shown; an author mends one after the other."""


class ContentState:
    """What the file says. `renewed` is called when the bot has other content in use."""

    def __init__(self, path: Path, world: World, renewed: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self._world = world
        self._renewed = renewed
        self._version = ""
        self.faults: tuple[str, ...] = ()
        """A line each, as ``check`` has them; more than a page can show are left out."""
        self.count = 0
        """How many there are in all."""
        # What an earlier bot left there says nothing about this one.
        path.unlink(missing_ok=True)

    async def run(self) -> None:
        """Follow the file until cancelled."""
        while True:
            # A file that is not there yet, or cannot be read just now, changes nothing.
            with suppress(OSError, ValueError, TypeError, LookupError):
                self._take(json.loads(self.path.read_text("ascii")))
            await asyncio.sleep(LOOK_SECONDS)

    def _take(self, state: Json) -> None:
        version, faults = str(state["version"]), tuple(str(line) for line in state["faults"])
        if faults[:MOST_FAULTS] != self.faults or len(faults) != self.count:
            self.faults, self.count = faults[:MOST_FAULTS], len(faults)
            self._world.events.emit("content")
        if version and version != self._version:
            self._renewed()
            if self._version:
                self._draw_again()
            self._version = version

    def _draw_again(self) -> None:
        for person_id, person in self._world.people.items():
            chat = [message for message in self._world.chat(person_id) if message["from"]["is_bot"]]
            if not person.blocked and chat and (data := _buttons(chat[-1])):
                self._world.tap(person_id, chat[-1]["message_id"], f"again:{_mark(data)}")


def _buttons(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _mark(data: list[str]) -> str:
    """As the bot's :func:`bot.telegram_io.again.keyboard_mark`; a test holds the two together."""
    return hashlib.sha256("\n".join(data).encode()).hexdigest()[:16]

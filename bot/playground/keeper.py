"""The chats of the playground in a file, so that they are still there the next time."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.errors import SettingsError

from .standin.updates import UpdateQueue
from .standin.world import World

FIRST_PERSON: Final = "Sam"

DELAY: Final = 0.5
"""Seconds that changes are gathered before they are written."""

PASSING: Final = frozenset({"call", "clock", "process", "typing", "updates"})
"""Events that change nothing worth keeping."""


def load(
    path: Path,
    token: str,
    report: Callable[[str], None],
    clock: Callable[[], float] = time.time,
    *,
    remembered: bool = True,
) -> World:
    """The world kept in the file, or a new one with one person in it; ``remembered`` is as in :func:`new_world`.

    A file that cannot be understood is set aside under another name, and `report` gets one line about it.
    Raises SettingsError when it can't be read for lack of rights.
    """
    try:
        return World.from_dict(json.loads(path.read_text("utf-8")), token, clock)
    except FileNotFoundError:
        return new_world(token, clock, remembered=remembered)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its rights") from None
    except (ValueError, LookupError, TypeError, AttributeError):
        aside = path.with_name(f"{path.stem}.broken-{int(time.time())}{path.suffix}")
        _rename(path, aside)
        report(f"{path}: not a playground's file; it is now {aside.name}, and the chats begin anew\n")
        return new_world(token, clock, remembered=remembered)


def _rename(path: Path, aside: Path) -> None:
    try:
        path.rename(aside)
    except OSError as error:
        raise SettingsError(
            f"{path}: is broken and cannot be moved aside ({error.strerror}); remove it"
        ) from None


def new_world(token: str, clock: Callable[[], float] = time.time, *, remembered: bool = True) -> World:
    """A world with one person who has not said anything yet.

    Its ids begin where no earlier world's ended, if the bot may have ``remembered`` those people and updates.
    """
    world = World(token, clock=clock)
    if remembered:
        start = int(time.time())
        world.adopt(UpdateQueue.from_dict({"pending": [], "next_id": start, "allowed": None}))
        world.next_person_id = start
    world.add_person(FIRST_PERSON)
    return world


class Keeper:
    """Writes a world to its file: shortly after each change, and when asked."""

    def __init__(self, path: Path, world: World, report: Callable[[str], None]) -> None:
        self._path = path
        self._world = world
        self._report = report

    async def run(self) -> None:
        """Writes until cancelled; what happens meanwhile is written together. A failure to write is reported."""
        queue = self._world.subscribe()
        try:
            while True:
                event = await queue.get()
                if event["type"] in PASSING:
                    continue
                await asyncio.sleep(DELAY)
                while not queue.empty():
                    queue.get_nowait()
                try:
                    self.save()
                except SettingsError as error:
                    self._report(f"{error}\n")
        finally:
            self._world.unsubscribe(queue)

    def save(self) -> None:
        """Puts the whole file in place at once, readable by its owner only.

        Raises SettingsError with one line when the folder cannot be written to.
        """
        text = json.dumps(self._world.to_dict(), ensure_ascii=True, separators=(",", ":"))
        folder = self._path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # mkstemp makes the file with mode 0600.
            handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=folder)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(text)
                Path(name).replace(self._path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise SettingsError(
                f"{self._path}: cannot be written ({error.strerror}); check the folder"
            ) from None

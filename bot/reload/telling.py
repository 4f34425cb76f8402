"""Who is told what came of a look at the content: operators in their chat, and a file that others read."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Never

from bot.content.fields import Template
from bot.content.library import Library
from bot.content.markup import Rich, lines, paragraphs
from bot.errors import Fault, StoreError, TelegramError
from bot.guide.person import Change
from bot.guide.ports import People, Sender
from bot.guide.reload_words import ReloadWords
from bot.guide.screen import Screen
from bot.references import report
from bot.reload.reloader import Outcome

LONGEST_LIST = 3000
"""Characters of faults in one message; Telegram takes 4,096 in all."""

LONGEST_LINE = 400

SEND_SECONDS = 60.0

_log = logging.getLogger(__name__)


def outcome_in_words(outcome: Outcome, words: ReloadWords) -> Rich:
    """What came of a look, as whoever asked for it reads it."""
    if outcome.faults:
        return faults_in_words(words, outcome.faults)
    said = words.changed if outcome.changed else words.unchanged
    return paragraphs(said, gone_in_words(words, outcome.gone) if outcome.gone else "")


def faults_in_words(words: ReloadWords, faults: Sequence[Fault]) -> Rich:
    """The faults, a line each as ``check`` has them, as many as fit a message."""
    return _listed(words.faults, list(map(str, faults)), words.more)


def gone_in_words(words: ReloadWords, gone: Sequence[str]) -> Rich:
    """Ids that are no more, a line each, as many as fit a message."""
    return _listed(words.gone, gone, words.gone_more)


def _listed(first: Template, all_lines: Sequence[str], more: Template) -> Rich:
    shown: list[str] = []
    room = LONGEST_LIST
    for each in all_lines:
        line = each if len(each) <= LONGEST_LINE else f"{each[: LONGEST_LINE - 1]}…"
        room -= len(line.encode("utf-16-le")) // 2 + 1
        if room < 0:
            break
        shown.append(line)
    left = len(all_lines) - len(shown)
    return paragraphs(first.fill(count=len(all_lines)), lines(*shown), more.fill(count=left) if left else "")


class OperatorsTold:
    """Tells operators of faults: of each distinct set once, until content was clean in between. And of ids that are gone.

    Implements :class:`bot.telegram_io.ports.Initiative`, so that nobody waits while Telegram is out of reach.
    """

    name = "content faults"

    def __init__(
        self, admins: Collection[int], people: People, sender: Sender, library: Callable[[], Library]
    ) -> None:
        self._admins = sorted(admins)
        self._people = people
        self._sender = sender
        self._library = library
        self._told: set[frozenset[Fault]] = set()
        self._to_tell: asyncio.Queue[tuple[int, Outcome]] = asyncio.Queue()

    async def __call__(self, outcome: Outcome) -> None:
        """Have them told, soon."""
        faults = frozenset(outcome.faults)
        if not faults:
            self._told.clear()
        if (faults and faults not in self._told) or outcome.gone:
            self._told.add(faults)
            for admin in self._admins:
                if admin != outcome.asked_by:
                    self._to_tell.put_nowait((admin, outcome))

    async def run(self) -> Never:
        """Until cancelled. Raises :class:`bot.errors.TelegramError` if Telegram refuses us for good."""
        while True:
            admin, outcome = await self._to_tell.get()
            try:
                await self._tell(admin, outcome)
            finally:
                self._to_tell.task_done()

    async def finish(self, within: float) -> None:
        """What was not told yet is told after the next start, if it is still so."""

    def changed(self, person_id: int, changes: Sequence[Change]) -> None:
        """Nothing depends on it."""

    async def _tell(self, admin: int, outcome: Outcome) -> None:
        try:
            person = await self._people.person(admin)
            words = self._library().pack(person.language).words(ReloadWords)
            said = (
                faults_in_words(words, outcome.faults)
                if outcome.faults
                else gone_in_words(words, outcome.gone)
            )
            await self._sender.send(admin, Screen(said), silent=False, repeat=True, within=SEND_SECONDS)
        except TelegramError:
            raise
        except TimeoutError:
            _log.warning("an operator was not told what is wrong in the content person=%d", admin)
        except StoreError as error:
            _log.warning("an operator was not told what is wrong in the content person=%d (%s)", admin, error)
        except Exception as error:
            report(_log, "telling an operator what is wrong in the content", error, person=admin)


class FileTold:
    """Keeps a small JSON file: the version in use, and the faults, as lines, of what is not. Replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def __call__(self, outcome: Outcome) -> None:
        self.write(outcome.version, outcome.faults)

    def write(self, version: str, faults: Sequence[Fault]) -> None:
        """Only the playground asks for it, so a failure is logged and no more."""
        text = json.dumps({"version": version, "faults": [str(fault) for fault in faults]})
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
            Path(name).replace(self._path)
        except OSError as error:
            _log.warning("%s: cannot be written (%s)", self._path, error.strerror)

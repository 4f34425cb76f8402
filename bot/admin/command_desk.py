"""A desk with commands that are answered at once, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.guide.action import Command, Event
from bot.guide.broadcast import Post
from bot.guide.screen import Turn
from bot.guide.taps import TapCodec


class OperatorsCommand(Protocol):
    """One command that only operators have. It changes nothing, so it may be answered twice."""

    @property
    def name(self) -> str:
        """Without the slash."""

    def described(self, language: str | None) -> str:
        """What Telegram's menu says to it."""

    async def answer(self, event: Event, argument: str, now: datetime) -> Turn:
        """What follows; ``argument`` is what stood behind the command, perhaps nothing."""


class CommandDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`."""

    def __init__(self, people: Collection[int], *commands: OperatorsCommand) -> None:
        self.people = frozenset(people)
        self.codec = TapCodec(())
        self._commands = {command.name: command for command in commands}

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return tuple((name, command.described(language)) for name, command in self._commands.items())

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        if event.person_id not in self.people or not isinstance(event.action, Command):
            return None
        command = self._commands.get(event.action.name)
        if command is None:
            return None
        return replace(await command.answer(event, event.action.argument, now), area=command.name)

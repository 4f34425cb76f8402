"""The operators' command ``/unanswered``: what was asked in vain, to be ignored with a tap, or taken along as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from bot.admin.asked_in_vain import DAYS, Group, as_yaml, grouped
from bot.content.library import Library
from bot.content.markup import Rich, lines, paragraphs, rich
from bot.guide.action import Command, Event, Press
from bot.guide.broadcast import Post
from bot.guide.operator_words import UnansweredWords
from bot.guide.ports_unanswered import Questions
from bot.guide.screen import Document, Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Tap, TapCodec

COMMAND = "unanswered"

SHOWN = 10
"""So many groups at a time: when one is ignored, the next moves up."""

FILE = "unanswered.yaml"

_LONGEST = 150
"""Letters of a question on the screen."""


@dataclass(frozen=True, slots=True)
class Ignore(Tap):
    """Show this question, and those like it, no more."""

    tag: ClassVar[str] = "ui"
    question: int


@dataclass(frozen=True, slots=True)
class Export(Tap):
    """Send all of them as a file."""

    tag: ClassVar[str] = "ue"


TAPS: tuple[type[Tap], ...] = (Ignore, Export)


class UnansweredDesk:
    """Implements :class:`bot.telegram_io.ports.Desk`. ``library`` gives the one in use."""

    def __init__(self, people: Collection[int], library: Callable[[], Library], store: Questions) -> None:
        self.people = frozenset(people)
        self.codec = TapCodec(TAPS)
        self._library = library
        self._store = store

    def commands(self, language: str | None) -> Sequence[tuple[str, str]]:
        return ((COMMAND, self._words(language).command),)

    async def turn(
        self, event: Event, now: datetime, *, message: int | None, post: Post | None
    ) -> Turn | None:
        if event.person_id not in self.people:
            return None
        turn = await self._answer(event, now)
        return turn and replace(turn, area=COMMAND)

    async def _answer(self, event: Event, now: datetime) -> Turn | None:
        words = self._words(event.language)
        match event.action:
            case Command(name) if name == COMMAND:
                return Turn(_screen(words, await self._groups(now)))
            case Press(Ignore(question)):
                return await self._ignored(words, question, now)
            case Press(Export()):
                return await self._exported(words, now)
            case _:
                return None

    async def _ignored(self, words: UnansweredWords, question: int, now: datetime) -> Turn:
        # Which are like it is looked up anew: what came meanwhile goes with them.
        groups = await self._groups(now)
        meant = [id_ for group in groups if question in group.ids for id_ in group.ids]
        if not meant:
            return Turn(_screen(words, groups), notice=words.notice_over)
        await self._store.ignore(meant)
        return Turn(_screen(words, await self._groups(now)), notice=words.notice_ignored)

    async def _exported(self, words: UnansweredWords, now: datetime) -> Turn:
        groups = await self._groups(now)
        if not groups:
            return Turn(_screen(words, groups), notice=words.notice_over)
        content = as_yaml(groups, self._library()).encode()
        return Turn(document=Document(FILE, content, rich(words.file)))

    async def _groups(self, now: datetime) -> Sequence[Group]:
        found = await self._store.unanswered((now.astimezone(UTC) - DAYS).date())
        return await asyncio.to_thread(grouped, found)

    def _words(self, language: str | None) -> UnansweredWords:
        return self._library().pack(language).words(UnansweredWords)


def _screen(words: UnansweredWords, groups: Sequence[Group]) -> Screen:
    if not groups:
        return Screen(words.none)
    shown = groups[:SHOWN]
    told = lines(*(_line(words, number, group) for number, group in enumerate(shown, 1)))
    rest = words.more.fill(count=len(groups) - len(shown)) if len(groups) > len(shown) else ""
    buttons = (
        TapButton(words.ignore.fill(number=number), Ignore(group.ids[0]))
        for number, group in enumerate(shown, 1)
    )
    rows: tuple[Row, ...] = (*in_rows(buttons, 5), (TapButton(words.export, Export()),))
    return Screen(paragraphs(words.title, told, rest, words.note), rows)


def _line(words: UnansweredWords, number: int, group: Group) -> Rich:
    text = group.text if len(group.text) <= _LONGEST else f"{group.text[: _LONGEST - 1].rstrip()}…"
    return words.question.fill(number=number, question=text, count=group.count, language=group.language)

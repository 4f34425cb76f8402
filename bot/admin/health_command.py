"""The operators' command ``/health``: whether the bot does its work, and what waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.admin.health import Doctor
from bot.content.library import Library
from bot.content.markup import Rich, lines, paragraphs
from bot.errors import StoreError
from bot.guide.action import Event
from bot.guide.operator_words import HealthWords
from bot.guide.ports_statistics import Health
from bot.guide.screen import Screen, Turn


class HealthCommand:
    """Answers ``/health``. ``library`` gives the one in use, ``version`` is the program's."""

    name = "health"

    def __init__(self, library: Callable[[], Library], store: Health, doctor: Doctor, version: str) -> None:
        self._library = library
        self._store = store
        self._doctor = doctor
        self._version = version

    def described(self, language: str | None) -> str:
        return self._words(language).command

    async def answer(self, event: Event, argument: str, now: datetime) -> Turn:
        words, ailment = self._words(event.language), await self._doctor.ailment()
        if ailment is None:
            state: list[Rich] = [words.well]
        else:
            kinds = {
                "stopping": words.stopping,
                "starting": words.starting,
                "store": words.store,
                "stuck": words.stuck,
            }
            state = [kinds[ailment.kind], words.detail.fill(detail=ailment.detail)]
        version = words.version.fill(version=self._version, content=self._library().version)
        return Turn(Screen(paragraphs(*state, await self._waiting(words, now), version)))

    async def _waiting(self, words: HealthWords, now: datetime) -> Rich | str:
        try:
            depths = await self._store.depths(now)
        except StoreError:
            return ""  # That it cannot be used is told already.
        # The question itself is in the inbox until it is answered.
        others = max(0, depths.letters - 1)
        waits = words.waits.fill(letters=others, tips=depths.tips, broadcast=depths.broadcast)
        if depths.oldest is None or not others:
            return waits
        return lines(waits, words.oldest.fill(seconds=max(0, round((now - depths.oldest).total_seconds()))))

    def _words(self, language: str | None) -> HealthWords:
        return self._library().pack(language).words(HealthWords)

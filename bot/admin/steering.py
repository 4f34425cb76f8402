"""Operators look at a broadcast that is under way, pause it, go on, and stop it."""

from __future__ import annotations

from dataclasses import replace

from bot.admin.progress import ProgressTeller
from bot.admin.taps import Hold, Progress, Stop
from bot.content.library import Library
from bot.guide.action import Event
from bot.guide.broadcast import Broadcast
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.ports_broadcast import Broadcasts
from bot.guide.screen import Turn


class Steering:
    """Any operator may steer any broadcast. ``rate`` is how many messages go out in a second."""

    def __init__(self, library: Library, store: Broadcasts, rate: int) -> None:
        self._library = library
        self._store = store
        self._teller = ProgressTeller(library, rate)

    async def pressed(self, event: Event, tap: Progress | Hold | Stop, message: int | None) -> Turn:
        """The turn that follows from a button below ``message``."""
        found = await self._store.broadcast(tap.broadcast)
        words = self._library.pack(event.language).words(BroadcastWords)
        if found is None or found.state == "draft":
            return Turn(notice=words.over)
        if found.ended or found.state == "cancelled":
            return replace(await self.shown(event, found), notice=words.over)
        if isinstance(tap, Stop) and not tap.sure:
            if found.admin == event.person_id and message == found.message:
                # The question stays until it is answered.
                await self._store.show_on(found.id, None)
            return Turn(self._teller.asked_to_stop(_read_by(event, found)))
        notice = await self._steer(words, tap)
        if found.admin == event.person_id and message not in (None, found.message):
            await self._store.show_on(found.id, message)
        return replace(await self.shown(event, found), notice=notice)

    async def shown(self, event: Event, broadcast: Broadcast) -> Turn:
        """How far it is now."""
        now = await self._store.broadcast(broadcast.id) or broadcast
        tally = await self._store.tally(now.id)
        others = [each.id for each in await self._store.under_way()]
        return Turn(self._teller.progress(_read_by(event, now), tally, queued=now.id in others[1:]))

    async def _steer(self, words: BroadcastWords, tap: Progress | Hold | Stop) -> str | None:
        match tap:
            case Stop(id_):
                await self._store.steer(id_, "cancelled")
                return words.notice_stopped
            case Hold(id_, held):
                await self._store.steer(id_, "paused" if held else "on")
                return words.notice_paused if held else words.notice_resumed
            case Progress():
                return None


def _read_by(event: Event, broadcast: Broadcast) -> Broadcast:
    """In the language of whoever looks at it."""
    return replace(broadcast, language=event.language)

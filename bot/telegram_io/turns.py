"""Turns from beginning to end: read, decide, remember, show."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence

from bot.guide.action import Block
from bot.guide.person import Change, Person, Presence, applied
from bot.guide.ports import People
from bot.telegram_io.failures import Failure, Kind
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Turns
from bot.telegram_io.reply import Reply, written
from bot.telegram_io.work import Part

_log = logging.getLogger(__name__)


class NotShownError(Exception):
    """Telegram would not show what a turn shows, and will not."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class TurnRunner:
    """Runs turns. Whoever calls it sees to it that one person has one turn at a time.

    What a turn changes and what it shows are stored in one transaction, and only then shown. So a turn that was
    interrupted after that is not decided again: it is shown, from what was stored.
    """

    def __init__(
        self, guide: Turns, people: People, messenger: Messenger, clock: Clock, reached: Reached = ignore
    ) -> None:
        self._guide = guide
        self._people = people
        self._messenger = messenger
        self._clock = clock
        self._reached = reached

    async def run(self, parts: Sequence[Part]) -> None:
        """One turn; or those of taps on one message, of which only the last one's screen is shown.

        Raises :class:`NotShownError`, :class:`bot.errors.StoreError`, and whatever a bug in the guide raises:
        nothing is then changed, or all of it is stored and will be shown by the next try.
        """
        began = time.perf_counter()
        # What was decided before an interruption comes first, as it did then.
        parts = sorted(parts, key=lambda part: part.letter.answer is None)
        replies = await self._decided(parts)
        await self._shown(parts, replies)
        self._reached("shown")
        took = (time.perf_counter() - began) * 1000
        person, area = parts[0].incoming.event.person_id, replies[-1].area or "-"
        _log.info("turn person=%d area=%s ms=%.1f", person, area, took)

    async def apologise(self, part: Part, reference: str) -> None:
        """Tell the person, as a new message, under which code the failure was logged."""
        incoming = part.incoming
        # In a group it would be noise, and who blocked the bot does not read it.
        if not incoming.private or isinstance(incoming.event.action, Block):
            return
        turn = self._guide.apology(Person(incoming.event.person_id), incoming.event, reference)
        await self._shown((part,), (written(turn),))

    async def _decided(self, parts: Sequence[Part]) -> Sequence[Reply]:
        person_id = parts[0].incoming.event.person_id
        replies = [Reply.from_json(letter.answer) for letter, _ in parts if letter.answer is not None]
        replies = _without_superseded(replies)
        undecided = [part for part in parts if part.letter.answer is None]
        if undecided:
            now, changes = self._clock(), list[Change]()
            person = await self._people.person(person_id)
            for part in undecided:
                turn = self._guide.turn(person, part.incoming.event, now)
                person = applied(person, turn.changes, now)
                changes += turn.changes
                replies.append(written(turn))
            self._reached("decided")
            replies = _without_superseded(replies)
            if changes:
                answers = zip(undecided, replies[-len(undecided) :], strict=True)
                kept = {part.letter.id: reply.to_json() for part, reply in answers}
                await self._people.save(person_id, changes, now, kept)
        self._reached("stored")
        return replies

    async def _shown(self, parts: Sequence[Part], replies: Sequence[Reply]) -> None:
        taps = [
            self._messenger.answer(incoming, reply.notice)
            for (_, incoming), reply in zip(parts, replies, strict=True)
            if incoming.query_id is not None
        ]
        # Side by side: the taps stop spinning at once, and the screen comes a round trip earlier.
        failure, *_ = await asyncio.gather(self._screens(parts, replies), *taps)
        if failure is None:
            return
        incoming = parts[-1].incoming
        if failure.kind is not Kind.PERSON_GONE:
            raise NotShownError(failure)
        await self._gone(incoming)

    async def _screens(self, parts: Iterable[Part], replies: Iterable[Reply]) -> Failure | None:
        for (_, incoming), reply in zip(parts, replies, strict=True):
            failure = await self._messenger.show(incoming, reply)
            if failure is not None:
                return failure
        return None

    async def _gone(self, incoming: Incoming) -> None:
        # Thrown out of a group says nothing about the person; and of a stranger nothing is kept.
        person_id = incoming.event.person_id
        if incoming.private and await self._people.person(person_id) != Person(person_id):
            await self._people.save(person_id, (Presence(gone=True),), self._clock())


def _without_superseded(replies: Sequence[Reply]) -> list[Reply]:
    """Of several screens for one message, the last is what it will look like."""
    last = max((number for number, reply in enumerate(replies) if reply.edits), default=None)
    return [
        reply.without_screen() if reply.edits and number != last else reply
        for number, reply in enumerate(replies)
    ]

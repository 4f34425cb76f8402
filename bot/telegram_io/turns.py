"""Turns from beginning to end: read, decide, remember, show."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FirstlabelError, TelegramError
from bot.guide.action import Block
from bot.guide.person import Change, Person, Presence, Seen, applied
from bot.guide.ports import People
from bot.guide.ports_meter import UNMETERED, Meter, Outcome
from bot.guide.screen import Turn
from bot.telegram_io.desk import CLOSED
from bot.telegram_io.failures import REFUSED, Failure, Kind
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.points import Reached, ignore
from bot.telegram_io.ports import Clock, Desk, Turns
from bot.telegram_io.reply import Reply, written
from bot.telegram_io.work import Part

ACTIVE = "active"
"""Counted for everybody's first turn of a day (UTC)."""
GROUP_ANSWERS = 3
"""Questions that a group gets answers to at once."""

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
        self,
        guide: Turns,
        people: People,
        messenger: Messenger,
        clock: Clock,
        reached: Reached = ignore,
        *,
        desk: Desk = CLOSED,
        meter: Meter = UNMETERED,
    ) -> None:
        self._guide = guide
        self._desk = desk
        self._people = people
        self._messenger = messenger
        self._clock = clock
        self._reached = reached
        self._meter = meter

    async def run(self, parts: Sequence[Part]) -> None:
        """One turn; or those of taps on one message, or in one group, of which only the last one's screen (or few) is shown.

        Raises :class:`NotShownError`, :class:`bot.errors.StoreError`, :class:`bot.errors.TelegramError` if Telegram
        refuses us for good, and whatever a bug in the guide raises:
        nothing is then changed, or all of it is stored and will be shown by the next try.
        """
        began = time.perf_counter()
        # What was decided before an interruption comes first, as it did then.
        parts = sorted(parts, key=lambda part: part.letter.answer is None)
        replies: Sequence[Reply] = ()
        outcome: Outcome = "interrupted"
        try:
            replies = await self._decided(parts)
            outcome = await self._shown(parts, replies)
            self._reached("shown")
        except NotShownError:
            outcome = "not_shown"
            raise
        except FirstlabelError:
            outcome = "put_off"
            raise
        except Exception:
            outcome = "failed"
            raise
        finally:
            self._tell(parts, replies, outcome, time.perf_counter() - began)

    async def apologise(self, part: Part, reference: str) -> None:
        """Tell the person, as a new message, under which code the failure was logged."""
        incoming = part.incoming
        # In a group it would be noise, and who blocked the bot does not read it.
        if not incoming.private or isinstance(incoming.event.action, Block):
            return
        turn = self._guide.apology(Person(incoming.event.person_id), incoming.event, reference)
        await self._shown((part,), (written(turn),))

    def _tell(
        self, parts: Sequence[Part], replies: Sequence[Reply], outcome: Outcome, seconds: float
    ) -> None:
        areas = [reply.area for reply in replies] or [""] * len(parts)
        for area in areas:
            self._meter.turn(area, outcome, seconds)
        fields = {
            "person": parts[0].incoming.event.person_id,
            "update": ",".join(str(part.letter.id) for part in parts),
            "area": areas[-1] or "-",
            "ms": round(seconds * 1000, 1),
            "outcome": outcome,
        }
        _log.info(
            "turn person=%(person)d update=%(update)s area=%(area)s ms=%(ms).1f outcome=%(outcome)s",
            fields,
            extra={"fields": fields},
        )

    async def _decided(self, parts: Sequence[Part]) -> Sequence[Reply]:
        person_id = parts[0].incoming.event.person_id
        stored = [part.letter.answer for part in parts]
        replies = [Reply.from_json(answer) for answer in stored if answer is not None]
        undecided = [part for part in parts if part.letter.answer is None]
        now, changes, counts = self._clock(), list[Change](), list[str]()
        if undecided:
            # One that a newer tap overtook comes to nothing, and is only answered.
            person = before = await self._people.person(person_id)
            for number, part in enumerate(undecided):
                if number:
                    await asyncio.sleep(0)  # as in _answers
                if part.late:
                    replies.append(Reply())
                    continue
                turn = await self._turn(person, part.incoming, now)
                person = applied(person, turn.changes, now)
                changes += turn.changes
                counts += turn.counts
                replies.append(written(turn))
            self._reached("decided")
            if _first_today(before, changes, now):
                counts.append(ACTIVE)
        replies = _without_superseded(replies, group=not parts[0].incoming.private)
        if changes:
            answers = zip(undecided, replies[-len(undecided) :], strict=True)
            kept = {part.letter.id: reply.to_json() for part, reply in answers}
            await self._people.save(person_id, changes, now, kept)
        for name in counts:
            self._meter.counted(name)
        self._reached("stored")
        return replies

    async def _turn(self, person: Person, incoming: Incoming, now: datetime) -> Turn:
        if person.id in self._desk.people:
            turn = await self._desk.turn(incoming.event, now, message=incoming.message_id, post=incoming.post)
            if turn is not None:
                return turn
        return self._guide.turn(person, incoming.event, now)

    async def _shown(self, parts: Sequence[Part], replies: Sequence[Reply]) -> Outcome:
        # Side by side: the tap stops spinning at once, and the screen comes a round trip earlier. Both end before any
        # of their errors counts: what is still being sent must not be tried again.
        failure, answered = await asyncio.gather(
            self._screens(parts, replies), self._answers(parts, replies), return_exceptions=True
        )
        for outcome in (failure, answered):
            if isinstance(outcome, BaseException):
                raise outcome
        if isinstance(failure, Failure):
            await self._not_shown(parts[-1].incoming, failure)
            return "gone"
        return "shown"

    async def _answers(self, parts: Sequence[Part], replies: Sequence[Reply]) -> None:
        # One after the other, the latest first, which is where the person looks: taps that piled up must not fill
        # the loop all at once, at everybody's cost.
        for part, reply in reversed(list(zip(parts, replies, strict=True))):
            if part.incoming.query_id is not None:
                for query_id in (part.incoming.query_id, *reversed(part.again)):
                    await self._messenger.answer(replace(part.incoming, query_id=query_id), reply.notice)

    async def _not_shown(self, incoming: Incoming, failure: Failure) -> None:
        if failure.kind is Kind.REFUSED:
            raise TelegramError(REFUSED)
        if failure.kind is not Kind.PERSON_GONE:
            raise NotShownError(failure)
        await self._gone(incoming)

    async def _screens(self, parts: Iterable[Part], replies: Iterable[Reply]) -> Failure | None:
        for part, reply in zip(parts, replies, strict=True):
            failure = await self._messenger.show(part.incoming, reply)
            if failure is not None:
                return failure
        return None

    async def _gone(self, incoming: Incoming) -> None:
        # Thrown out of a group says nothing about the person; and of a stranger nothing is kept.
        person_id = incoming.event.person_id
        if incoming.private and await self._people.person(person_id) != Person(person_id):
            await self._people.save(person_id, (Presence(gone=True),), self._clock())


def _first_today(before: Person, changes: Sequence[Change], now: datetime) -> bool:
    new_day = before.seen_at is None or before.seen_at.date() != now.date()
    return new_day and any(isinstance(change, Seen) for change in changes)


def _without_superseded(replies: Sequence[Reply], *, group: bool) -> list[Reply]:
    """Of several screens for one message, the last is what it will look like.

    In a group, one word is enough for all who spoke to the bot; of the questions that were asked meanwhile the last few
    are answered, so that nobody can have the bot flood it.
    """
    dropped = set(_all_but(1, [number for number, reply in enumerate(replies) if reply.edits]))
    if group:
        questions = [number for number, reply in enumerate(replies) if reply.text is not None and reply.fresh]
        dropped.update(_all_but(GROUP_ANSWERS, questions))
    return [reply.without_screen() if number in dropped else reply for number, reply in enumerate(replies)]


def _all_but(last: int, numbers: Sequence[int]) -> Sequence[int]:
    return numbers[:-last]

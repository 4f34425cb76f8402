"""One turn from beginning to end: read, decide, remember, show."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from bot.guide.action import Block
from bot.guide.person import Change, Erase, Person, Presence
from bot.guide.ports import Store
from bot.guide.screen import Turn
from bot.telegram_io.failures import Failure, Kind
from bot.telegram_io.incoming import Incoming
from bot.telegram_io.messenger import Messenger
from bot.telegram_io.ports import Clock, Turns
from bot.telegram_io.references import new_reference, report

_log = logging.getLogger(__name__)


class TurnRunner:
    """Runs turns. Whoever calls it sees to it that one person has one turn at a time."""

    def __init__(self, guide: Turns, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._guide = guide
        self._store = store
        self._messenger = messenger
        self._clock = clock

    async def run(self, incoming: Incoming) -> None:
        """One turn. What the screen says is stored before it is shown; a failure ends in an apology."""
        began = time.perf_counter()
        turn = await self._decided(incoming)
        reference = await self._shown(incoming, turn)
        if reference is not None:
            await self._shown(
                _afresh(incoming), self._apology(incoming, Person(incoming.event.person_id), reference)
            )
        took = (time.perf_counter() - began) * 1000
        _log.info("turn person=%d area=%s ms=%.1f", incoming.event.person_id, turn.area or "-", took)

    async def _decided(self, incoming: Incoming) -> Turn:
        event = incoming.event
        person = Person(event.person_id)
        try:
            now = self._clock()
            person = await self._store.person(event.person_id)
            turn = self._guide.turn(person, event, now)
            if turn.changes:
                await self._store.save(event.person_id, turn.changes, now)
        except Exception as error:
            reference = report(_log, "a turn", error, person=event.person_id, update=incoming.update_id)
            return self._apology(incoming, person, reference)
        return turn

    def _apology(self, incoming: Incoming, person: Person, reference: str) -> Turn:
        # In a group it would be noise, and who blocked the bot does not read it.
        if not incoming.private or isinstance(incoming.event.action, Block):
            return Turn()
        return self._guide.apology(person, incoming.event, reference)

    async def _shown(self, incoming: Incoming, turn: Turn) -> str | None:
        """Show a turn; returns a reference code if that failed by a fault of ours."""
        ids = {"person": incoming.event.person_id, "update": incoming.update_id}
        try:
            failure = await self._messenger.show(incoming, turn)
        except Exception as error:
            return report(_log, "showing a screen", error, **ids)
        if failure is None:
            return None
        if failure.kind is Kind.PERSON_GONE:
            await self._gone(incoming, turn.changes)
            return None
        return self._not_shown(failure, ids)

    def _not_shown(self, failure: Failure, ids: dict[str, int]) -> str | None:
        reference = new_reference()
        _log.error(
            "a screen was not shown ref=%s person=%d update=%d (%s)",
            reference,
            ids["person"],
            ids["update"],
            failure.detail,
        )
        return reference if failure.kind is Kind.OUR_FAULT else None

    async def _gone(self, incoming: Incoming, changes: Sequence[Change]) -> None:
        # Thrown out of a group says nothing about the person; and who was erased stays erased.
        if not incoming.private or any(isinstance(change, Erase) for change in changes):
            return
        person_id = incoming.event.person_id
        try:
            await self._store.save(person_id, (Presence(gone=True),), self._clock())
        except Exception as error:
            report(_log, "remembering that a person is gone", error, person=person_id)


def _afresh(incoming: Incoming) -> Incoming:
    """The same place for a message of its own: the tap is answered, the screen tapped stays."""
    return replace(incoming, query_id=None, message_id=None)

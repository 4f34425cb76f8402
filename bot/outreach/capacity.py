"""Whether more tips are due than can be sent: then they spread, and the operator is told."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.guide.ports import Outreach

LOOK_EVERY = timedelta(minutes=10)
TELL_EVERY = timedelta(hours=1)
AHEAD = timedelta(hours=1)
BACKLOG = timedelta(hours=3)
"""What has been due for longer is not sent any more."""

_log = logging.getLogger(__name__)


class Capacity:
    """``rate`` is how many messages a second may be sent."""

    def __init__(self, store: Outreach, rate: int) -> None:
        self._store = store
        self._rate = rate
        self._looked: datetime | None = None
        self._told: datetime | None = None

    async def look(self, now: datetime) -> None:
        """Now and then, count who is due within the hour, and warn if that is too many."""
        if not _is_over(self._looked, now, LOOK_EVERY):
            return
        self._looked = now
        due = await self._store.count_due(now - BACKLOG, now + AHEAD)
        room = int(self._rate * AHEAD.total_seconds())
        if due > room and _is_over(self._told, now, TELL_EVERY):
            self._told = now
            _log.warning(
                "%d tips are due by %s UTC, and BULK_RATE=%d lets %d of them out in an hour: they spread over"
                " %.0f minutes",
                due,
                f"{now + AHEAD:%H:%M}",
                self._rate,
                room,
                due / self._rate / 60,
            )


def _is_over(since: datetime | None, now: datetime, span: timedelta) -> bool:
    # A clock may also be set back.
    return since is None or not since <= now < since + span

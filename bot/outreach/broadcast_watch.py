"""Shows the operator how far a broadcast is, in one message that is changed now and then."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.guide.broadcast import Broadcast, State, Tally
from bot.guide.ports_broadcast import Broadcasts, Teller
from bot.guide.ports_outlet import Board

SHOW_SECONDS = 3.0
"""At most so often the message changes, unless the broadcast was paused, or goes on."""


class BroadcastWatch:
    """Never keeps the sending waiting: a message that is hard to change is changed later."""

    def __init__(
        self,
        store: Broadcasts,
        teller: Teller,
        board: Board,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._teller = teller
        self._board = board
        self._monotonic = monotonic
        self._seen: tuple[int, int | None, State, Tally] | None = None
        self._shown_at = float("-inf")
        self._showing: asyncio.Task[None] | None = None

    async def look(self, broadcast: Broadcast) -> None:
        """Show how far it is, if that is due. Raises what showing it last ended with."""
        if self._showing is not None:
            if not self._showing.done():
                return
            showing, self._showing = self._showing, None
            showing.result()
        steered = self._seen is None or self._seen[:3] != (broadcast.id, broadcast.message, broadcast.state)
        if broadcast.message is None:
            self._seen = None
            return
        if not steered and self._monotonic() - self._shown_at < SHOW_SECONDS:
            return
        tally = await self._store.tally(broadcast.id)
        self._shown_at = self._monotonic()
        seen = (broadcast.id, broadcast.message, broadcast.state, tally)
        if seen != self._seen:
            self._seen = seen
            self._showing = asyncio.create_task(self._show(broadcast, tally), name="broadcast progress")

    async def last(self, broadcast: Broadcast, tally: Tally) -> None:
        """Show how it ended, for good, and tell it in a new message, too, which the operator will notice."""
        if self._showing is not None:
            await self._showing
            self._showing = None
        if broadcast.message is not None:
            screen = self._teller.progress(broadcast, tally, queued=False)
            await self._board.show(broadcast.admin, broadcast.message, screen, last=True)
        await self._board.show(broadcast.admin, None, self._teller.report(broadcast, tally))

    async def stop(self) -> None:
        """Show nothing more."""
        if self._showing is not None:
            self._showing.cancel()
            await asyncio.gather(self._showing, return_exceptions=True)
            self._showing = None

    async def _show(self, broadcast: Broadcast, tally: Tally) -> None:
        screen = self._teller.progress(broadcast, tally, queued=False)
        message = await self._board.show(broadcast.admin, broadcast.message, screen)
        if message != broadcast.message:
            # Theirs was deleted, or they see nothing of us any more.
            await self._store.show_on(broadcast.id, message)
            self._seen = (broadcast.id, message, broadcast.state, tally)

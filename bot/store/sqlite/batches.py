"""Group commit: pieces of work that are ready together share one transaction, and so one wait for the disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from bot.store.sqlite.schema import transaction

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], T]

MOST = 100
"""So many pieces at most share a transaction: others wait for its end."""


@dataclass(slots=True)
class _Piece:
    work: Work[Any]
    after: Work[None] | None
    outcome: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None
    done: bool = False


class Batches:
    """Gives work to ``run``, which has it done in the thread of the connection that writes, one call after the other.

    While that is at work more gathers. Each piece is all done or not at all, whatever becomes of those beside it.
    """

    def __init__(self, run: Callable[[Work[None]], Awaitable[None]]) -> None:
        self._run = run
        self._gathered: list[_Piece] = []
        self._task: asyncio.Task[None] | None = None

    async def write(self, work: Work[T], after: Work[None] | None = None) -> T:
        """What ``work`` returned or raised; on return it survives a power cut. It may be called more than once.

        ``after`` is called in the same thread once that is so, outside of any transaction.
        """
        piece = _Piece(work, after, asyncio.get_running_loop().create_future())
        self._gathered.append(piece)
        if self._task is None:
            self._task = asyncio.create_task(self._write_gathered(), name="batches")
        return cast("T", await piece.outcome)

    async def _write_gathered(self) -> None:
        try:
            while self._gathered:
                batch, self._gathered = self._gathered[:MOST], self._gathered[MOST:]
                await self._write(batch)
        finally:
            self._task = None

    async def _write(self, batch: Sequence[_Piece]) -> None:
        try:
            await self._run(lambda connection: _together(connection, batch))
        except Exception as error:
            for piece in batch:
                piece.error = piece.error or error
        for piece in batch:
            if piece.outcome.done():  # Nobody waits any more for one that was cancelled.
                continue
            if piece.error is not None:
                piece.outcome.set_exception(piece.error)
            else:
                piece.outcome.set_result(piece.result)


def _together(connection: sqlite3.Connection, batch: Sequence[_Piece]) -> None:
    if len(batch) == 1:
        _alone(connection, batch[0])
    else:
        began = False
        try:
            with transaction(connection):
                began = True
                for piece in batch:
                    _one(connection, piece)
        except sqlite3.Error:
            if not began:
                # Another process has the lock. Nobody shall wait for that again and again.
                raise
            # A full disk, perhaps, or one piece that made SQLite undo all of it: each for itself may still do.
            for piece in batch:
                piece.error = None
                _alone(connection, piece)
    for piece in batch:
        if piece.after is not None and piece.done:
            piece.after(connection)


def _one(connection: sqlite3.Connection, piece: _Piece) -> None:
    """One piece of a batch; its own failure is its own, unless it ended the transaction of all."""
    if piece.outcome.done():
        return
    try:
        piece.result, piece.done = piece.work(connection), True
    except Exception as error:
        if not connection.in_transaction:
            raise
        piece.error = error


def _alone(connection: sqlite3.Connection, piece: _Piece) -> None:
    piece.done = False
    if piece.outcome.done():
        return
    try:
        piece.result, piece.done = piece.work(connection), True
    except Exception as error:
        piece.error = error

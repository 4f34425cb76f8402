"""What the guide needs of the world, as protocols. Stores implement :class:`Store`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.guide.person import Change, Person


class Store(Protocol):
    """Remembers people. Whoever implements it passes the contract tests in ``tests/store``.

    Every method raises :class:`bot.errors.StoreError` when the database cannot be used; nothing is then
    half-written.
    """

    async def person(self, person_id: int) -> Person:
        """The person with all their marks, in one read; a stranger is an empty :class:`Person`."""

    async def save(self, person_id: int, changes: Sequence[Change], now: datetime) -> None:
        """Make all changes in one transaction, or none; on return they survive a kill of the process.

        The same changes again leave the same rows. After :class:`~bot.guide.person.Erase` no row and, as far as
        the database can promise it, no byte of the person is left in the file.
        """

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""

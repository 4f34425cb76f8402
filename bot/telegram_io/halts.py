"""A pause that Telegram asked for."""

from __future__ import annotations

from math import inf

CALM_SECONDS = 60.0
"""So long after a pause in which everybody gave up waiting, no one need go ahead any more."""


class Halt:
    """Open, until Telegram answers 429; then shut for as long as it says, and then ajar.

    Ajar it lets one call in, to try. Only when that has succeeded is it open again: if all that wait came at once, all
    of them could meet the next 429. Only time ends the pause, and it is only ever prolonged.
    """

    __slots__ = ("_shut", "_tried_at", "_trying", "until")

    def __init__(self) -> None:
        self.until = -inf
        """When the last pause ends."""
        self._shut = False
        self._trying = False
        self._tried_at = -inf

    def opens_at(self) -> float:
        """From when on a call may start: perhaps past, and infinite until the one that tries has ended."""
        if not self._shut:
            return -inf
        return inf if self._trying else self.until

    def over_at(self) -> float:
        """From when on it is as if new, perhaps past; only while no call waits or is under way."""
        return self.until + CALM_SECONDS if self._shut else -inf

    def shut(self, until: float) -> None:
        """Nothing may start before ``until``."""
        self._shut = True
        self.until = max(self.until, until)

    def enter(self, now: float) -> bool:
        """A call starts, which must be allowed by now. Whether it is the one that tries."""
        self._trying, self._tried_at = self._shut, now
        return self._shut

    def leave(self, *, succeeded: bool) -> None:
        """The call that tried has ended."""
        self._trying = False
        # What began before the last pause says nothing of the time after it.
        if succeeded and self._tried_at >= self.until:
            self._shut = False

"""What this process knows of the lanes it holds.

The database knows, too. The two differ after an answer was lost on the way: then a lane is ours and nobody here was
told of it. Such lanes are dealt again at the next claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count


class Held:
    """Whose letters the caller was told to work on."""

    def __init__(self) -> None:
        self._told: dict[int, int] = {}
        self._numbers = count()
        self._unsure = False

    def __contains__(self, person: int) -> bool:
        return person in self._told

    def told(self, people: Iterable[int]) -> None:
        for person in people:
            self._told[person] = next(self._numbers)

    def leaving(self, people: Iterable[int]) -> dict[int, int]:
        """To be asked before their lanes are given up, and handed to :meth:`left` after that."""
        return {person: self._told[person] for person in people if person in self._told}

    def left(self, leaving: dict[int, int], kept: Collection[int]) -> None:
        """Their lanes were given up, but for ``kept``.

        Who was told of again meanwhile is held: a put that overlaps with the end of a lane either found it or took
        it anew, and its answer may arrive first.
        """
        for person, number in leaving.items():
            if person not in kept and self._told.get(person) == number:
                del self._told[person]

    def lost(self, person: int) -> None:
        """The caller will forget this person; what is still ours of theirs is dealt again."""
        self._told.pop(person, None)
        self._unsure = True

    def doubt(self) -> None:
        """A call failed that may have been done all the same."""
        self._unsure = True

    def to_compare(self) -> list[int] | None:
        """Whom we were told of, if that should be compared with what the database has; asking ends the doubt."""
        unsure, self._unsure = self._unsure, False
        return list(self._told) if unsure else None

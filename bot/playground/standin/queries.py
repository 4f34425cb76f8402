"""Callback and inline queries: open for a while, answered once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import rules
from .events import Recent

Json = dict[str, Any]

FIRST_QUERY_ID = 4_300_000_000_000_001


class Queries:
    """Which queries wait for an answer and what was answered."""

    def __init__(self, clock: Callable[[], float], keep: int) -> None:
        self._clock = clock
        self._next = FIRST_QUERY_ID
        self._open: dict[str, tuple[float, Json]] = {}
        self.answers: Recent[Json] = Recent(keep)

    def open(self, person_id: int, chat_id: int, message_id: int | None) -> str:
        """A new query; returns its id."""
        self._forget_old()
        query_id = str(self._next)
        self._next += 1
        about = {"person_id": person_id, "chat_id": chat_id, "message_id": message_id}
        self._open[query_id] = (self._clock(), about)
        return query_id

    def close(self, query_id: str) -> Json:
        """Takes the query that is being answered. Raises ApiError when it is too old, answered or unknown."""
        opened, about = self._open.pop(query_id, (float("-inf"), {}))
        if self._clock() - opened > rules.QUERY_SECONDS:
            raise rules.bad_request(rules.QUERY_TOO_OLD)
        return about

    def _forget_old(self) -> None:
        # Dicts keep insertion order, so the oldest is first and one look is usually enough.
        limit = self._clock() - rules.QUERY_SECONDS
        while self._open:
            oldest = next(iter(self._open))
            if self._open[oldest][0] >= limit:
                return
            del self._open[oldest]

    def to_dict(self) -> Json:
        """The open queries, as JSON."""
        return {"next": self._next, "open": {key: list(value) for key, value in self._open.items()}}

    def restore(self, data: Json) -> None:
        """The reverse of to_dict."""
        self._next = data["next"]
        self._open = {key: (opened, about) for key, (opened, about) in data["open"].items()}

"""Votes in polls that the bot sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def voted(poll: Json, before: Sequence[int], now: Sequence[int]) -> Json:
    """The poll after somebody's vote changed from one choice of options to another.

    Raises ValueError with one line when the poll does not take that vote.
    """
    if poll["is_closed"]:
        raise ValueError("the poll is closed")
    if any(not 0 <= option < len(poll["options"]) for option in now):
        raise ValueError(f"the poll has options 0 to {len(poll['options']) - 1}")
    if len(now) > 1 and not poll["allows_multiple_answers"]:
        raise ValueError("the poll takes one answer")
    if before and not poll["allows_revoting"]:
        raise ValueError("the poll takes no second vote")
    options = [
        {**option, "voter_count": option["voter_count"] + (at in now) - (at in before)}
        for at, option in enumerate(poll["options"])
    ]
    total = poll["total_voter_count"] + bool(now) - bool(before)
    return {**poll, "options": options, "total_voter_count": total}

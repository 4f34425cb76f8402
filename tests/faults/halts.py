"""Whether calls kept to the halts and rates that Telegram asks for, by when the stand-in got them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from bot.playground.standin import Call

UNDER_WAY_SECONDS = 0.3
"""A call that came in so soon after a refusal had left before the refusal was there: a turn answers a tap and shows its
screen side by side, and a busy machine is slow to tell. No halt is shorter than a second."""


def inside_halts(calls: Iterable[Call], askers: Mapping[str, int], *, bulk: bool = False) -> list[str]:
    """The calls that came before a halt was over that concerned them.

    A halt concerns the chat of the call that was refused, or, without one, the method; in ``bulk`` all of it.
    ``askers`` tells whose chat the answer to a query belongs to.
    """
    found: list[str] = []
    halts: dict[str, tuple[float, float]] = {}
    for call in sorted(calls, key=lambda call: call.monotonic):
        place = "bulk" if bulk else _place(call, askers)
        told, ends = halts.get(place, (0.0, 0.0))
        if told + UNDER_WAY_SECONDS < call.monotonic < ends:
            found.append(f"{call.method} to {place} came {ends - call.monotonic:.2f} s too early")
        if wait := call.response.get("parameters", {}).get("retry_after"):
            now = call.monotonic + call.ms / 1000
            halts[place] = (now, max(ends, now + wait))
    return found


def most_in_a_second(calls: Iterable[Call], method: str) -> int:
    """The most calls of a method in any sliding second."""
    window: deque[float] = deque()
    most = 0
    for at in sorted(call.monotonic for call in calls if call.method == method):
        window.append(at)
        while at - window[0] >= 1:
            window.popleft()
        most = max(most, len(window))
    return most


def _place(call: Call, askers: Mapping[str, int]) -> str:
    params: Mapping[str, Any] = call.params
    chat = params.get("chat_id") or askers.get(str(params.get("callback_query_id")))
    return str(chat or call.method)

"""The points of the code between which a kill of the process must lose nothing.

Tests end the process at each of them; see ``make faults``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

Point = Literal["fetched", "kept", "read", "decided", "stored", "shown", "settled"]
"""In the order in which an update passes them.

``fetched``: it was polled or came to the webhook; ``kept``: it is in the inbox; ``read``: it was parsed;
``decided``: what follows from it is known; ``stored``: that is in the database, too; ``shown``: the person sees it;
``settled``: it has left the inbox.
"""

POINTS: tuple[Point, ...] = get_args(Point)

Reached = Callable[[Point], None]
"""Told of each point as it is reached."""


def ignore(point: Point) -> None:
    """What is told in earnest: nobody."""

"""What speaks for the work and what against it."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import KindFile, Links, Shelf, entries
from bot.content.kinds.pay import Point


class GoodAndBadFile(KindFile):
    good: Annotated[Shelf[Point], entries(1, 12)]
    bad: Annotated[Shelf[Point], entries(1, 12)]
    links: Links = Links()

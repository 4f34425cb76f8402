"""What the work pays, what moves it, and what to expect."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Entry, KindFile, Label, Links, Rich, Shelf, Source, Wording, entries


class Level(Entry):
    title: Label
    range: Annotated[Wording, AtMost(60)]
    what: Annotated[Rich, AtMost(240)]
    sources: tuple[Source, ...] = ()


class Point(Entry):
    title: Label
    text: Annotated[Rich, AtMost(300)]
    sources: tuple[Source, ...] = ()


class PayFile(KindFile):
    intro: Annotated[Rich, AtMost(400)]
    levels: Annotated[Shelf[Level], entries(1, 8)]
    factors: Annotated[Shelf[Point], entries(1, 12)]
    expectations: Annotated[Shelf[Point], entries(1, 12)]
    links: Links = Links()

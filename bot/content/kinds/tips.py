"""Short tips, one a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from bot.content.fields import AtMost, Concern, Entry, KindFile, Links, Rich, Shelf, Source, SubId, entries
from bot.content.kinds.platforms import doubtful_links

if TYPE_CHECKING:
    from bot.content.library import Pack

Stage = Literal["before-start", "first-week", "growing"]
STAGES: tuple[Stage, ...] = ("before-start", "first-week", "growing")
"""How far along a person is whom a tip helps, in order."""


class Tip(Entry):
    topic: SubId
    """Tips on the same topic are not told two days running."""
    stage: Stage
    text: Annotated[Rich, AtMost(280)]
    links: Links = Links()
    sources: tuple[Source, ...] = ()


class TipsFile(KindFile):
    tips: Annotated[Shelf[Tip], entries(1, 2_000)]

    def cross_check(self, pack: Pack) -> Iterable[Concern]:
        """Every stage has a tip, and no link recommends what may not be recommended."""
        there = {tip.stage for tip in self.tips}
        for stage in STAGES:
            if stage not in there:
                yield (("tips",), f"no tip has the stage {stage!r}: people on it would get none")
        for at, tip in enumerate(self.tips):
            yield from doubtful_links(pack, tip.links, ("tips", at))


__all__ = ["STAGES", "Stage", "Tip", "TipsFile"]

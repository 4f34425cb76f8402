"""The words of the places where the work is found."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Phrase, Rich, Slots, Strict, Template
from bot.guide.area import TitledWords


class StatusIcons(Strict):
    """Put before a platform's name, so that nobody takes a closed or doubtful one for a good one."""

    good: Annotated[LabelTemplate, Slots("name"), AtMost(8)]
    unpaid: Annotated[LabelTemplate, Slots("name"), AtMost(8)]
    doubtful: Annotated[LabelTemplate, Slots("name"), AtMost(8)]
    closed: Annotated[LabelTemplate, Slots("name"), AtMost(8)]


class PlatformsWords(TitledWords):
    intro: Annotated[Rich, AtMost(500)]
    doubted_before: tuple[Phrase, ...] = ()
    """How people ask about a platform, before its name (``is``) and"""
    doubted_after: tuple[Phrase, ...] = ()
    """after it (``legit``); either may stand alone."""
    beginner_list: Label
    beginner_intro: Annotated[Rich, AtMost(300)]
    all_list: Label
    all_intro: Annotated[Rich, AtMost(300)]
    mine_list: Annotated[LabelTemplate, Slots("count"), AtMost(40)]
    mine_title: Label
    mine_intro: Annotated[Rich, AtMost(300)]
    mine_empty: Annotated[Rich, AtMost(300)]
    kind_list: Annotated[LabelTemplate, Slots("title"), AtMost(12)]
    kind_list_chosen: Annotated[LabelTemplate, Slots("title"), AtMost(12)]
    kind_intro: Annotated[Rich, AtMost(300)]
    nothing_here: Annotated[Rich, AtMost(200)]
    icons: StatusIcons
    tracked_entry: Annotated[LabelTemplate, Slots("name", "stage"), AtMost(8)]
    site: Annotated[LabelTemplate, Slots("domain"), AtMost(30)]
    stage: Annotated[LabelTemplate, Slots("stage"), AtMost(8)]
    stage_chosen: Annotated[LabelTemplate, Slots("stage"), AtMost(8)]
    stage_none: Label
    your_stage: Annotated[Template, Slots("stage"), AtMost(60)]
    track_it: Annotated[Rich, AtMost(150)]
    notice_stage: Annotated[LabelTemplate, Slots("name", "stage"), AtMost(60)]
    notice_stage_none: Annotated[LabelTemplate, Slots("name"), AtMost(80)]

"""The words of the check of offers."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template
from bot.guide.area import TitledWords


class OffersWords(TitledWords):
    ask: Annotated[Rich, AtMost(500)]
    cancel: Label
    all_signs: Label
    signs_intro: Annotated[Rich, AtMost(300)]
    only_text: Annotated[Rich, AtMost(200)]
    too_short: Annotated[Rich, AtMost(200)]
    stop: Annotated[Rich, AtMost(200)]
    careful: Annotated[Rich, AtMost(200)]
    nothing: Annotated[Rich, AtMost(300)]
    high: Annotated[Template, Slots("title"), AtMost(20)]
    medium: Annotated[Template, Slots("title"), AtMost(20)]
    low: Annotated[Template, Slots("title"), AtMost(20)]
    quote: Annotated[Template, Slots("quote"), AtMost(20)]
    others: Annotated[Template, Slots("count"), AtMost(60)]
    what_next: Annotated[Template, Slots("text"), AtMost(60)]
    checks_intro: Annotated[Rich, AtMost(100)]
    checks: tuple[Annotated[Rich, AtMost(150)], ...] = ()
    report: Annotated[Rich, AtMost(100)]
    where_to_report: Label
    not_kept: Annotated[Rich, AtMost(150)]
    detail: Annotated[LabelTemplate, Slots("title"), AtMost(10)]
    looks_like: Annotated[Template, Slots("text"), AtMost(60)]
    why: Annotated[Template, Slots("text"), AtMost(60)]
    what_to_do: Annotated[Template, Slots("text"), AtMost(60)]
    another: Label

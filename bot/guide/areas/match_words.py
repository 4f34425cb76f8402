"""The words of the matching."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Strict, Template
from bot.guide.area import TitledWords

Line = Annotated[Rich, AtMost(200)]
Fact = Annotated[Template, Slots("text"), AtMost(60)]
Names = Annotated[Template, Slots("names"), AtMost(60)]


class EffortWords(Strict):
    light: Line
    middle: Line
    heavy: Line


class LowerWords(Strict):
    """Why an entry that fits is not among the first, where nothing speaks against it."""

    answers: Line
    """Others suit the answers better."""
    general: Line
    """Others are better known, easier to get into, or pay sooner, whoever asks."""
    equal: Line
    """It is as good as the last of the first."""


class MatchWords(TitledWords):
    intro: Annotated[Rich, AtMost(400)]
    already_known: Annotated[Template, Slots("answers"), AtMost(100)]
    begin: Label
    see_result: Label
    question_number: Annotated[Template, Slots("number", "total"), AtMost(60)]
    several: Line
    """Said under a question to which several answers may be given."""
    understood: Annotated[Template, Slots("answer"), AtMost(40)]
    """How an answer that was typed was taken."""
    which_of_these: Line
    """Said when a typed place may belong to several of the answers."""
    option: Annotated[LabelTemplate, Slots("answer"), AtMost(8)]
    option_chosen: Annotated[LabelTemplate, Slots("answer"), AtMost(8)]
    back: Label
    skip: Label
    next: Label
    result_intro: Line
    no_country: Line
    """Said where nobody told in which country they live."""
    place: Annotated[LabelTemplate, Slots("number", "name"), AtMost(12)]
    fits: Fact
    against: Fact
    not_known: Fact
    get_in: Annotated[Template, Slots("effort", "text"), AtMost(60)]
    effort: EffortWords
    effort_unknown: Line
    first_money: Annotated[Template, Slots("days", "text"), AtMost(60)]
    days_between: Annotated[Template, Slots("least", "most"), AtMost(120)]
    days_about: Annotated[Template, Slots("days"), AtMost(120)]
    days_from: Annotated[Template, Slots("least"), AtMost(120)]
    days_unknown: Line
    signed_up: Annotated[LabelTemplate, Slots("number"), AtMost(24)]
    tracked: Annotated[LabelTemplate, Slots("number", "stage"), AtMost(10)]
    notice_signed_up: Annotated[LabelTemplate, Slots("name", "stage"), AtMost(80)]
    change: Label
    change_intro: Line
    change_entry: Annotated[LabelTemplate, Slots("question", "answer"), AtMost(8)]
    unanswered: Label
    moved_up: Names
    nothing_moved: Line
    now_on_top: Names
    none_on_top: Line
    why_not: Label
    why_not_intro: Line
    less_well: Line
    missing: Line
    """Above those that fit, but for something that speaks against them."""
    lower: LowerWords
    do_not_fit: Line
    left_out: Line
    rest_line: Annotated[Template, Slots("name", "why"), AtMost(12)]
    unpaid: Line
    nothing: Annotated[Rich, AtMost(400)]
    would_change: Line
    nothing_would: Annotated[Rich, AtMost(300)]
    way: Annotated[LabelTemplate, Slots("answer", "count"), AtMost(24)]

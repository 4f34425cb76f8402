"""What operators read when they write to many people."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.library import AreaSpec, Words
from bot.guide.area import Area

Line = Annotated[Rich, AtMost(300)]
Notice = Annotated[Wording, AtMost(190)]
Choice = Annotated[LabelTemplate, Slots("choice"), AtMost(24)]
Counted = Annotated[LabelTemplate, Slots("count"), AtMost(24)]


class BroadcastWords(Words):
    command: Annotated[Wording, AtMost(60)]
    """In Telegram's menu, for operators only."""

    compose: Annotated[Rich, AtMost(500)]
    cannot_take: Line
    """For what is neither a text nor one photo, or was forwarded."""
    caption_too_long: Annotated[Template, Slots("limit", "length"), AtMost(200)]
    discard: Label
    discarded: Line
    under_way: Counted

    preview: Line
    goes_to: Annotated[Template, Slots("who"), AtMost(60)]
    size: Annotated[Template, Slots("people", "time", "rate"), AtMost(150)]
    nobody: Line
    everybody: Label
    by_language: Choice
    by_stage: Choice
    by_activity: Choice
    whichever: Label
    language: Annotated[LabelTemplate, Slots("language", "count"), AtMost(20)]
    stage_none: Label
    stage_some: Label
    stage_all: Label
    active: Annotated[LabelTemplate, Slots("days"), AtMost(40)]
    chosen: Choice
    open: Choice
    choose_language: Line
    choose_stage: Line
    choose_activity: Line
    back: Label
    write_anew: Label
    review: Label

    confirm: Annotated[Template, Slots("people", "time", "rate", "who"), AtMost(300)]
    confirm_yes: Counted
    changed: Notice
    """An old button was tapped."""
    over: Notice

    sending: Line
    queued: Line
    paused: Line
    stopping: Line
    done: Line
    stopped: Line
    numbers: Annotated[Template, Slots("sent", "failed", "blocked", "unknown", "left", "total"), AtMost(300)]
    unknown_note: Line
    time_left: Annotated[Template, Slots("time"), AtMost(60)]
    pause: Label
    resume: Label
    stop: Label
    stop_ask: Line
    stop_yes: Label
    stop_no: Label
    notice_paused: Notice
    notice_resumed: Notice
    notice_stopped: Notice
    report_done: Line
    report_stopped: Line

    seconds: Counted
    minutes: Counted
    hours: Annotated[LabelTemplate, Slots("hours", "minutes"), AtMost(24)]


AREA = Area(AreaSpec("broadcast", BroadcastWords, always=True))

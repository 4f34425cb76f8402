"""What operators read about their bot: how many people do what, how it is, how far somebody is."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.library import AreaSpec, Words
from bot.guide.area import Area

Line = Annotated[Rich, AtMost(300)]
InMenu = Annotated[Wording, AtMost(60)]


class StatisticsWords(Words):
    """``/stats``, and the report that ``python -m bot stats`` writes."""

    command: InMenu
    """In Telegram's menu, for operators only."""
    title: Annotated[Template, Slots("date"), AtMost(100)]
    people: Annotated[Template, Slots("started", "new_day", "new_week", "new_month"), AtMost(200)]
    active: Annotated[Template, Slots("active_day", "active_week", "active_month", "gone"), AtMost(200)]
    steps_title: Line
    step: Annotated[Template, Slots("number", "title", "reached", "done"), AtMost(100)]
    step_in_days: Annotated[Template, Slots("number", "title", "reached", "done", "days"), AtMost(120)]
    checklist_title: Line
    platforms_title: Line
    counted: Annotated[Template, Slots("title", "people"), AtMost(30)]
    tips: Annotated[
        Template, Slots("on", "paused", "stopped", "sent", "liked", "disliked", "days"), AtMost(300)
    ]
    questions: Annotated[
        Template, Slots("asked", "answered", "unanswered", "helpful", "not_helpful", "days"), AtMost(300)
    ]
    sources_title: Line
    rest: Line
    """Said if there is more than fits."""
    few: Annotated[Template, Slots("few"), AtMost(150)]
    """What a number behind ``<`` means."""
    picture: Annotated[Wording, AtMost(200)]
    """Below the picture."""
    chart_steps: Annotated[Wording, AtMost(50)]
    chart_reached: Annotated[Wording, AtMost(20)]
    chart_done: Annotated[Wording, AtMost(20)]
    chart_days: Annotated[LabelTemplate, Slots("days"), AtMost(50)]
    chart_active: Annotated[Wording, AtMost(20)]
    chart_new: Annotated[Wording, AtMost(20)]


class HealthWords(Words):
    """``/health``."""

    command: InMenu
    well: Line
    stopping: Line
    starting: Line
    store: Line
    stuck: Line
    detail: Annotated[Template, Slots("detail"), AtMost(20)]
    """In English, as in the log."""
    waits: Annotated[Template, Slots("letters", "tips", "broadcast"), AtMost(200)]
    oldest: Annotated[Template, Slots("seconds"), AtMost(100)]
    version: Annotated[Template, Slots("version", "content"), AtMost(100)]


class WhoWords(Words):
    """``/who``."""

    command: InMenu
    usage: Line
    unknown: Line
    title: Annotated[Template, Slots("id"), AtMost(60)]
    came: Annotated[Template, Slots("began", "seen"), AtMost(100)]
    never: Label
    """In place of a date."""
    language: Annotated[Template, Slots("language"), AtMost(40)]
    source: Annotated[Template, Slots("source"), AtMost(40)]
    gone: Line
    steps: Annotated[Template, Slots("done", "total"), AtMost(60)]
    at_step: Annotated[Template, Slots("number", "title"), AtMost(60)]
    have: Annotated[Template, Slots("count", "total"), AtMost(60)]
    platforms: Annotated[Template, Slots("count"), AtMost(60)]
    tips_on: Annotated[Template, Slots("next"), AtMost(100)]
    tips_off: Line
    no_tips: Line


class UnansweredWords(Words):
    """``/unanswered``."""

    command: InMenu
    none: Line
    title: Line
    question: Annotated[Template, Slots("number", "question", "count", "language"), AtMost(40)]
    """People's own words are among it."""
    more: Annotated[Template, Slots("count"), AtMost(60)]
    note: Line
    ignore: Annotated[LabelTemplate, Slots("number"), AtMost(10)]
    export: Label
    file: Annotated[Wording, AtMost(300)]
    """Below the file."""
    notice_ignored: Annotated[Wording, AtMost(190)]
    notice_over: Annotated[Wording, AtMost(190)]


AREAS = (
    Area(AreaSpec("statistics", StatisticsWords, always=True)),
    Area(AreaSpec("health", HealthWords, always=True)),
    Area(AreaSpec("who", WhoWords, always=True)),
    Area(AreaSpec("unanswered", UnansweredWords, always=True)),
)

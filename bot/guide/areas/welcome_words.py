"""The words of the first minute."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, LabelTemplate, Rich, Slots, Template, Wording
from bot.content.library import Words


class WelcomeWords(Words):
    hello: Annotated[Template, Slots("name"), AtMost(100)]
    hello_nameless: Annotated[Rich, AtMost(100)]
    never: Annotated[Rich, AtMost(100)]
    questions_intro: Annotated[Rich, AtMost(200)]
    begin: Label
    straight_to_steps: Label
    question_number: Annotated[Template, Slots("number", "total"), AtMost(60)]
    languages: Annotated[LabelTemplate, Slots("languages"), AtMost(10)]
    """Leads newcomers to the other languages; only these are named, so that who reads no other finds it."""
    skip_question: Label
    skip_all: Label
    chosen: Annotated[Template, Slots("answer"), AtMost(40)]
    back: Annotated[Template, Slots("name"), AtMost(100)]
    back_nameless: Annotated[Rich, AtMost(100)]
    where_you_are: Annotated[Template, Slots("number", "total", "title", "bar"), AtMost(200)]
    all_done: Annotated[Rich, AtMost(200)]
    skipped_some: Annotated[Template, Slots("count"), AtMost(200)]
    see_steps: Label
    to_question: Annotated[LabelTemplate, Slots("number", "total"), AtMost(20)]
    """Leads back to a question that was left open."""
    change_answer: Annotated[LabelTemplate, Slots("question", "answer"), AtMost(8)]
    remove_answer: Label
    notice_answer: Annotated[Wording, AtMost(100)]
    notice_removed: Annotated[Wording, AtMost(100)]

"""A friendly word to somebody who stopped in the middle of the steps, at most twice, and never again if they say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, Rich, Slots, Template, Wording
from bot.content.library import AreaSpec, Words
from bot.content.markup import paragraphs
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import bar, menu_button, resume_row
from bot.guide.journey import TASK, Journey
from bot.guide.person import Forget, Remember
from bot.guide.screen import Screen, TapButton, Turn
from bot.guide.taps import Tap
from bot.guide.tip_times import local_date

REMINDER = "reminder"
"""Kind of the mark on a reminder that was sent, item ``1`` or ``2``; its value is the local date."""
SETTING = "setting"
OFF = "off"
_ITEM = "reminders"
AFTER = (("1", timedelta(days=3)), ("2", timedelta(days=10)))
"""After so long without a word from the person each reminder comes."""


class ReminderWords(Words):
    first: Annotated[Rich, AtMost(200)]
    second: Annotated[Rich, AtMost(200)]
    where: Annotated[Template, Slots("number", "total", "title", "bar"), AtMost(200)]
    stop: Label
    stopped: Annotated[Rich, AtMost(200)]
    start: Label
    notice_stopped: Annotated[Wording, AtMost(100)]
    notice_started: Annotated[Wording, AtMost(100)]


@dataclass(frozen=True, slots=True)
class SetReminders(Tap):
    """Want reminders, or never again."""

    tag: ClassVar[str] = "rm"
    wanted: bool


def wanted(scene: Scene) -> bool:
    return scene.person.marks.value(SETTING, _ITEM) != OFF


def change(scene: Scene, want: bool) -> Remember | Forget:
    """The change that keeps whether reminders are wanted."""
    return Forget(SETTING, _ITEM) if want else Remember(SETTING, _ITEM, OFF)


def due(scene: Scene) -> str | None:
    """Which reminder somebody idle should get now: ``1``, ``2`` or none.

    Idle is who has done nothing since ``seen_at``, which is exact to an hour; once they do something the count of
    two begins anew.
    """
    since = scene.person.seen_at
    if since is None or not wanted(scene) or not _in_the_middle(scene):
        return None
    marks = scene.person.marks
    sent = [number for number, _ in AFTER if (mark := marks.get(REMINDER, number)) and mark.at >= since]
    ripe = [number for number, span in AFTER if scene.now - since >= span]
    # Whoever was away for long gets the later one only.
    return ripe[-1] if ripe and ripe[-1] not in sent and "2" not in sent else None


def _in_the_middle(scene: Scene) -> bool:
    if not scene.on("steps"):
        return False
    journey = Journey(scene)
    begun = journey.done or journey.skipped or scene.person.marks.kinds.get(TASK)
    return bool(begun) and journey.current is not None


def sent_now(scene: Scene, number: str) -> Remember:
    return Remember(REMINDER, number, local_date(scene.person.zone, scene.now).isoformat())


def screen(scene: Scene, number: str) -> Screen:
    """The reminder: where they are, on with it, or no more of this."""
    words, journey = scene.words(ReminderWords), Journey(scene)
    step = journey.current
    assert step is not None
    place, total = journey.number(step), len(journey.steps)
    where = words.where.fill(number=place, total=total, title=step.title, bar=bar(scene, journey.done, total))
    stop = TapButton(words.stop, SetReminders(wanted=False))
    text = paragraphs(words.first if number == "1" else words.second, where)
    return Screen(text, (resume_row(place, step.title, scene), (stop,)))


def set_reminders(scene: Scene, tap: SetReminders) -> Turn:
    words = scene.words(ReminderWords)
    if tap.wanted:
        from_now = scene.after(change(scene, True))
        number = due(from_now) or "1"
        shown = (
            screen(from_now, number)
            if _in_the_middle(scene)
            else Screen(words.first, ((menu_button(scene),),))
        )
        return Turn(shown, (change(scene, True),), words.notice_started)
    again = TapButton(words.start, SetReminders(wanted=True))
    return Turn(
        Screen(words.stopped, ((again, menu_button(scene)),)), (change(scene, False),), words.notice_stopped
    )


TAPS = (on(SetReminders, set_reminders),)
"""Answered by the area ``tips``."""
AREA = Area(AreaSpec("reminder", ReminderWords, always=True))

"""At what hour, and on which days, a person wants their tip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, ClassVar, Literal, get_args

from bot.content.fields import AtMost, Label, LabelTemplate, Phrase, Rich, Slots, Strict, Wording
from bot.content.library import AreaSpec, Pack, Words
from bot.content.markup import bold, paragraphs
from bot.content.per_pack import per_pack
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import menu_button
from bot.guide.areas.number_words import NumberWords
from bot.guide.numerals import numeral
from bot.guide.pending import asking
from bot.guide.person import EVERY_DAY, Plan, Schedule
from bot.guide.screen import Row, Screen, TapButton, Turn, in_rows
from bot.guide.spoken_times import Meaning, TimeVocabulary, spoken_time, time_vocabulary
from bot.guide.taps import Go, Tap
from bot.guide.tip_times import as_time, local, next_tip, read_time

HOUR = "tip_hour"
"""Topic of the question for the hour."""
OFFERED = (7 * 60, 8 * 60, 9 * 60, 12 * 60, 18 * 60, 20 * 60)
"""Hours offered as buttons, in minutes of the day."""


class TimeWords(Strict):
    """What people type of an hour; matched without case and accents."""

    half_past: tuple[Phrase, ...]
    """In front of the hour: *half past*."""
    quarter_past: tuple[Phrase, ...]
    quarter_to: tuple[Phrase, ...]
    less_quarter: tuple[Phrase, ...]
    """Behind the hour."""
    hours: tuple[Phrase, ...]
    am: tuple[Phrase, ...]
    pm: tuple[Phrase, ...]
    morning: tuple[Phrase, ...]
    afternoon: tuple[Phrase, ...]
    evening: tuple[Phrase, ...]
    night: tuple[Phrase, ...]
    noon: tuple[Phrase, ...]
    midnight: tuple[Phrase, ...]
    filler: tuple[Phrase, ...]
    """Words that may stand anywhere and mean nothing here."""


class TipHourWords(Words):
    ask: Annotated[Rich, AtMost(300)]
    ask_type: Annotated[Rich, AtMost(200)]
    no_time: Annotated[Rich, AtMost(200)]
    hour: Annotated[LabelTemplate, Slots("time"), AtMost(12)]
    hour_now: Annotated[LabelTemplate, Slots("time"), AtMost(12)]
    ask_days: Annotated[Rich, AtMost(200)]
    every_day: Label
    workdays: Label
    own_days: Label
    ask_own: Annotated[Rich, AtMost(200)]
    day_on: Annotated[LabelTemplate, Slots("day"), AtMost(12)]
    day_off: Annotated[LabelTemplate, Slots("day"), AtMost(12)]
    days_ready: Label
    weekdays: tuple[Label, Label, Label, Label, Label, Label, Label]
    """Short names, Monday first."""
    notice_days: Annotated[Wording, AtMost(100)]
    one_day: Annotated[Wording, AtMost(100)]
    back: Label
    typed: TimeWords


@dataclass(frozen=True, slots=True)
class AskHour(Tap):
    """Ask for the hour."""

    tag: ClassVar[str] = "ta"


@dataclass(frozen=True, slots=True)
class SetHour(Tap):
    """Want the tip at this minute of the day."""

    tag: ClassVar[str] = "th"
    minute: int


@dataclass(frozen=True, slots=True)
class AskDays(Tap):
    """Ask for the days; ``own`` shows each of them."""

    tag: ClassVar[str] = "td"
    own: bool


@dataclass(frozen=True, slots=True)
class SetDays(Tap):
    """Want tips on these weekdays, as bits with Monday as 1; ``own`` goes on showing each of them."""

    tag: ClassVar[str] = "tw"
    days: int
    own: bool


def scheduled(scene: Scene, plan: Plan) -> Schedule:
    """The change that makes this the person's plan, with the next tip as it then is."""
    return Schedule(plan, next_tip(plan, scene.now, scene.person.last_tip_on))


def typed_time(scene: Scene, text: str) -> int | Literal["unclear"] | None:
    """The minute of the day that somebody typed; ``unclear`` if it is about a time, ``None`` if it is about more."""
    minute = read_time(text)
    return spoken_time(text, _vocabulary(scene.pack)) if minute is None else minute


@per_pack
def _vocabulary(pack: Pack) -> TimeVocabulary:
    typed, numbers = pack.words(TipHourWords).typed, pack.words(NumberWords)
    meanings: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
        *((name, getattr(typed, name)) for name in get_args(Meaning) if name in TimeWords.model_fields),
        ("half", numbers.half),
        ("quarter", numbers.quarter),
        ("joined_by", numbers.joined_by),
    )
    numerals = (found for text in numbers.words if (found := numeral(text)))
    return time_vocabulary(
        (
            *((text, meaning, 0) for meaning, texts in meanings for text in texts),
            *((text, "numeral", number) for text, number in numerals),
        )
    )


def bits(days: frozenset[int]) -> int:
    return sum(1 << day for day in days)


def weekday(scene: Scene, day: int) -> str:
    """Its short name; Monday is 0."""
    return scene.words(TipHourWords).weekdays[day]


def days_line(scene: Scene, plan: Plan) -> str:
    """On which days, in words."""
    words = scene.words(TipHourWords)
    if plan.days == EVERY_DAY:
        return words.every_day
    return ", ".join(weekday(scene, day) for day in sorted(plan.days))


def ask_hour(scene: Scene, _: Tap | None = None, first: Rich | None = None) -> Turn:
    """Hours as buttons; any other can be typed."""
    words, plan = scene.words(TipHourWords), scene.person.plan
    buttons = []
    for minute in OFFERED:
        label = words.hour_now if plan and plan.minute == minute else words.hour
        buttons.append(TapButton(label.fill(time=as_time(minute)), SetHour(minute)))
    rows: tuple[Row, ...] = (*in_rows(buttons, 3), (TapButton(words.back, Go("tips")), menu_button(scene)))
    return Turn(Screen(paragraphs(first or "", bold(words.ask), words.ask_type), rows), asking(HOUR, "any"))


def ask_days(scene: Scene, tap: AskDays) -> Turn | None:
    plan = scene.person.plan
    if plan is None:
        return None
    return Turn(_own_days(scene, plan) if tap.own else _days(scene, plan))


def _days(scene: Scene, plan: Plan) -> Screen:
    words = scene.words(TipHourWords)
    choices = (
        TapButton(words.every_day, SetDays(bits(EVERY_DAY), own=False)),
        TapButton(words.workdays, SetDays(bits(scene.places.workdays(plan.zone)), own=False)),
        TapButton(words.own_days, AskDays(own=True)),
    )
    return Screen(bold(words.ask_days), (*in_rows(choices, 1), (TapButton(words.back, Go("tips")),)))


def _own_days(scene: Scene, plan: Plan) -> Screen:
    words, now = scene.words(TipHourWords), bits(plan.days)
    buttons = []
    for day in range(7):
        label = words.day_on if day in plan.days else words.day_off
        buttons.append(TapButton(label.fill(day=weekday(scene, day)), SetDays(now ^ 1 << day, own=True)))
    ready = TapButton(words.days_ready, Go("tips"), "primary")
    return Screen(words.ask_own, (*in_rows(buttons, 4), (ready,)))


def set_days(scene: Scene, tap: SetDays) -> Turn | None:
    words, plan = scene.words(TipHourWords), scene.person.plan
    if plan is None or not 0 <= tap.days < 1 << 7:
        return None
    if not tap.days:
        return Turn(_own_days(scene, plan), notice=words.one_day)
    chosen = replace(plan, days=frozenset(day for day in range(7) if tap.days >> day & 1))
    change = scheduled(scene, chosen)
    after = scene.after(change)
    screen = _own_days(after, chosen) if tap.own else _days(after, chosen)
    return Turn(screen, (change,), words.notice_days)


def until(scene: Scene, plan: Plan, days: int) -> Plan:
    """The plan, paused to the beginning of the local day in so many days: the same however often it is tapped."""
    here = local(plan.zone, scene.now)
    end = (here + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(plan, paused_until=end.astimezone(scene.now.tzinfo))


AREA = Area(AreaSpec("tip_hour", TipHourWords, always=True))
DAY_TAPS = (on(AskHour, ask_hour), on(AskDays, ask_days), on(SetDays, set_days))
"""Answered by the area ``tips``, as is :class:`SetHour`."""

"""A tip a day: setting it up, how it stands, pausing, stopping."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, Rich, Slots, Template, Wording
from bot.content.kinds.tips import TipsFile
from bot.content.library import AreaSpec
from bot.content.markup import bold, lines, paragraphs
from bot.guide.area import Area, Scene, TitledWords, on
from bot.guide.areas import reminder, tip_card, tip_hour, tip_zone
from bot.guide.areas.common import menu_button
from bot.guide.areas.tip_card import SavedTips, TipCardWords, TipNow
from bot.guide.areas.tip_hour import AskDays, AskHour, SetHour, TipHourWords, scheduled
from bot.guide.areas.tip_zone import NO_HOUR, AskZone, PickZone
from bot.guide.locales import day_text, weekday_text
from bot.guide.pending import asked, settled
from bot.guide.person import UNTIL_BACK, Forget, Plan, Remember, Settle
from bot.guide.screen import Row, Screen, TapButton, Turn
from bot.guide.taps import Tap
from bot.guide.tip_times import as_time, local

SOUND = "tip_sound"
"""Item of the setting that is ``on`` for whoever wants to hear their tip come."""


class TipsWords(TitledWords):
    intro: Annotated[Rich, AtMost(400)]
    begin: Label
    offer: Label
    stands: Annotated[Template, Slots("time", "days", "place"), AtMost(100)]
    next: Annotated[Template, Slots("day", "time"), AtMost(100)]
    paused: Annotated[Template, Slots("day", "date"), AtMost(100)]
    paused_until_back: Annotated[Rich, AtMost(150)]
    off: Annotated[Rich, AtMost(200)]
    silent: Annotated[Rich, AtMost(100)]
    loud: Annotated[Rich, AtMost(100)]
    change_hour: Label
    change_days: Label
    change_zone: Label
    pause: Label
    ask_pause: Annotated[Rich, AtMost(200)]
    pause_days: Label
    pause_week: Label
    pause_open: Label
    go_on: Label
    stop: Label
    start_again: Label
    sound_on: Label
    sound_off: Label
    reminders_on: Label
    reminders_off: Label
    saved: Label
    notice_planned: Annotated[Wording, AtMost(100)]
    notice_paused: Annotated[Wording, AtMost(100)]
    notice_back: Annotated[Wording, AtMost(100)]
    notice_stopped: Annotated[Wording, AtMost(100)]
    notice_changed: Annotated[Wording, AtMost(100)]


@dataclass(frozen=True, slots=True)
class AskPause(Tap):
    """Ask how long to pause."""

    tag: ClassVar[str] = "tq"


@dataclass(frozen=True, slots=True)
class Pause(Tap):
    """Pause for so many days; 0: until the person says otherwise; -1: not (any more)."""

    tag: ClassVar[str] = "tu"
    days: int


@dataclass(frozen=True, slots=True)
class WantTips(Tap):
    """Want tips, or stop them; hour and days are kept."""

    tag: ClassVar[str] = "tt"
    wanted: bool


@dataclass(frozen=True, slots=True)
class SetSound(Tap):
    """Hear tips come, or get them silently."""

    tag: ClassVar[str] = "ts"
    loud: bool


@dataclass(frozen=True, slots=True)
class Remind(Tap):
    """Want reminders, or never again, from the settings of the tips."""

    tag: ClassVar[str] = "tr"
    wanted: bool


def home(scene: Scene) -> Turn:
    """How the tips stand, and what can be done about it."""
    return Turn(_status(scene, scene.person.plan) if scene.person.plan else _newcomer(scene))


def offer_rows(scene: Scene) -> tuple[Row, ...]:
    """A button for whoever has no tips and never said no to them."""
    if not scene.on("tips") or scene.person.plan:
        return ()
    return ((TapButton(scene.words(TipsWords).offer, AskHour()),),)


def _newcomer(scene: Scene) -> Screen:
    words = scene.words(TipsWords)
    rows = (
        (TapButton(words.begin, AskHour(), "primary"),),
        (TapButton(scene.words(TipCardWords).now, TipNow()), TapButton(words.saved, SavedTips())),
        (menu_button(scene),),
    )
    return Screen(paragraphs(bold(words.title), words.intro), rows)


def _status(scene: Scene, plan: Plan) -> Screen:
    words = scene.words(TipsWords)
    stands = words.stands.fill(
        time=as_time(plan.minute),
        days=tip_hour.days_line(scene, plan),
        place=tip_zone.name_of(scene, plan.zone),
    )
    text = paragraphs(
        bold(words.title), lines(stands if plan.on else "", _when(scene, plan)), _how(scene, plan)
    )
    return Screen(text, (*_ways(scene, plan), (menu_button(scene),)))


def _when(scene: Scene, plan: Plan) -> Rich:
    words = scene.words(TipsWords)
    if not plan.on:
        return words.off
    if plan.paused_until == UNTIL_BACK:
        return words.paused_until_back
    at = scene.person.next_tip_at
    if at is None:
        return Rich()
    there = local(plan.zone, at)
    language = scene.pack.language
    day = weekday_text(language, there.date())
    if plan.paused_until and plan.paused_until > scene.now:
        return words.paused.fill(
            day=day, date=day_text(language, there.date(), local(plan.zone, scene.now).date())
        )
    return words.next.fill(day=day, time=as_time(there.hour * 60 + there.minute))


def _loud(scene: Scene) -> bool:
    return scene.person.marks.value(reminder.SETTING, SOUND) == "on"


def _how(scene: Scene, plan: Plan) -> Rich:
    words = scene.words(TipsWords)
    return (words.loud if _loud(scene) else words.silent) if plan.on else Rich()


def _ways(scene: Scene, plan: Plan) -> list[Row]:
    words = scene.words(TipsWords)
    now = (TapButton(scene.words(TipCardWords).now, TipNow()), TapButton(words.saved, SavedTips()))
    if not plan.on:
        return [(TapButton(words.start_again, WantTips(wanted=True), "primary"),), now]
    paused = plan.paused_until is not None and plan.paused_until > scene.now
    pause = TapButton(words.go_on, Pause(-1), "primary") if paused else TapButton(words.pause, AskPause())
    sound = words.sound_off if _loud(scene) else words.sound_on
    wants = reminder.wanted(scene)
    return [
        (TapButton(words.change_hour, AskHour()), TapButton(words.change_days, AskDays(own=False))),
        (TapButton(words.change_zone, AskZone(NO_HOUR)), TapButton(sound, SetSound(not _loud(scene)))),
        (pause, TapButton(words.stop, WantTips(wanted=False))),
        now,
        (TapButton(words.reminders_off if wants else words.reminders_on, Remind(not wants)),),
    ]


def _planned(scene: Scene, plan: Plan, notice: str) -> Turn:
    change = scheduled(scene, plan)
    after = scene.after(change)
    assert after.person.plan is not None
    return Turn(_status(after, after.person.plan), (change, *settled()), notice)


def set_hour(scene: Scene, tap: SetHour) -> Turn | None:
    """The plan with this hour; before the first one, the zone must be known."""
    if not 0 <= tap.minute < 24 * 60:
        return None
    person, words = scene.person, scene.words(TipsWords)
    if person.zone is None:
        return tip_zone.ask_zone(scene, AskZone(tap.minute))
    plan = replace(person.plan, minute=tap.minute, on=True) if person.plan else Plan(person.zone, tap.minute)
    return _planned(scene, plan, words.notice_planned)


def set_zone(scene: Scene, tap: PickZone) -> Turn:
    """The zone, and with it the plan whose hour waited for it."""
    words, plan = scene.words(TipsWords), scene.person.plan
    if 0 <= tap.minute < 24 * 60:
        plan = (
            replace(plan, zone=tap.zone, minute=tap.minute, on=True) if plan else Plan(tap.zone, tap.minute)
        )
    elif plan:
        plan = replace(plan, zone=tap.zone)
    if plan:
        return _planned(scene, plan, words.notice_planned)
    changes = (Settle(tap.zone), *settled())
    return Turn(_newcomer(scene.after(*changes)), changes, words.notice_changed)


def ask_pause(scene: Scene, _: AskPause) -> Turn | None:
    words = scene.words(TipsWords)
    if scene.person.plan is None:
        return None
    choices = ((words.pause_days, 3), (words.pause_week, 7), (words.pause_open, 0))
    rows: tuple[Row, ...] = tuple((TapButton(label, Pause(days)),) for label, days in choices)
    return Turn(Screen(words.ask_pause, (*rows, (TapButton(words.go_on, Pause(-1)),))))


def pause(scene: Scene, tap: Pause) -> Turn | None:
    words, plan = scene.words(TipsWords), scene.person.plan
    if plan is None or not -1 <= tap.days <= 31:
        return None
    if tap.days < 0:
        return _planned(scene, replace(plan, paused_until=None), words.notice_back)
    if tap.days == 0:
        return _planned(scene, replace(plan, paused_until=UNTIL_BACK), words.notice_paused)
    return _planned(scene, tip_hour.until(scene, plan, tap.days), words.notice_paused)


def want(scene: Scene, tap: WantTips) -> Turn | None:
    words, plan = scene.words(TipsWords), scene.person.plan
    if plan is None:
        return home(scene)
    wanted = replace(plan, on=tap.wanted, paused_until=None)
    return _planned(scene, wanted, words.notice_planned if tap.wanted else words.notice_stopped)


def set_sound(scene: Scene, tap: SetSound) -> Turn:
    change = Remember(reminder.SETTING, SOUND, "on") if tap.loud else Forget(reminder.SETTING, SOUND)
    return replace(home(scene.after(change)), changes=(change,), notice=scene.words(TipsWords).notice_changed)


def remind(scene: Scene, tap: Remind) -> Turn:
    change = reminder.change(scene, tap.wanted)
    return replace(home(scene.after(change)), changes=(change,), notice=scene.words(TipsWords).notice_changed)


def hears(scene: Scene, text: str) -> Turn | None:
    """A typed hour or place, where one was asked for."""
    if asked(scene.person, tip_hour.HOUR, scene.now) is None:
        return tip_zone.hears(scene, text)
    minute = tip_hour.typed_time(scene, text)
    if isinstance(minute, int):
        return set_hour(scene, SetHour(minute))
    # Much like a time, or nothing but a number or two: no question to the FAQ.
    if minute or (any(sign.isdigit() for sign in text) and len(text) <= 12):
        return tip_hour.ask_hour(scene, first=scene.words(TipHourWords).no_time)
    return None


def shares(scene: Scene, latitude: float, longitude: float) -> Turn | None:
    """A place on the map, where one was asked for; it is looked at once and not kept."""
    minute = tip_zone.waiting_minute(scene)
    if minute is None:
        return None
    zone = scene.places.zone_at(latitude, longitude)
    place = scene.places.place_of(zone, scene.pack.language) if zone else None
    return tip_zone.found(scene, minute, (place,) if place else ())


AREA = Area(
    AreaSpec("tips", TipsWords, (TipsFile,)),
    home=home,
    taps=(
        *(on(SetHour, set_hour), on(PickZone, tip_zone.picked(set_zone)), on(AskPause, ask_pause)),
        *(on(Pause, pause), on(WantTips, want), on(SetSound, set_sound), on(Remind, remind)),
        *(*tip_hour.DAY_TAPS, *tip_zone.TAPS, *tip_card.TAPS, *reminder.TAPS),
    ),
    opens={"tips": tip_card.open_tip},
    hears=hears,
    shares=shares,
)

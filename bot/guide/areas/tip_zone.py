"""In which time zone a person lives: by a place they type, by what their clock shows, or by a place they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar

from bot.content.fields import AtMost, Label, LabelTemplate, Phrase, Rich, Slots, Template
from bot.content.library import AreaSpec, Words
from bot.content.markup import bold, paragraphs
from bot.content.phrases import QUESTION_MARKS
from bot.guide.answers import normalised
from bot.guide.area import Area, Scene, on
from bot.guide.areas.common import menu_button, page_row
from bot.guide.areas.tip_hour import weekday
from bot.guide.locales import weekday_text
from bot.guide.pending import asked, asking
from bot.guide.places import Place
from bot.guide.screen import Button, Row, Screen, TapButton, Turn, in_rows
from bot.guide.taps import Tap, ZoneName
from bot.guide.tip_times import as_time, local

ZONE = "tip_zone"
"""Topic of the question for the place; its item is the minute that waits to become a plan, or -1."""
NO_HOUR = -1
PAGE = 12
LONGEST = 100
"""Characters of a text that are looked at for a place."""

_ANSWER_WORDS = 5


class TipZoneWords(Words):
    ask: Annotated[Rich, AtMost(300)]
    by_clock: Label
    clock: Annotated[Rich, AtMost(200)]
    time: Annotated[LabelTemplate, Slots("day", "time"), AtMost(20)]
    which_place: Annotated[Rich, AtMost(200)]
    other_place: Label
    by_name: Label
    several: Annotated[Rich, AtMost(200)]
    not_found: Annotated[Rich, AtMost(300)]
    no_place: tuple[Phrase, ...]
    """What people say that is no answer here, though a town somewhere is called so, or nearly so."""
    lead_in: tuple[Phrase, ...]
    """What people say in front of a place: *I live in*."""
    place: Annotated[Template, Slots("city", "country"), AtMost(20)]
    confirm: Annotated[Template, Slots("day", "time", "place"), AtMost(200)]
    yes: Label
    no: Label


@dataclass(frozen=True, slots=True)
class AskZone(Tap):
    """Ask where the person lives; ``minute`` is the hour they chose, or -1."""

    tag: ClassVar[str] = "tz"
    minute: int


@dataclass(frozen=True, slots=True)
class AskClock(Tap):
    """Ask what time it is there; ``page`` counts from 0."""

    tag: ClassVar[str] = "tc"
    minute: int
    page: int


@dataclass(frozen=True, slots=True)
class ClockShows(Tap):
    """Clocks there are so many minutes ahead of UTC."""

    tag: ClassVar[str] = "to"
    minute: int
    offset: int


@dataclass(frozen=True, slots=True)
class PickZone(Tap):
    """Live in this zone; unless ``sure`` the time there is shown for a yes first."""

    tag: ClassVar[str] = "tp"
    minute: int
    zone: ZoneName
    sure: bool


@dataclass(frozen=True, slots=True)
class PickCity(Tap):
    """Live in the zone of this city, by its number among the places; its time is shown for a yes."""

    tag: ClassVar[str] = "tpc"
    minute: int
    zone: ZoneName
    city: int


def name_of(scene: Scene, zone: str) -> str:
    """A zone in words: its city."""
    place = scene.places.place_of(zone, scene.pack.language)
    return place.name if place else zone


def ask_zone(scene: Scene, tap: AskZone, first: Rich | None = None) -> Turn:
    words = scene.words(TipZoneWords)
    rows: tuple[Row, ...] = (
        (TapButton(words.by_clock, AskClock(tap.minute, _first_page(scene))),),
        (menu_button(scene),),
    )
    text = paragraphs(first or "", words.ask)
    return Turn(Screen(text, rows), asking(ZONE, str(tap.minute)))


def _first_page(scene: Scene) -> int:
    """The page on which UTC stands: about in the middle."""
    offsets = list(scene.places.offsets(scene.now))
    return sum(offset < 0 for offset in offsets) // PAGE


def ask_clock(scene: Scene, tap: AskClock) -> Turn:
    """All times that clocks show somewhere now, as buttons."""
    words, offsets = scene.words(TipZoneWords), list(scene.places.offsets(scene.now))
    pages = max(1, -(-len(offsets) // PAGE))
    page = min(max(tap.page, 0), pages - 1)
    buttons = (
        TapButton(_clock(scene, offset), ClockShows(tap.minute, offset))
        for offset in offsets[page * PAGE : (page + 1) * PAGE]
    )
    turned = page_row(scene, page, pages, lambda number: AskClock(tap.minute, number))
    rows = (*in_rows(buttons, 3), *turned, (TapButton(words.by_name, AskZone(tap.minute)),))
    return Turn(Screen(bold(words.clock), rows))


def _clock(scene: Scene, offset: int) -> str:
    there = scene.now + timedelta(minutes=offset)
    time = as_time(there.hour * 60 + there.minute)
    return scene.words(TipZoneWords).time.fill(day=weekday(scene, there.weekday()), time=time)


def clock_shows(scene: Scene, tap: ClockShows) -> Turn | None:
    """Cities where clocks show that; the offset alone if none of them fits and it is whole hours."""
    words = scene.words(TipZoneWords)
    places = scene.places.with_offset(tap.offset, scene.now, scene.pack.language)
    hours, rest = divmod(tap.offset, 60)
    buttons: list[Button] = [_to(scene, tap.minute, place) for place in places]
    if not rest and -12 <= hours <= 14:
        # By the sign that IANA gives these: Etc/GMT-8 is eight hours ahead of UTC.
        fixed = ZoneName("Etc/GMT" + (f"{-hours:+d}" if hours else ""))
        buttons.append(TapButton(words.other_place, PickZone(tap.minute, fixed, sure=True)))
    if not buttons:
        return None
    rows = (*in_rows(buttons, 1), (TapButton(words.by_name, AskZone(tap.minute)),))
    return Turn(Screen(words.which_place, rows))


def _to(scene: Scene, minute: int, place: Place) -> TapButton:
    label = scene.words(TipZoneWords).place.fill(city=place.name, country=place.country).plain
    return TapButton(label[:60], PickCity(minute, ZoneName(place.zone), place.number))


def found(scene: Scene, minute: int, places: Sequence[Place]) -> Turn:
    """One place is shown for a yes, several as buttons, none with a hint."""
    words = scene.words(TipZoneWords)
    if not places:
        return ask_zone(scene, AskZone(minute), words.not_found)
    if len(places) == 1:
        return confirm(scene, PickZone(minute, ZoneName(places[0].zone), sure=False), places[0].name)
    rows = (
        *in_rows((_to(scene, minute, place) for place in places), 1),
        (TapButton(words.by_clock, AskClock(minute, _first_page(scene))),),
    )
    # What they type next may name it better.
    return Turn(Screen(words.several, rows), asking(ZONE, str(minute)))


def confirm(scene: Scene, tap: PickZone, city: str = "") -> Turn:
    """The time there, for a yes or a no."""
    words, there = scene.words(TipZoneWords), local(tap.zone, scene.now)
    text = words.confirm.fill(
        day=weekday_text(scene.pack.language, there.date()),
        time=as_time(there.hour * 60 + there.minute),
        place=city or name_of(scene, tap.zone),
    )
    yes = TapButton(words.yes, PickZone(tap.minute, tap.zone, sure=True), "good")
    return Turn(Screen(text, ((yes,), (TapButton(words.no, AskZone(tap.minute)),))))


def pick_city(scene: Scene, tap: PickCity) -> Turn | None:
    """The time in that city, by its own name; where that is not known any more, by the zone's."""
    place = scene.places.numbered(tap.city, tap.zone, scene.pack.language)
    if place is None and scene.places.place_of(tap.zone, scene.pack.language) is None:
        return None
    return confirm(scene, PickZone(tap.minute, tap.zone, sure=False), place.name if place else "")


def waiting_minute(scene: Scene) -> int | None:
    """The minute that goes with the question for a place, if that waits for its answer."""
    item = asked(scene.person, ZONE, scene.now)
    return int(item) if item else None


def place_said(scene: Scene, text: str) -> str:
    """What a text says of a place, without what is said in front of it; empty if it is surely none."""
    words = scene.words(TipZoneWords)
    said = text[:LONGEST].strip()
    idle = frozenset(map(normalised, words.no_place))
    if normalised(said) in idle:
        return ""
    before, comma, after = said.partition(",")
    if comma and normalised(before) in idle:
        said = after.strip()
    plain = normalised(said)
    for phrase in sorted(map(normalised, words.lead_in), key=len, reverse=True):
        if plain.startswith(f"{phrase} "):
            return _behind(said, phrase)
    return said


def _behind(said: str, phrase: str) -> str:
    """What follows a normalised phrase that a text begins with. *I'm* is one word as typed, and two normalised."""
    ends = (end for end in range(1, len(said)) if normalised(said[:end]) == phrase)
    return said[next(ends, 0) :].lstrip(" ,:")


def hears(scene: Scene, text: str) -> Turn | None:
    """Take a typed place if one was asked for; a question, or a whole sentence without a place, is left to others."""
    minute = waiting_minute(scene)
    if minute is None:
        return None
    places = scene.places.search(place_said(scene, text), scene.pack.language)
    says_more = text.rstrip()[-1:] in QUESTION_MARKS or len(text.split()) > _ANSWER_WORDS
    return None if says_more and not places else found(scene, minute, places)


def picked(answer: Callable[[Scene, PickZone], Turn]) -> Callable[[Scene, PickZone], Turn | None]:
    """``answer`` is asked for a zone that exists and was said yes to."""

    def pick(scene: Scene, tap: PickZone) -> Turn | None:
        if scene.places.place_of(tap.zone, scene.pack.language) is None:
            return None
        return answer(scene, tap) if tap.sure else confirm(scene, tap)

    return pick


AREA = Area(AreaSpec("tip_zone", TipZoneWords, always=True))
TAPS = (on(AskZone, ask_zone), on(AskClock, ask_clock), on(ClockShows, clock_shows), on(PickCity, pick_city))
"""Answered by the area ``tips``, as is :class:`PickZone`."""

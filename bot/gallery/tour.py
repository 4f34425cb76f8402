"""All visits of everybody, in order: which kinds of screens there are, how they look, what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.gallery.crawl import BY_BUTTON, Visit, crawl, is_complete
from bot.gallery.faults import faults_of, looks_like
from bot.gallery.personas import NOW, personas
from bot.guide.guide import Guide

Look = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Shown:
    """One look of a screen: the first visit that came to it, in each language, and what is wrong with it there."""

    visit: Visit
    faults: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Kind:
    """A kind of screen: all that one sort of button leads to."""

    name: str
    area: str
    title: str
    """The first line of the first screen, with what leads there if other kinds of the area begin like that, too."""
    first_line: str = ""
    shown: list[Shown] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    """What leads to it when it is typed."""
    leads_to: dict[str, str] = field(default_factory=dict)
    """Names of kinds, and the label of the first button that leads there."""


@dataclass(slots=True)
class Tour:
    """Everything that was seen. ``kinds`` by name, in the order in which they were come to; ``first`` are areas, in the order
    in which to show them."""

    name: str
    languages: tuple[str, ...]
    first: tuple[str, ...] = ()
    kinds: dict[str, Kind] = field(default_factory=dict)
    visits: int = 0
    complete: bool = True

    @property
    def areas(self) -> tuple[str, ...]:
        there = dict.fromkeys(kind.area for kind in self.kinds.values())
        return tuple(dict.fromkeys((*(area for area in self.first if area in there), *there)))

    def of(self, area: str) -> Iterator[Kind]:
        return (kind for kind in self.kinds.values() if kind.area == area)

    @property
    def faults(self) -> list[tuple[Kind, Shown, str, str]]:
        """Each with the kind of screen, the screen, the language and what is wrong."""
        return [
            (kind, shown, language, fault)
            for kind in self.kinds.values()
            for shown in kind.shown
            for language, faults in zip(self.languages, shown.faults, strict=True)
            for fault in faults
        ]


def take_tour(guide: Guide, languages: Sequence[str], now: datetime = NOW) -> Tour:
    """Everybody walks; what one has seen before is not shown again."""
    bot = guide.library.bot
    tour = Tour(bot.name, tuple(languages), ("welcome", "menu", *bot.areas))
    seen: dict[Look, str] = {}
    for persona in personas(guide.library, now):
        visits = list(crawl(guide, persona, now, languages))
        tour.visits += len(visits)
        tour.complete &= is_complete(visits)
        for visit in visits:
            _add(tour, guide, visit, seen)
    _join_commands(tour, seen)
    _tell_apart(tour)
    return tour


def _add(tour: Tour, guide: Guide, visit: Visit, seen: dict[Look, str]) -> None:
    kind = tour.kinds.get(visit.node)
    if kind is None:
        kind = tour.kinds[visit.node] = Kind(visit.node, visit.area, _first_line(visit), _first_line(visit))
    kind.leads_to = {**visit.ways, **kind.leads_to}
    faults = tuple(
        tuple(faults_of(guide, visit, language, turn))
        for language, turn in zip(tour.languages, visit.turns, strict=True)
    )
    look = tuple(looks_like(screen) for screen in visit.screens)
    if look not in seen or any(faults):
        kind.shown.append(Shown(visit, faults))
    # A button's kind says more than a command's: it is the one that is kept.
    if look not in seen or (visit.by_button and not seen[look].startswith(BY_BUTTON)):
        seen[look] = visit.node


def _join_commands(tour: Tour, seen: dict[Look, str]) -> None:
    """A command that shows what a button shows, too, is another way to that, and no kind of its own."""
    for name in [name for name in tour.kinds if not name.startswith(BY_BUTTON)]:
        command = tour.kinds[name]
        other = next((seen.get(_look(shown.visit), name) for shown in command.shown), name)
        kind = tour.kinds.get(other, command)
        kind.commands.append(name)
        if kind is command:
            continue
        kind.shown[:0] = command.shown
        kind.leads_to = {**command.leads_to, **kind.leads_to}
        del tour.kinds[name]


def _tell_apart(tour: Tour) -> None:
    """Kinds of an area that begin with the same line are told apart by what leads there."""
    for area in tour.areas:
        kinds = list(tour.of(area))
        titles = [kind.title for kind in kinds]
        for kind in kinds:
            if titles.count(kind.title) > 1 and kind.shown:
                kind.title = f"{kind.shown[0].visit.did}: {kind.title}"


def _look(visit: Visit) -> Look:
    return tuple(looks_like(screen) for screen in visit.screens)


def _first_line(visit: Visit) -> str:
    screen = visit.screens[0]
    lines = screen.text.plain.strip().split("\n") if screen else [visit.turns[0].notice or visit.did]
    return lines[0]

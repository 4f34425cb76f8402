"""Where offers are reported: everywhere, and in the person's own part of the world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bot.content.fields import Rich
from bot.content.kinds.offers import OffersFile, ReportPlace
from bot.content.kinds.regions import RegionsFile
from bot.content.markup import lines, link, rich
from bot.guide.area import Scene
from bot.guide.areas.common import bullets
from bot.guide.areas.offers_words import OffersWords
from bot.guide.regions import MINE, REGION
from bot.guide.screen import TapButton
from bot.guide.taps import Tap


@dataclass(frozen=True, slots=True)
class ListReports(Tap):
    """Show where offers are reported."""

    tag: ClassVar[str] = "or"


def report_text(scene: Scene) -> Rich:
    places = [
        place.text + (rich(" ", link(place.url, place.url.partition("://")[2])) if place.url else rich())
        for place in _places(scene)
    ]
    return lines(scene.words(OffersWords).report, bullets(scene, tuple(places))) if places else rich()


def _places(scene: Scene) -> Iterator[ReportPlace]:
    """Where to report it: everywhere, and in the countries of the person's own region. All, if that is not known."""
    mine = scene.person.marks.value(REGION, MINE)
    region = scene.pack[RegionsFile].regions.get(mine) if mine and scene.pack.has(RegionsFile) else None
    for place in scene.pack[OffersFile].reports:
        if not place.countries or region is None or not set(region.countries).isdisjoint(place.countries):
            yield place


def reports_button(scene: Scene) -> TapButton | None:
    """The button to the places where offers are reported, if there are any."""
    if not scene.on("offers") or not any(True for _ in _places(scene)):
        return None
    return TapButton(scene.words(OffersWords).where_to_report, ListReports())

"""Buttons to parts of the chat that the content names (:data:`~bot.content.kinds.search.Place`)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.kinds.search import Place
from bot.guide.area import Scene
from bot.guide.areas import language, offer_reports, settings
from bot.guide.screen import Button, TapButton
from bot.guide.taps import Go


def place_buttons(scene: Scene, places: Iterable[Place]) -> list[Button]:
    """A button for each place that there is; those whose area is off are left out."""
    return [button for place in places if (button := _button(scene, place))]


def _button(scene: Scene, place: Place) -> Button | None:
    if place == "delete":
        words = scene.words(settings.SettingsWords)
        return TapButton(words.delete, settings.Delete(sure=False))
    if place == "language":
        several = language.several(scene.library)
        return TapButton(scene.words(language.LanguageWords).title, Go(language.NAME)) if several else None
    if place == "reports":
        return offer_reports.reports_button(scene)
    title = dict(scene.menu).get(place)
    return TapButton(title, Go(place)) if title else None

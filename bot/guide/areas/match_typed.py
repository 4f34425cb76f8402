"""Answers to the questions of the matching, as people type them."""

from __future__ import annotations

from bot.content.kinds.matching import Option, Question
from bot.content.kinds.regions import RegionsFile
from bot.content.kinds.welcome import WelcomeFile
from bot.content.library import Pack
from bot.guide.area import Scene
from bot.guide.areas.tip_zone import place_said
from bot.guide.areas.typed_answers import all_named, named, weekly_hours
from bot.guide.matching_table import Choice, choices

_ANSWER_WORDS = 6
"""A text with more words than this says more than where one lives."""


def typed(scene: Scene, question: Question, text: str) -> tuple[Choice, ...] | None:
    """The options that a text names; none if it names none, ``None`` if it is a place that may be in several."""
    options = choices(scene.pack, question)
    names = {
        choice.id: (choice.label, choice.phrase, *welcome_names(scene.pack, question, choice.id))
        for choice in options
    }
    if question.several:
        ids = all_named(scene, text, names)
    else:
        ids = tuple(filter(None, (named(scene, text, names) or by_hours(scene, question, text),)))
    if not ids and question.options_from == "regions":
        regions = _regions(scene, text)
        if len(regions) > 1:
            return None
        ids = tuple(regions)
    return tuple(choice for choice in options if choice.id in ids)


def by_hours(scene: Scene, question: Question, text: str) -> str | None:
    """The option for so many hours a week."""
    hours = weekly_hours(scene, text)
    return next((each.id for each in question.options if hours is not None and _has(each, hours)), None)


def welcome_names(pack: Pack, question: Question, id_: str) -> tuple[str, ...]:
    """What else people type for an option, as the same question of the welcome has it."""
    asked = pack[WelcomeFile].questions.get(question.known_from or "") if pack.has(WelcomeFile) else None
    option = asked.options.get(id_) if asked else None
    return option.also_typed if option else ()


def _has(option: Option, hours: int) -> bool:
    return option.hours is not None and option.hours.least <= hours <= option.hours.most


def _regions(scene: Scene, text: str) -> frozenset[str]:
    """The groups of countries in which a typed place, or country, may lie."""
    if len(text.split()) > _ANSWER_WORDS:
        return frozenset()
    codes = scene.places.countries(place_said(scene, text))
    found = map(scene.pack[RegionsFile].of_country, codes)
    return frozenset(region.id for region in found if region)

"""Answers to the questions of the welcome, as people type them."""

from __future__ import annotations

from bot.content.kinds.matching import MatchingFile
from bot.content.kinds.welcome import Option, Question
from bot.guide.area import Scene
from bot.guide.areas.match_typed import by_hours
from bot.guide.areas.typed_answers import named


def typed(scene: Scene, question: Question, text: str) -> Option | None:
    """The option that a text names; hours are understood where the matching asks the same."""
    names = {option.id: (option.label, *option.also_typed) for option in question.options}
    id_ = named(scene, text, names) or _by_hours(scene, question, text)
    return question.options.get(id_) if id_ else None


def _by_hours(scene: Scene, question: Question, text: str) -> str | None:
    if not scene.pack.has(MatchingFile):
        return None
    same = (each for each in scene.pack[MatchingFile].questions if each.known_from in question.ids)
    return next((id_ for each in same if (id_ := by_hours(scene, each, text))), None)

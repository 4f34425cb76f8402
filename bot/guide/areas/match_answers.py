"""What a person answered to the questions of the matching, here or elsewhere in the chat."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.kinds.matching import MatchingFile, Question
from bot.content.kinds.welcome import WelcomeFile
from bot.guide.area import Scene
from bot.guide.areas.welcome_questions import ANSWER
from bot.guide.matching import Answers
from bot.guide.matching_table import Choice, chosen
from bot.guide.person import Change, Forget, Mark, Remember
from bot.guide.regions import MINE, REGION

MATCH = "match"
"""Kind of the mark on a question; its value is the ids of the options chosen, or empty when skipped."""
_BETWEEN = ","


def given(scene: Scene, question: Question) -> tuple[Choice, ...]:
    """The options that the person chose, by what they said last: here, or where the same was asked."""
    if question.options_from == "regions":
        return chosen(scene.pack, question, (scene.person.marks.value(REGION, MINE) or "",))
    own, welcomed = _own(scene, question), _welcomed(scene, question)
    if welcomed and (own is None or welcomed[0].at > own.at):
        return chosen(scene.pack, question, welcomed[1])
    return chosen(scene.pack, question, own.value.split(_BETWEEN) if own else ())


def answers(scene: Scene) -> Answers:
    """All answers, by question."""
    return {
        question.id: tuple(choice.id for choice in given(scene, question))
        for question in scene.pack[MatchingFile].questions
    }


def begun(scene: Scene) -> bool:
    """Whether the person answered or skipped any question here."""
    return any(_own(scene, question) for question in scene.pack[MatchingFile].questions)


def unanswered(scene: Scene, question: Question) -> bool:
    """Whether it was neither answered nor skipped."""
    return not given(scene, question) and _own(scene, question) is None


def to_ask(scene: Scene, question: Question) -> bool:
    """Whether it is asked here: whatever was answered or skipped here, and what is known from nowhere."""
    return not given(scene, question) or _own(scene, question) is not None


def answering(scene: Scene, question: Question, ids: Iterable[str]) -> tuple[Change, ...]:
    """Set the answer; none skips the question, or takes the answer back."""
    kept, own = _BETWEEN.join(ids), _own(scene, question)
    # A mark that is set again keeps its time, and this answer would not be the latest.
    again = own is not None and own.value == kept and bool(_welcomed(scene, question))
    former = question.ids if again else question.renamed_from
    changes: tuple[Change, ...] = (
        *(Forget(MATCH, old) for old in former),
        Remember(MATCH, question.id, kept),
    )
    if question.options_from != "regions":
        return changes
    return (*changes, Remember(REGION, MINE, kept) if kept else Forget(REGION, MINE))


def _own(scene: Scene, question: Question) -> Mark | None:
    return scene.person.marks.get(MATCH, *question.ids)


def _welcomed(scene: Scene, question: Question) -> tuple[Mark, tuple[str, ...]] | None:
    """The answer to the same question of the welcome, and the options that it means here."""
    if question.known_from is None or not scene.pack.has(WelcomeFile):
        return None
    asked = scene.pack[WelcomeFile].questions.get(question.known_from)
    mark = scene.person.marks.get(ANSWER, *asked.ids) if asked else None
    option = asked.options.get(mark.value) if asked and mark else None
    if mark is None or option is None:
        return None
    meant = option.task_types if question.options_from == "task_types" else option.ids
    return (mark, meant) if meant else None

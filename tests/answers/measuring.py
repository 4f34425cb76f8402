"""How well questions find their entries: the development sets, and the shares that are told of them.

``en.tsv`` and ``es.tsv`` hold questions of imagined people, each with the entry that answers it (``-``: none does) and the
style it is written in. They were written before the search was tuned, and none of them is in the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
NONE = "-"


@dataclass(frozen=True, slots=True)
class Case:
    """``wanted`` is the id of the entry that answers the question, or :data:`NONE`."""

    question: str
    wanted: str
    style: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a way to search made of a question: the entry it is sure of, and up to three it shows or offers."""

    answer: str | None
    offered: Sequence[str]


Search = Callable[[str], Outcome]


@dataclass(frozen=True, slots=True)
class Shares:
    """All from 0 to 1. The last is of the questions that nothing answers, the others of those that something does."""

    first: float
    among_three: float
    answered: float
    wrong: float
    answered_in_vain: float


def cases(language: str) -> list[Case]:
    lines = (FOLDER / f"{language}.tsv").read_text("utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines]


def measured(search: Search, over: Iterable[Case]) -> Shares:
    outcomes = [(case.wanted, search(case.question)) for case in over]
    asked = [(wanted, found) for wanted, found in outcomes if wanted != NONE]
    in_vain = [found for wanted, found in outcomes if wanted == NONE]
    return Shares(
        first=_share(found.offered[:1] == [wanted] for wanted, found in asked),
        among_three=_share(wanted in found.offered for wanted, found in asked),
        answered=_share(found.answer is not None for _, found in asked),
        wrong=_share(found.answer not in (None, wanted) for wanted, found in asked),
        answered_in_vain=_share(found.answer is not None for found in in_vain),
    )


def _share(hits: Iterable[bool]) -> float:
    told = list(hits)
    return sum(told) / len(told)

"""What an author may get wrong in the matching, and the one line that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ContentError
from tests.support.packs import Author

Change = Callable[[Any], None]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author("bread", tmp_path)


def faults(author: Author) -> list[str]:
    """The lines that the check prints."""
    with pytest.raises(ContentError) as caught:
        author.publishes()
    return [str(fault) for fault in caught.value.faults]


def facts(author: Author, kind: str, change: Change) -> None:
    """Change the facts of a kind alone."""

    def only_facts(data: Any) -> None:
        if "ease" in data or "sources" in data.get("platforms", [{}])[0]:
            change(data)

    author.edits(kind, only_facts)


def first(**fields: Any) -> Change:
    """Change the first question."""

    def change(data: Any) -> None:
        data["questions"][0].update(fields)

    return change


def takes(*stated: dict[str, Any]) -> Change:
    def change(data: Any) -> None:
        data["platforms"][2]["takes"] = list(stated)

    return change


@pytest.mark.parametrize(
    ("kind", "change", "place", "what"),
    [
        (
            "platforms",
            takes({"question": "heet", "good": ["pan"]}),
            "takes[0].question",
            "did you mean 'heat'?",
        ),
        (
            "platforms",
            takes({"question": "heat", "good": ["pan", "oben"]}),
            "takes[0].good[1]",
            "'heat' has no option 'oben'; did you mean 'oven'?",
        ),
        (
            "platforms",
            takes({"question": "heat", "good": ["pan"]}, {"question": "heat", "unfit": ["oven"]}),
            "takes[1].question",
            "'heat' stands here already; put both into one",
        ),
        (
            "platforms",
            takes({"question": "heat", "good": ["pan"], "unfit": ["pan"]}),
            "takes[0]",
            "'pan' stands in two places; an option is one of best, good, partly, unfit",
        ),
        ("platforms", takes({"question": "heat"}), "takes[0]", "this says nothing"),
        (
            "platforms",
            lambda data: data["platforms"][2].update(first_money_days={"least": 9, "most": 2}),
            "first_money_days",
            "most (2) is less than least (9)",
        ),
        (
            "matching",
            first(points={"good": 1, "partly": 5, "unfit": 0}),
            "questions[0].points",
            "a better fit may not count less",
        ),
        (
            "matching",
            first(points={"good": 9, "partly": 5, "unfit": 3}),
            "questions[0].points",
            "unfit 0 or less",
        ),
        (
            "matching",
            first(points={"best": 1, "good": 9, "unfit": 0}),
            "questions[0].points",
            "best may not count less than good",
        ),
        (
            "matching",
            first(points={"best": 10, "good": 9, "unfit": 0}),
            "questions[0]",
            "says needs a sentence for it: best",
        ),
        ("matching", first(options_from="task_types"), "questions[0]", "exclude each other"),
        (
            "matching",
            lambda data: data["questions"][1].update(options_from="regions"),
            "questions[1].options_from",
            "there is no sound regions.yaml to take the options from",
        ),
        ("matching", first(known_from="hat"), "questions[0].known_from", "did you mean 'heat'?"),
        (
            "matching",
            lambda data: data["questions"][2]["options"][0].update(counts_as=["near"]),
            "questions[2]",
            "'near' counts as 'near', which is no other option here",
        ),
        (
            "matching",
            lambda data: data["questions"][1].pop("options_from"),
            "questions[1]",
            "a question needs two options at least",
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_the_place_and_what_to_do(
    author: Author, kind: str, change: Change, place: str, what: str
) -> None:
    facts(author, kind, change)
    (line,) = faults(author)
    assert f"{kind}.yaml:" in line
    assert place in line
    assert what in line


def test_what_entries_take_may_stand_there_without_any_questions(author: Author) -> None:
    author.switches_off("match")
    author.removes_file("matching")
    assert author.publishes().packs

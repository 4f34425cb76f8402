"""What one file may say only if another agrees: the author is told before any learner is misled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.content.library import AreaSpec, Library
from bot.errors import ContentError
from bot.guide.area import Area
from bot.guide.areas import AREAS
from bot.guide.guide import Guide
from tests.support.packs import Author

Edit = Callable[[Any], None]


def link_a_closed_one_from_a_step(data: Any) -> None:
    data["steps"][1]["links"]["platforms"] = ["old-tower-mill"]


def link_a_doubtful_one_from_a_kind_of_work(data: Any) -> None:
    data["task_types"][0]["links"]["platforms"] = ["cloud-mill"]


def name_a_kind_of_work_like_a_list(data: Any) -> None:
    data["task_types"][1]["id"] = "all"


def give_two_steps_one_figure(data: Any) -> None:
    with_figure = next(step for step in data["steps"] if "figure" in step)
    data["steps"][0]["figure"] = {key: value for key, value in with_figure["figure"].items() if key != "task"}


def tick_a_task_that_is_not_there(data: Any) -> None:
    next(step for step in data["steps"] if "figure" in step)["figure"]["task"] = "nowhere"


@pytest.mark.parametrize(
    ("kind", "edit", "says"),
    [
        ("steps", link_a_closed_one_from_a_step, "may not be suggested here"),
        ("task_types", link_a_doubtful_one_from_a_kind_of_work, "may not be suggested here"),
        ("task_types", name_a_kind_of_work_like_a_list, "choose another id"),
        ("steps", give_two_steps_one_figure, "give it an id of its own"),
        ("steps", tick_a_task_that_is_not_there, "in the tasks of this step; known: "),
    ],
)
def test_it_is_a_fault_with_its_line(tmp_path: Path, kind: str, edit: Edit, says: str) -> None:
    author = Author("bread", tmp_path)
    author.edits(kind, edit)
    with pytest.raises(ContentError) as error:
        author.publishes()
    faults = [fault for fault in error.value.faults if says in fault.message]
    assert faults
    assert faults[0].line > 0


def test_a_collection_with_a_name_too_long_for_a_button_is_refused_at_the_start(content: Library) -> None:
    area = Area(
        AreaSpec("certificates", AREAS[0].spec.words, always=True), opens={"certificates": lambda *_: None}
    )
    with pytest.raises(ValueError, match="a button could not carry it"):
        Guide(content, "the_bot", areas=(*AREAS, area))

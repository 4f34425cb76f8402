"""Kinds of content that are yet to come: tables, alternatives, models within models, checks between kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from bot.content.fields import Entry, Id, KindFile, Label, LabelTemplate, Ref, Rich, Shelf, Slots, Strict
from bot.content.kinds import KINDS
from bot.content.library import AreaSpec, Pack, Words
from bot.content.loader import Loaded, load
from bot.errors import ContentError
from tests.content.packs import CommonWords, line_of


class Pick(Entry):
    type: Literal["pick"]
    right: Annotated[Label, Field(max_length=9)]


class Sort(Entry):
    type: Literal["sort"]
    order: tuple[Rich, ...]
    weight: float = 1.0


class Bonus(Strict):
    text: Rich
    points: int
    after: Annotated[Id, Ref("quiz")]


class QuizFile(KindFile):
    grades: Mapping[str, Label]
    cheers: tuple[Annotated[LabelTemplate, Slots("name")], ...]
    quiz: Shelf[Annotated[Pick | Sort, Field(discriminator="type")]]
    bonus: Bonus | None = None
    size: int | Literal["all"] = "all"

    def cross_check(self, pack: Pack) -> Iterable[tuple[tuple[str | int, ...], str]]:
        if "last" not in self.grades:
            yield ("grades", "last"), "there must be a last grade"


class QuizWords(Words):
    title: Label = "Quiz"


FILES = {
    "bot.yaml": "name: Q\nlanguages: [en, es]\nareas: [quiz]\n",
    "quiz.yaml": "bonus:\n  points: 3\n  after: apple\n",
    "en/ui.yaml": "common:\n  menu: Menu\n",
    "en/quiz.yaml": """\
grades:
  best: First
  last: Last
cheers: ["Well done, {name}", Go on]
bonus:
  text: Once more.
quiz:
  - id: apple
    type: pick
    right: Red
  - id: pears
    type: sort
    order: [One, Two]
    weight: 0.5
""",
    "es/ui.yaml": "common:\n  menu: Menú\n",
    "es/quiz.yaml": """\
grades:
  best: Primero
cheers: ["Bien", Sigue]
bonus:
  text: Otra vez.
quiz:
  - id: pears
    order: [Uno, Dos]
  - id: apple
    right: Rojo
""",
}


def load_quiz(directory: Path, name: str = "", edit: tuple[str, str] = ("", "")) -> Loaded:
    for path, text in FILES.items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_text(text.replace(*edit) if path == name else text)
    areas = [AreaSpec("quiz", QuizWords, needs=(QuizFile,)), AreaSpec("common", CommonWords, always=True)]
    return load(directory, areas, today=date(2026, 1, 1), kinds={"quiz": QuizFile})


def test_tables_alternatives_and_models_within_models_are_merged_and_translated(tmp_path: Path) -> None:
    spanish = load_quiz(tmp_path).library.pack("es")[QuizFile]

    assert spanish.grades == {"best": "Primero", "last": "Last"}
    assert isinstance(spanish.quiz[0], Pick)
    assert isinstance(spanish.quiz[1], Sort)
    assert (spanish.quiz[0].right, [text.plain for text in spanish.quiz[1].order]) == ("Rojo", ["Uno", "Dos"])
    assert spanish.bonus is not None
    assert (spanish.bonus.text.plain, spanish.bonus.points) == ("Otra vez.", 3)


def test_an_area_whose_words_all_have_a_default_needs_no_section(tmp_path: Path) -> None:
    assert load_quiz(tmp_path).library.pack("en").words(QuizWords).title == "Quiz"


@pytest.mark.parametrize(
    ("name", "edit", "at", "where", "says"),
    [
        ("en/quiz.yaml", ("last: Last", "lost: Last"), "grades:", "grades.last", "must be a last grade"),
        ("en/quiz.yaml", ("best: First", "best: 1"), "best: 1", "grades.best", "read as a number"),
        ("en/quiz.yaml", ("type: sort", "type: sorted"), "id: pears", "quiz[1]", "does not match any"),
        ("en/quiz.yaml", ("right: Red", "rigth: Red"), "rigth", "quiz[0].rigth", "did you mean 'right'?"),
        ("en/quiz.yaml", ("right: Red", "right: Red as fire"), "fire", "quiz[0].right", "11 characters; at most 9"),
        ("en/quiz.yaml", ("order: [One, Two]", "order: [One, 2]"), "order", "quiz[1].order[1]", "2 is read as a number"),
        ("en/quiz.yaml", ("weight: 0.5", "weight: '0.5'"), "weight", "quiz[1].weight", "take the quotes away: 0.5"),
        ("en/quiz.yaml", ("weight: 0.5", "weight: half"), "weight", "quiz[1].weight", "a number such as 1.5, not 'half'"),
        ("en/quiz.yaml", ("grades:\n  best: First\n  last: Last", "grades: none"), "grades", "grades", "keys with values"),
        ("quiz.yaml", ("after: apple", "after: pear"), "pear", "bonus.after", "did you mean 'pears'?"),
        ("quiz.yaml", ("  points: 3\n", ""), "bonus:", "bonus.points", "missing"),
        ("es/quiz.yaml", ("Bien", "Bien, {nombre}"), "nombre", "cheers[0]", "nobody fills {nombre} here; known: {name}"),
        ("es/quiz.yaml", ("best: Primero", "first: Primero"), "first", "grades.first", "has no 'first' to translate"),
    ],
)  # fmt: skip
def test_mistakes_in_them_have_their_line(  # noqa: PLR0917
    tmp_path: Path, name: str, edit: tuple[str, str], at: str, where: str, says: str
) -> None:
    with pytest.raises(ContentError) as refusal:
        load_quiz(tmp_path, name, edit)

    faults = [fault for fault in refusal.value.faults if fault.where == where]
    assert [str(fault.path) for fault in faults] == [str(tmp_path / name)], str(refusal.value)
    assert faults[0].line == line_of(tmp_path, name, at)
    assert says in faults[0].message


def test_slots_lost_in_a_list_are_named(tmp_path: Path) -> None:
    warnings = load_quiz(tmp_path).warnings

    assert [warning.where for warning in warnings if "{name}" in warning.message] == ["cheers"]


def test_a_union_of_values_names_what_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"en/quiz\.yaml:1: size: .*write one of: all"):
        load_quiz(tmp_path, "en/quiz.yaml", ("grades:", "size: al\ngrades:"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_kind_can_be_described_to_an_editor(kind: type[KindFile]) -> None:
    schema = kind.model_json_schema()

    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False

"""The schemas that editors use are those of the models, and never underline what is right."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.__main__ import main
from bot.content.schemas import FOLDER, files_and_schemas, schemas
from bot.content.tree import value_of
from bot.content.yaml_reader import read_yaml
from bot.guide.guide import SPECS
from tests.support.packs import PACKS, ROOT, Author

CONTENT = ROOT / "content"
SCHEMAS = schemas(SPECS)


def as_json(value: Any) -> Any:
    """As an editor reads the file: dates are text."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def underlined(file: Path, schema: str) -> list[str]:
    tree, faults = read_yaml(file.read_bytes(), str(file))
    assert tree is not None, faults
    errors = Draft202012Validator(json.loads(schema)).iter_errors(as_json(value_of(tree)))
    return [f"{file.name} {error.json_path}: {error.message}" for error in errors]


def named(line: str) -> str:
    return line.rpartition("/")[2]


def test_the_files_of_schemas_are_those_of_the_models() -> None:
    there = {path.name: path.read_text("utf-8") for path in (CONTENT / FOLDER).iterdir()}
    assert there == SCHEMAS, "run: python -m bot schema content"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_each_is_a_schema(schema: str) -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMAS[schema]))


def content_files() -> Iterator[tuple[Path, str]]:
    yield from files_and_schemas(CONTENT, "en")


@pytest.mark.parametrize(("file", "line"), [pytest.param(*each, id=str(each[0])) for each in content_files()])
def test_each_file_of_the_content_names_its_schema_and_has_nothing_underlined(file: Path, line: str) -> None:
    assert file.read_text("utf-8").split("\n", 1)[0] == line
    assert (file.parent / line.rpartition("=")[2]).is_file()
    assert underlined(file, SCHEMAS[named(line)]) == []


def test_nothing_is_underlined_in_the_second_pack_nor_in_languages_with_many_forms(tmp_path: Path) -> None:
    shutil.copytree(PACKS["bread"], tmp_path / "bread")
    shutil.copytree(PACKS["bread"].with_name("bread_languages"), tmp_path / "bread", dirs_exist_ok=True)
    files = list(files_and_schemas(tmp_path / "bread", "en"))
    assert {named(line) for _, line in files} >= {"bot.json", "platforms.part.json", "ui.words.json"}
    assert [each for file, line in files for each in underlined(file, SCHEMAS[named(line)])] == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("en/faq.yaml", "    answer:", "    anwser:"),
        ("en/faq.yaml", "  - id: how-long", "  - id: How Long"),
        ("platforms.yaml", "status: active", "status: open"),
        ("bot.yaml", "areas: [steps", "areas: [stepps"),
        ("bot.yaml", "stale_after_days: 90", "stale_after_days: soon"),
        ("en/ui.yaml", "common:\n", "comon:\n"),
    ],
)
def test_a_slip_is_underlined(tmp_path: Path, file: str, old: str, new: str) -> None:
    author = Author("bread", tmp_path)
    path = author.directory / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    (line,) = [line for each, line in files_and_schemas(author.directory, "en") if each == path]
    assert underlined(path, SCHEMAS[named(line)])


def test_the_command_writes_them_takes_former_ones_away_and_names_files_without_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    author = Author("bread", tmp_path)
    folder = author.directory / FOLDER
    folder.mkdir()
    (folder / "former.json").write_text("{}", "utf-8")
    assert main(["schema", str(author.directory)]) == 1
    assert {path.name for path in folder.iterdir()} == set(SCHEMAS)
    line = "# yaml-language-server: $schema=../schema/faq.json"
    assert (
        f"{author.directory / 'en' / 'faq.yaml'}: its first line should be: {line}" in capsys.readouterr().out
    )
    assert author.publishes(), "the bot does not mind the folder"

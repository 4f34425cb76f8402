"""The documents keep up with the program: a command, setting or verb without its line fails here."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.admin.desk import COMMAND
from bot.admin.figures import FiguresCommand
from bot.admin.health_command import HealthCommand
from bot.admin.reload import COMMAND as RELOAD
from bot.admin.unanswered import COMMAND as UNANSWERED
from bot.admin.who import WhoCommand
from bot.guide.commands import COMMANDS
from bot.playground.keeper import load
from bot.settings import NAMES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE_ROW = re.compile(r"^\| `([^`]+)`", re.MULTILINE)
OPERATORS = (COMMAND, FiguresCommand.name, HealthCommand.name, WhoCommand.name, UNANSWERED, RELOAD)
ROWS = TABLE_ROW.findall(README)


def commands() -> argparse._SubParsersAction[argparse.ArgumentParser]:
    actions = parser()._actions
    (found,) = (action for action in actions if isinstance(action, argparse._SubParsersAction))
    return found


def verbs() -> list[str]:
    return list(commands().choices)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_readme_has_a_row_for_every_command(command: str) -> None:
    assert f"/{command}" in ROWS


def test_readme_has_no_row_for_a_command_that_does_not_exist() -> None:
    names = (*(command.name for command in COMMANDS), *OPERATORS)
    assert {row.partition(" ")[0] for row in ROWS if row.startswith("/")} == {f"/{name}" for name in names}


def test_readme_makes_the_first_person_of_a_new_playground_an_operator(tmp_path: Path) -> None:
    (number,) = re.findall(r"`ADMIN_IDS=(\d+) make run`", README)
    world = load(tmp_path / "playground.json", "1:playground", lambda text: None, remembered=False)
    assert list(world.people) == [int(number)]


@pytest.mark.parametrize("setting", NAMES)
def test_readme_and_env_example_explain_every_setting(setting: str) -> None:
    assert setting in ROWS
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(rf"^#.*\n{setting}=$", example, re.MULTILINE), f"{setting} with a comment above it"


def test_readme_explains_no_setting_that_does_not_exist() -> None:
    assert {row for row in ROWS if re.fullmatch(r"[A-Z_]+", row)} == set(NAMES)


@pytest.mark.parametrize("verb", verbs())
def test_readme_has_a_row_for_every_verb_of_the_command_line(verb: str) -> None:
    assert any(re.match(rf"python -m bot {verb}\b", row) for row in ROWS)


@pytest.mark.parametrize("verb", verbs())
def test_readme_has_every_option_of_the_command_line(verb: str) -> None:
    (row,) = re.findall(rf"^\| `python -m bot {verb}\b.*", README, re.MULTILINE)
    options = [option for action in commands().choices[verb]._actions for option in action.option_strings]
    assert not [option for option in options if option not in ("-h", "--help") and option not in row]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "content/README.md"])
def test_every_link_and_path_in_the_documents_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    folder = (ROOT / document).parent
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    named = [path for path in re.findall(r"`((?:bot|tests|content)/[\w./-]+)`", text) if "<" not in path]
    missing = [link for link in linked if not (folder / link).exists()]
    missing += [path for path in named if not (ROOT / path).exists()]
    assert not missing


def test_every_dependency_has_one_reason_in_contributing() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = pyproject.split("dependencies = [", 1)[1].split("]", 1)[0]
    names = re.findall(r'"([A-Za-z0-9-]+)', block)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert names
    assert not [name for name in names if contributing.count(f"\n| {name} |") != 1]

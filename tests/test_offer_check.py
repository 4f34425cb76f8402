"""Offers on the command line: no token, no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.support.packs import PACKS, Author

SCAM = "Please pay a registration fee of $30 before you can start the job."


@pytest.fixture(autouse=True)
def content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(PACKS["firstlabel"]))


def test_a_file_gives_a_line_for_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "in.jsonl"
    rows = [{"text": SCAM}, {"text": "See you on Monday, and thank you for the work!", "scam": False}]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    assert main(["offer", "--file", str(file)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["warning"] is True
    assert first["flags"][0]["severity"] == "high"
    assert {flag["id"] for flag in first["flags"]} >= {"upfront-fee"}
    assert all(flag["quote"] in SCAM for flag in first["flags"])
    assert second == {"warning": False, "flags": []}


def test_a_text_is_shown_for_people_or_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offer", SCAM]) == 0
    assert "upfront-fee" in capsys.readouterr().out
    assert main(["offer", "--json", "--lang", "en", SCAM]) == 0
    assert json.loads(capsys.readouterr().out)["warning"] is True


@pytest.mark.parametrize(
    ("arguments", "content", "complaint"),
    [
        (["--lang", "xx", "text"], None, "--lang xx"),
        (["--file", "{file}"], "no json\n", "in.jsonl:1"),
        (["--file", "{file}"], '{"text": "fine"}\n{"txt": 1}\n', "in.jsonl:2"),
        (["--file", "{file}.not"], "", "in.jsonl.not: cannot be read: No such file or directory\n"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    content: str | None,
    complaint: str,
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(content or "", "utf-8")
    assert main(["offer", *(each.replace("{file}", str(file)) for each in arguments)]) == 1
    error = capsys.readouterr().err
    assert complaint in error
    assert len(error.splitlines()) == 1


def test_content_without_signs_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    author = Author("bread", tmp_path)
    author.switches_off("offers")
    author.removes_file("offers")
    monkeypatch.setenv("CONTENT_DIR", str(author.directory))
    assert main(["offer", "text"]) == 1
    assert "no offers.yaml" in capsys.readouterr().err


def test_another_subject_has_its_own_signs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(PACKS["bread"]))
    assert main(["offer", "--json", "Give the boy ten silver coins, and the sack follows."]) == 0
    assert '"id": "pay-first"' in capsys.readouterr().out

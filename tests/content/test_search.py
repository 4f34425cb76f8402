"""What authors may write in search.yaml, and how they are told what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.search import SearchFile
from bot.errors import ContentError
from bot.guide.answers import Answers
from tests.support.packs import Author, pack_library

SEARCH: dict[str, Any] = {
    "synonyms": [["oven", "stove", "kitchen range"]],
    "keywords": {"keep-bread": ["breadbox"]},
    "replies": [
        {"id": "hello", "examples": ["hello", "good morning", "hi there"], "reply": "Good day, baker."}
    ],
}


def published(tmp_path: Path, **changes: Any) -> Any:
    author = Author("bread", tmp_path)
    text = yaml.safe_dump({**SEARCH, **changes}, sort_keys=False)
    (author.directory / "en" / "search.yaml").write_text(text, "utf-8")
    return author.publishes().pack("en")


def faults(tmp_path: Path, **changes: Any) -> str:
    with pytest.raises(ContentError) as error:
        published(tmp_path, **changes)
    return str(error.value)


def test_a_pack_needs_no_such_file() -> None:
    assert not pack_library("bread").pack("en").has(SearchFile)


def test_synonyms_keywords_and_replies_are_found(tmp_path: Path) -> None:
    pack, answers = published(tmp_path), Answers()

    def first(text: str) -> str | None:
        found = answers.find(pack, text)
        shown = [*((found.best,) if found.best else ()), *found.suggestions]
        return shown[0].id if shown else None

    assert first("kitchen range") == "no-oven"
    assert first("breadbox") == "keep-bread"
    assert first("bredbox") == "keep-bread"
    found = answers.find(pack, "Good morning!")
    assert found.reply is not None
    assert found.reply.id == "hello"


def test_keywords_of_an_entry_that_is_not_there_are_a_fault_with_its_line(tmp_path: Path) -> None:
    told = faults(tmp_path, keywords={"keep-bred": ["breadbox"]})
    assert "en/search.yaml:6" in told
    assert "the FAQ has no 'keep-bred'; did you mean 'keep-bread'?" in told


def test_keywords_of_a_renamed_entry_stay_with_it(tmp_path: Path) -> None:
    author = Author("bread", tmp_path)
    (author.directory / "en" / "search.yaml").write_text(yaml.safe_dump(SEARCH), "utf-8")
    author.renames("faq", "faq", "keep-bread", "fresh-bread")
    pack = author.publishes().pack("en")
    found = Answers().find(pack, "breadbox")
    assert "fresh-bread" in [entry.id for entry in (found.best, *found.suggestions) if entry]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"synonyms": [["alone"]]}, "synonyms[0]"),
        ({"keywords": {"keep-bread": []}}, "keywords.keep-bread"),
        ({"replies": [{"id": "hello", "examples": ["hi"], "reply": "Hi."}]}, "replies[0].examples"),
        ({"replies": [{**SEARCH["replies"][0], "links": {"faq": ["nowhere"]}}]}, "nowhere"),
        ({"greetings": []}, "greetings"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    assert says in faults(tmp_path, **changes)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_file_helps_every_entry_in_every_language(language: str) -> None:
    pack = pack_library("firstlabel").pack(language)
    assert set(pack[SearchFile].keywords) == {entry.id for entry in pack[FaqFile].faq}


def test_each_language_has_words_of_its_own() -> None:
    english, spanish = (pack_library("firstlabel").pack(code)[SearchFile] for code in ("en", "es"))
    assert [each.id for each in english.replies] == [each.id for each in spanish.replies]
    for one, other in zip(english.replies, spanish.replies, strict=True):
        assert one.reply != other.reply
        assert set(one.examples) != set(other.examples)


def test_a_reply_is_found_by_its_ways_whatever_else_a_text_says(tmp_path: Path) -> None:
    burnt = {
        "id": "burnt",
        "examples": ["i burnt my hand", "hot tray", "it hurts"],
        "ways": ["burn* .. <limb>"],
        "unless": ["crust"],
        "reply": "Cold water, ten minutes.",
        "links": {"faq": ["keep-bread"]},
    }
    sets = [{"id": "limb", "words": ["hand|finger|arm"]}]
    pack, answers = published(tmp_path, sets=sets, replies=[burnt]), Answers()
    found = answers.find(pack, "how do i keep bread fresh, and help, i just burned my left hand")
    assert found.reply is not None
    assert found.reply.id == "burnt"
    assert found.suggestions[0].id == "keep-bread"
    assert answers.find(pack, "Hot tray!").reply is not None
    assert answers.find(pack, "i burned my hand and the crust").reply is None


def test_words_written_in_haste_are_those_they_stand_for(tmp_path: Path) -> None:
    pack, answers = published(tmp_path, spellings=[["kitchen range", "kr"]]), Answers()
    plain, hasty = answers.find(pack, "no kitchen range"), answers.find(pack, "no kr")
    assert hasty == plain
    assert hasty.score > answers.find(pack, "no xr").score


@pytest.mark.parametrize(
    ("spellings", "says"),
    [
        ([["you are", "ur", "u r"]], "spellings[0][2]: 'u r' is not one word"),
        ([["what is", "wat's"]], 'spellings[0][1]: "wat\'s" is not one word'),
        ([["what", "???"]], "spellings[0][1]: '???' is not one word"),
        ([["alpha", "qq"], ["beta", "xx", "QQ"]], "spellings[1][2]: 'QQ' stands for 'alpha' already"),
        ([["alpha", "q\u00e9"], ["beta", "qe\u0301"]], "stands for 'alpha' already"),
    ],
)
def test_what_stands_for_a_word_is_one_word_and_stands_for_no_other(
    tmp_path: Path, spellings: list[list[str]], says: str
) -> None:
    assert says in faults(tmp_path, spellings=spellings)


@pytest.mark.parametrize("without_ways", [{"unless": ["crust"]}, {"no_offer": True}])
def test_what_only_counts_with_ways_is_a_fault_without_them(
    tmp_path: Path, without_ways: dict[str, Any]
) -> None:
    (key,) = without_ways
    told = faults(tmp_path, replies=[{**SEARCH["replies"][0], **without_ways}])
    assert f"replies[0].{key}" in told
    assert "this only counts with 'ways'" in told


def test_patterns_speak_only_of_sets_that_the_file_defines(tmp_path: Path) -> None:
    reply = {**SEARCH["replies"][0], "ways": ["hello <limb>"]}
    told = faults(tmp_path, sets=[{"id": "foot", "words": ["two words"]}], replies=[reply])
    assert "replies[0].ways[0]: there is no set <limb>" in told
    assert "a set holds single words" in told


@pytest.mark.parametrize(("file", "key"), [("search", "replies"), ("offers", "concepts")])
def test_patterns_of_a_translation_are_checked_as_those_of_the_base_language(
    tmp_path: Path, file: str, key: str
) -> None:
    author = Author("firstlabel", tmp_path)
    spanish = author.directory / "es" / f"{file}.yaml"
    data = yaml.safe_load(spanish.read_text("utf-8"))
    entry = next(each for each in data[key] if each.get("ways"))
    entry["ways"].append("hola <nosuchset>")
    spanish.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    with pytest.raises(ContentError, match=rf"es/{file}\.yaml:\d+: .*: there is no set <nosuchset>"):
        author.publishes()


def test_a_reply_opens_only_parts_of_the_chat(tmp_path: Path) -> None:
    reply = {**SEARCH["replies"][0], "opens": ["kitchen"]}
    assert "replies[0].opens[0]" in faults(tmp_path, replies=[reply])

"""How words are compared: by stem, by sound, by letters; in languages with a stemmer and without."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.content.kinds.faq import FaqFile
from bot.guide.answers import Answers
from bot.guide.answers.lexicon import Lexicon
from bot.guide.answers.text import sentences_of, sound, stemmer, words_of
from tests.support.packs import pack_library


def lexicon(*texts: str, language: str = "en", synonyms: list[list[str]] | None = None) -> Lexicon:
    made = Lexicon(language, synonyms or [])
    for text in texts:
        made.learn(text)
    made.learned()
    return made


def understood(made: Lexicon, text: str) -> dict[str, float]:
    return {term: round(much, 2) for term, much in made.understand(words_of(text)).terms.items()}


def test_forms_of_a_word_are_one() -> None:
    assert understood(lexicon("labels"), "labelling") == understood(lexicon("labels"), "label")


@pytest.mark.parametrize("typed", ["payoner", "payoneeer", "paioneer", "PAYONEER", "páyoneer"])
def test_a_misspelt_word_is_the_one_it_is_like(typed: str) -> None:
    made = lexicon("payoneer", "bank")
    assert understood(made, typed).keys() == understood(made, "payoneer").keys()


@pytest.mark.parametrize("typed", ["tap", "zzzz", "xylophone"])
def test_a_word_that_is_like_none_is_strange(typed: str) -> None:
    assert lexicon("tax", "payoneer").understand([typed]).strange == 1


def test_words_written_by_ear_sound_the_same() -> None:
    assert sound("bentaja") == sound("ventaja")
    assert sound("yamar") == sound("llamar")
    assert sound("ora") == sound("hora")
    assert sound("weather") != sound("water")


def test_words_side_by_side_share_a_meaning_with_one_word() -> None:
    made = lexicon("exam", synonyms=[["failed", "did not pass"]])
    assert "=0" in understood(made, "I did not pass the exam")
    assert "=0" not in understood(made, "not the exam")


@pytest.mark.parametrize("language", ["sw", "fil", "xx", "zh-hant"])
def test_a_language_without_a_stemmer_keeps_its_words(language: str) -> None:
    assert stemmer(language)("running") == "running"
    assert understood(lexicon("kazi", language=language), "kasi")


def test_a_region_has_the_stemmer_of_its_language() -> None:
    assert stemmer("pt-br")("trabalhos") == stemmer("pt")("trabalhos") != "trabalhos"


def test_many_threads_may_search_at_once() -> None:
    pack, answers = pack_library("firstlabel").pack("en"), Answers()
    questions = [f"{entry.question} recieving wrokers" for entry in pack[FaqFile].faq] * 3
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: answers.find(pack, question), questions))
    assert found == [answers.find(pack, question) for question in questions]


def test_sentences_are_told_apart() -> None:
    assert sentences_of("One. Two! three?\nfour, five; 1,000… ") == [
        "One",
        " Two",
        " three",
        "four",
        "five",
        " 1,000",
    ]


def test_a_word_is_looked_at_as_far_as_words_go() -> None:
    assert len(words_of("a" * 4096)[0]) < 50
    assert words_of("don't won’t") == ["dont", "wont"]

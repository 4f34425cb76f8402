"""What sentences mean: found without a word in common, by many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.guide.answers import Answers, Meaning
from bot.semantic import meaning
from tests.support.packs import pack_library


@pytest.fixture(scope="module")
def encoder() -> Meaning:
    found = meaning()
    assert found is not None, "the extra 'dev' installs it"
    return found


def test_sentences_that_mean_the_same_are_alike_whatever_their_words_and_language(encoder: Meaning) -> None:
    likeness = encoder.index(["My bread has gone hard", "The oven is broken", "I love my grandmother"])
    for text in ("the loaf is stale", "el pan está duro"):
        hard, *others = likeness(text)
        assert hard > max(others)


def test_many_sentences_are_taken_in_parts(encoder: Meaning) -> None:
    many = [f"sentence number {number}" for number in range(150)]
    likeness = encoder.index(many)
    assert max(range(150), key=likeness(many[140]).__getitem__) == 140


def test_threads_do_not_disturb_each_other(encoder: Meaning) -> None:
    likeness = encoder.index(["bread", "oven"])
    texts = [f"where is my {thing}" for thing in ("oven", "bread")] * 20
    alone = [list(likeness(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert [list(each) for each in pool.map(likeness, texts)] == alone


def test_an_entry_is_found_by_what_is_meant(encoder: Meaning) -> None:
    pack = pack_library("bread").pack("en")
    text = "my baguette became stale"
    assert Answers(encoder).find(pack, text).score > Answers().find(pack, text).score

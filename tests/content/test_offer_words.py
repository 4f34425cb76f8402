"""What an author may get wrong in the points of words, and the line that says so; and what n-grams are for."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from bot.content.kinds.offer_words import BIAS, OfferWordsFile
from bot.content.library import Library
from bot.errors import ContentError
from bot.guide.offers.weighing import weigh
from bot.guide.offers.wording import buckets
from tests.support.packs import Author

SIZE = 4096
TEXT = "Dispatching parcels to Budapest pays rather nicely, my dear."


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author("firstlabel", tmp_path)


def points(author: Author, **fields: Any) -> Library:
    """The pack with these points for words, in every language."""

    def change(data: Any) -> None:
        data.clear()
        data.update(fields)

    author.edits("offer_words", change)
    return author.publishes()


def ngrams(text: str, points: int) -> str:
    """Each n-gram of a text gets so many points, all others none."""
    found = buckets(text, SIZE)
    weights = bytes(points % 256 if number in found else 0 for number in range(SIZE))
    return f"10 {b64encode(weights).decode()}"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"words": ["kindly"]}, "a line is points, a colon and words"),
        ({"words": ["9000: kindly"]}, "9000 points for a word would decide alone"),
        ({"words": ["5: kindly pay now"]}, "has more than two words"),
        ({"words": ["5: kindly"], "ngrams": "ten AAAA"}, "n-grams are a number and Base64 after it"),
        ({"words": ["5: kindly"], "ngrams": "10 A*A"}, "n-grams are a number and Base64 after it"),
        ({"words": ["5: kindly"], "ngrams": "10 AAAA"}, "3 bytes; it must be a power of two"),
        ({"words": ["5: kindly"], "ngrams": f"-1 {b64encode(bytes(SIZE)).decode()}"}, "-1 is no points"),
    ],
)
def test_points_that_cannot_be_read_are_told_with_their_file(
    author: Author, fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ContentError) as caught:
        points(author, **fields)
    lines = [str(fault) for fault in caught.value.faults]
    assert any("offer_words.yaml" in line and complaint in line for line in lines), lines


def test_parts_of_words_decide_where_no_word_is_known(author: Author) -> None:
    start = f"-50: {BIAS}"
    without = points(author, words=[start])
    assert not weigh(without, TEXT, without.pack("en"), "en").warning
    library = points(author, words=[start], ngrams=ngrams(TEXT, 20))
    assert weigh(library, TEXT, library.pack("en"), "en").warning
    misspelled = TEXT.replace("Dispatching", "Dispaching").replace("parcels", "parsels")
    assert weigh(library, misspelled, library.pack("en"), "en").warning
    assert not weigh(library, "Good morning!", library.pack("en"), "en").warning


def test_to_say_the_same_again_changes_nothing() -> None:
    assert buckets(f"{TEXT} {TEXT}", SIZE) == buckets(TEXT, SIZE)
    assert buckets("pay 20 now", SIZE) == buckets("pay 4711 now", SIZE)


def test_a_pack_may_have_points_without_ngrams(author: Author) -> None:
    library = points(author, words=["5: kindly"])
    assert library.pack("en")[OfferWordsFile].ngrams is None

"""What words and their parts weigh in an offer: how much each speaks for a scam or for an honest message."""

from __future__ import annotations

import binascii
from array import array
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from bot.content.fields import KindFile, WordsMark

BIAS = "<start>"
"""Stands for every text: the points that one without any of the words has."""
_MOST = 1000
_BUCKETS = frozenset(2**bits for bits in range(8, 18))
_LEARNED = "They are learned, not written: take them as they came, or leave 'ngrams' out"


@dataclass(frozen=True, slots=True)
class WordPoints:
    """A line such as ``"45: gift card, kindly"``: words or pairs of words, and the points that each is worth."""

    points: int
    words: tuple[str, ...]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        line = core_schema.str_schema(strict=True, min_length=4, max_length=600, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(_read, line)


def _read(line: str) -> WordPoints:
    number, colon, rest = line.partition(":")
    words = tuple(" ".join(each.split()) for each in rest.split(","))
    if not colon or not number.strip().lstrip("+-").isdecimal() or not all(words):
        raise ValueError(
            'a line is points, a colon and words with commas between them: "45: gift card, kindly"'
        )
    points = int(number)
    if abs(points) > _MOST:
        raise ValueError(f"{points} points for a word would decide alone; at most {_MOST}")
    if long := [each for each in words if each.count(" ") > 1]:
        raise ValueError(f"{long[0]!r} has more than two words; only single words and pairs are looked up")
    return WordPoints(points, words)


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The points of character n-grams, which a program has learned: ``"0.25 BASE64"``, of a signed byte for each bucket.

    An n-gram falls into one bucket of them (feature hashing), and is worth so many ``unit`` points as that one's byte says.
    """

    unit: float
    weights: array[int]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True, max_length=400_000, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(_read_ngrams, text)


def _read_ngrams(text: str) -> Ngrams:
    number, _, coded = text.partition(" ")
    try:
        unit, weights = float(number), array("b", b64decode("".join(coded.split()), validate=True))
    except (ValueError, binascii.Error):
        raise ValueError(f"n-grams are a number and Base64 after it. {_LEARNED}") from None
    if not 0 < unit <= _MOST:
        raise ValueError(f"{number} is no points that one may be worth. {_LEARNED}")
    if len(weights) not in _BUCKETS:
        raise ValueError(f"{len(weights)} bytes; it must be a power of two from 256 to 131072. {_LEARNED}")
    return Ngrams(unit, weights)


class OfferWordsFile(KindFile):
    words: Annotated[tuple[Annotated[WordPoints, WordsMark()], ...], Field(max_length=5000)]
    ngrams: Annotated[Ngrams | None, WordsMark()] = None

    @property
    def points(self) -> Mapping[str, int]:
        """The points of each word; one that stands twice has those of its last line."""
        return MappingProxyType({word: line.points for line in self.words for word in line.words})


__all__ = ["BIAS", "Ngrams", "OfferWordsFile", "WordPoints"]

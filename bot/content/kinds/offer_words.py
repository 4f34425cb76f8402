"""What words weigh in an offer: how much each speaks for a scam or for an honest message."""

from __future__ import annotations

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


class OfferWordsFile(KindFile):
    words: Annotated[tuple[Annotated[WordPoints, WordsMark()], ...], Field(max_length=5000)]

    @property
    def points(self) -> Mapping[str, int]:
        """The points of each word; one that stands twice has those of its last line."""
        return MappingProxyType({word: line.points for line in self.words for word in line.words})


__all__ = ["BIAS", "OfferWordsFile", "WordPoints"]

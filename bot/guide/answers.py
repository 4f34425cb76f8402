"""Finds the FAQ entry that a person's own words ask for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import Pack

LONGEST = 500
"""Only the first characters are compared: longer texts add time and no sense."""
SURE = 80.0
"""From this score (0 to 100) on the entry is shown at once. Measured on the content's own variants, each left
out in turn: at 80 about one shown entry in twenty is the wrong one."""
UNSURE = 62.0
"""From this score on entries are offered as buttons; below it the honest answer is that we do not know."""
OFFERED = 3

_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to: ``best`` if sure, else up to three ``suggestions``, best first.

    ``nearest`` is the entry that comes closest however far it is, so that its category can be named.
    """

    best: Question | None
    suggestions: tuple[Question, ...]
    nearest: Question | None


def find(pack: Pack, text: str) -> Found:
    """The entries of the pack's FAQ that ``text`` may mean."""
    index = _index(pack)
    query = normalised(text[:LONGEST])
    if not query:
        return Found(None, (), None)
    ranked: dict[str, tuple[Question, float]] = {}
    for _, points, at in process.extract(query, index.phrases, scorer=_score, limit=20):
        question = index.owners[at]
        ranked.setdefault(question.id, (question, points))
    (first, score), *_ = ranked.values()
    close = tuple(question for question, points in ranked.values() if points >= UNSURE)
    if score >= SURE:
        return Found(first, tuple(entry for entry in close if entry is not first)[: OFFERED - 1], first)
    return Found(None, close[:OFFERED], first)


def normalised(text: str) -> str:
    """Lower case, without accents and punctuation, single spaces."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return _SPACE.sub(" ", bare).strip()


@dataclass(frozen=True, slots=True)
class _Index:
    phrases: tuple[str, ...]
    owners: tuple[Question, ...]


@lru_cache(maxsize=16)
def _index(pack: Pack) -> _Index:
    pairs = [
        (normalised(phrase), question)
        for question in pack[FaqFile].faq
        for phrase in (question.question, question.short, *question.ask)
    ]
    return _Index(tuple(phrase for phrase, _ in pairs), tuple(question for _, question in pairs))


def _score(query: str, phrase: str, *, score_cutoff: float | None = None) -> float:
    """Word order is free; a phrase that is only a part of the other counts for less."""
    return max(
        float(fuzz.token_sort_ratio(query, phrase)),
        0.95 * float(fuzz.token_set_ratio(query, phrase)) if min(len(query), len(phrase)) > 8 else 0.0,
    )

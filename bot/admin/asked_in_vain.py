"""Questions that nobody could answer, grouped by likeness, and as entries that an author only has to complete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import yaml

from bot.content.kinds.faq import FaqFile
from bot.content.library import Library
from bot.guide.ports_unanswered import Unanswered

LIKE = 82.0
"""So alike (of 100) are two questions that are told as one."""

DAYS = timedelta(days=60)
"""For so long they are kept."""

MOST_WAYS = 30
"""Of ways to ask one question, as an entry may have them."""

_LONGEST_ID = 21
"""With a number behind it, an id still fits a button."""

_LONGEST_LABEL = 30
_LONGEST_QUESTION = 90
_LONGEST_WAY = 200


@dataclass(slots=True)
class Group:
    """Questions that are alike, the first one for all. On each day each way to ask it counts once."""

    language: str
    texts: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    last: date = date.min

    @property
    def text(self) -> str:
        return self.texts[0]

    @property
    def count(self) -> int:
        return len(self.ids)


def grouped(questions: Iterable[Unanswered]) -> Sequence[Group]:
    """What was asked most comes first. A thousand questions take up to a second."""
    groups: dict[str, list[Group]] = {}
    for question in questions:
        found = _like(groups.setdefault(question.language, []), question.text)
        if found is None:
            found = Group(question.language)
            groups[question.language].append(found)
        if question.text not in found.texts:
            found.texts.append(question.text)
        found.ids.append(question.id)
        found.last = max(found.last, question.day)
    every = (group for each in groups.values() for group in each)
    return sorted(every, key=lambda group: (-group.count, -group.last.toordinal(), group.text))


def _like(groups: Sequence[Group], text: str) -> Group | None:
    # Not before an operator asks: 5 MB, which take 7 ms to load.
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        _plain(text),
        [_plain(group.text) for group in groups],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=LIKE,
    )
    return groups[best[2]] if best else None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def as_yaml(groups: Sequence[Group], library: Library) -> str:
    """Entries for ``faq.yaml``, a part for each language. What an author must write is empty, which the check names."""
    languages = dict.fromkeys(group.language for group in groups)
    parts = (_part([each for each in groups if each.language == one], one, library) for one in languages)
    return "\n".join((_HEAD, *parts)) + "\n"


def _part(groups: Sequence[Group], language: str, library: Library) -> str:
    base = library.pack(None)
    categories = [each.id for each in base[FaqFile].categories] if base.has(FaqFile) else []
    taken = {id_ for each in base[FaqFile].faq for id_ in each.ids} if base.has(FaqFile) else set[str]()
    lines = [f"# For content/{language}/faq.yaml. Categories: {', '.join(categories)}"]
    for group in groups:
        id_ = _fresh_id(group.text, taken)
        taken.add(id_)
        times = "once" if group.count == 1 else f"{group.count} times"
        lines.append(f"  # asked {times}, last on {group.last.isoformat()}")
        lines.append(_indented(_entry(group, id_, categories)))
    return "\n".join(lines)


def _entry(group: Group, id_: str, categories: Sequence[str]) -> dict[str, Any]:
    return {
        "id": id_,
        "category": categories[0] if categories else "",
        "question": _short(group.text, _LONGEST_QUESTION),
        "short": _short(group.text, _LONGEST_LABEL),
        "ask": [_short(text, _LONGEST_WAY) for text in group.texts[:MOST_WAYS]],
        "answer": "",
    }


def _indented(entry: dict[str, Any]) -> str:
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
    return "\n".join(f"  {line}" for line in text.splitlines())


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _fresh_id(text: str, taken: Collection[str]) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", letters))[:_LONGEST_ID].strip("-") or "question"
    return next(each for each in _numbered(slug) if each not in taken)


def _numbered(slug: str) -> Iterable[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


_HEAD = """\
# What people asked and the bot could not answer, the most frequent first. Take what you want to answer over into
# faq.yaml: choose the category, write the question and the answer well, add other ways to ask it (three at least).
"""

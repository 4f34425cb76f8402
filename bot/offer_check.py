"""Looks for warning signs in offers of work from the command line, by the content alone: no token, no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.content.kinds.offers import OffersFile
from bot.content.library import Library
from bot.errors import FirstlabelError
from bot.guide.offers.weighing import Verdict, weigh


class OfferInputError(FirstlabelError):
    """The texts to look at cannot be had as they were asked for."""


def check_texts(library: Library, texts: Iterable[str], language: str | None) -> Iterator[Verdict]:
    """The verdict on each text, read in ``language`` or else in the languages it seems to be in.

    Raises :class:`OfferInputError` if the content has no such language, or no signs to look for.
    """
    if language is not None and language not in library.packs:
        raise OfferInputError(f"--lang {language}: the content has {', '.join(library.packs)}")
    own = library.pack(language)
    if not own.has(OffersFile):
        raise OfferInputError("the content has no offers.yaml, so there are no warning signs to look for")
    return (weigh(library, text, own, language) for text in texts)


def texts_of(file: Path) -> list[str]:
    """The ``text`` of each line of JSON. Raises :class:`OfferInputError`, which names the line."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeError as error:
        raise OfferInputError(f"{file}: is not UTF-8 text") from error
    except OSError as error:
        raise OfferInputError(f"{file}: cannot be read: {error.strerror}") from error
    return [_text(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _text(file: Path, number: int, line: str) -> str:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise OfferInputError(f"{file}:{number}: this line is no JSON") from error
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str):
        raise OfferInputError(f'{file}:{number}: this line has no "text"')
    return text


def as_json(verdict: Verdict) -> str:
    """A verdict as one line of JSON."""
    flags = [{"id": each.flag.id, "severity": each.severity, "quote": each.quote} for each in verdict.raised]
    return json.dumps({"warning": verdict.warning, "flags": flags}, ensure_ascii=False)


def as_lines(verdict: Verdict) -> Iterator[str]:
    """A verdict for people at a terminal: a line a sign; none without signs, for that proves nothing."""
    for each in verdict.raised:
        quote = " ".join(each.quote.split())
        yield f"{each.severity}  {each.flag.id}: {each.flag.title}  ({quote})"

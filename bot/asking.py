"""``python -m bot ask``: what the bot would find for questions, without Telegram, for authors and for measuring."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.clock import SystemTime
from bot.content.kinds.faq import FaqFile
from bot.content.library import Library, Pack
from bot.errors import FirstlabelError
from bot.guide.action import Event, Say
from bot.guide.answers import NOTHING, Answers, Found
from bot.guide.guide import Guide
from bot.guide.person import Person
from bot.guide.screen import Turn

FAQ = "faq"
"""The area of the chat that answers questions."""


def pack_for(library: Library, language: str | None) -> Pack:
    """The content in a language (a BCP 47 tag; ``None``: the first). Raises an error where it has no FAQ."""
    pack = library.pack(language)
    if language is not None and not f"{language.lower().replace('_', '-')}-".startswith(f"{pack.language}-"):
        known = ", ".join(library.bot.languages)
        raise FirstlabelError(f"--lang {language}: the content has no such language; it has: {known}")
    if not pack.has(FaqFile):
        raise FirstlabelError("the content has no faq.yaml, so there is nothing to ask")
    return pack


def questions_in(file: Path) -> list[str]:
    """The questions of a file, one a line; empty lines are left out."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FirstlabelError(f"{file}: is not UTF-8 text") from error
    except OSError as error:
        raise FirstlabelError(f"{file}: cannot be read: {error.strerror}") from error
    return [line.strip() for line in lines if line.strip()]


def asked(
    answers: Answers, library: Library, pack: Pack, questions: Sequence[str], *, as_json: bool
) -> Iterator[str]:
    """A line about each question: what the FAQ finds, and who else answers it in the chat, if not the FAQ."""
    guide = Guide(library, "", answers=_FindsNothing())
    for question in questions:
        found, heard = answers.find(pack, question), _heard(guide, pack, question)
        yield _json(question, found, heard) if as_json else _line(question, found, heard)


def ids_of(found: Found) -> list[str]:
    """The entries that are shown or offered, best first; an answer is the first of them."""
    entries = (*((found.best,) if found.best else ()), *found.suggestions)
    return [entry.id for entry in entries]


class _FindsNothing(Answers):
    """What the FAQ finds is asked for beside the guide, once."""

    def find(self, pack: Pack, text: str) -> Found:
        return NOTHING


def _heard(guide: Guide, pack: Pack, question: str) -> Turn:
    """What somebody gets who is new here and waits for nothing else."""
    return guide.turn(Person(0), Event(0, Say(question), language=pack.language), SystemTime().now())


def _json(question: str, found: Found, heard: Turn) -> str:
    line = {
        "question": question,
        "answer": found.best.id if found.best else None,
        "suggestions": ids_of(found),
        "reply": found.reply.id if found.reply else None,
        "score": round(found.score, 4),
        "area": heard.area,
    }
    return json.dumps(line, ensure_ascii=False)


def _line(question: str, found: Found, heard: Turn) -> str:
    flat = " ".join(question.split())
    others = ", ".join(entry.id for entry in found.suggestions)
    if found.best:
        outcome = f"answers {found.best.id}" + (f" (or {others})" if others else "")
    elif found.reply:
        outcome = f"replies {found.reply.id}" + (f" (or {others})" if others else "")
    else:
        outcome = f"offers {others}" if others else "knows no answer"
    if heard.area != FAQ and heard.screen:
        title = heard.screen.text.plain.partition("\n")[0]
        outcome = f"shows {title} ({heard.area}); the FAQ alone {outcome}"
    return f"{flat}: {outcome}, {found.score:.2f}"

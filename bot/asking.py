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
from bot.guide.answers import Answers, Found
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
    """A line about each question: what the FAQ finds, and who else answers it in the chat, if not the FAQ, or in which
    other language it does.
    """
    guide = Guide(library, "", answers=answers)
    for question in questions:
        found, heard = answers.find(pack, question), _heard(guide, pack, question)
        there = _elsewhere(answers, library, pack, question) if _is_open(found, heard) else None
        if as_json:
            yield _json(question, found, heard, there[0].language if there else pack.language)
        else:
            yield _line(question, found, heard, there)


def ids_of(found: Found) -> list[str]:
    """The entries that are shown or offered, best first; an answer is the first of them."""
    entries = (*((found.best,) if found.best else ()), *found.suggestions)
    return [entry.id for entry in entries]


def _heard(guide: Guide, pack: Pack, question: str) -> Turn:
    """What somebody gets who is new here and waits for nothing else."""
    return guide.turn(Person(0), Event(0, Say(question), language=pack.language), SystemTime().now())


def _is_open(found: Found, heard: Turn) -> bool:
    """Whether the chat looks for an answer in another language."""
    return heard.area == FAQ and not found.best and not found.reply


def _elsewhere(answers: Answers, library: Library, own: Pack, question: str) -> tuple[Pack, Found] | None:
    """The other language that the question is in, and what is found there."""
    pack = answers.language_of(library, own, question)
    return (pack, answers.find(pack, question)) if pack else None


def _json(question: str, found: Found, heard: Turn, language: str) -> str:
    line = {
        "question": question,
        "answer": found.best.id if found.best else None,
        "suggestions": ids_of(found),
        "reply": found.reply.id if found.reply else None,
        "score": round(found.score, 4),
        "area": heard.area,
        "language": language,
    }
    return json.dumps(line, ensure_ascii=False)


def _line(question: str, found: Found, heard: Turn, there: tuple[Pack, Found] | None) -> str:
    flat, outcome = " ".join(question.split()), _outcome(found)
    if there:
        pack, found_there = there
        return f"{flat}: {outcome}, {found.score:.2f}; in {pack.language} {_outcome(found_there)}, {found_there.score:.2f}"
    if heard.area != FAQ and heard.screen:
        title = heard.screen.text.plain.partition("\n")[0]
        outcome = f"shows {title} ({heard.area}); the FAQ alone {outcome}"
    return f"{flat}: {outcome}, {found.score:.2f}"


def _outcome(found: Found) -> str:
    others = ", ".join(entry.id for entry in found.suggestions)
    if found.best:
        return f"answers {found.best.id}" + (f" (or {others})" if others else "")
    if found.reply:
        return f"replies {found.reply.id}" + (f" (or {others})" if others else "")
    return f"offers {others}" if others else "knows no answer"

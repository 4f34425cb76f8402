"""Which language a person is spoken to in: the one they chose, else that of their Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from babel import Locale, UnknownLocaleError

from bot.content.library import Library
from bot.guide.pending import PENDING
from bot.guide.person import Change, Forget, Person, Remember
from bot.guide.taps import Tap

LANGUAGE, _ITEM = "language", "chosen"
"""The mark on a language that was chosen, its value a code of the content's languages."""


@dataclass(frozen=True, slots=True)
class AskLanguage(Tap):
    """Show the languages; ``then`` is where the choice leads: ``start``, or empty to stay."""

    tag: ClassVar[str] = "la"
    then: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage(Tap):
    """Speak the language of this code, or, if it is empty, that of the person's Telegram."""

    tag: ClassVar[str] = "ls"
    code: str
    then: str = ""


def chosen(library: Library, person: Person) -> str | None:
    """The code that this person chose, as long as the content has that language."""
    code = person.marks.value(LANGUAGE, _ITEM)
    return code if code in library.packs else None


def choosing(code: str) -> tuple[Change, ...]:
    """The change that keeps a choice; an empty code takes it back."""
    return (Remember(LANGUAGE, _ITEM, code) if code else Forget(LANGUAGE, _ITEM),)


def did_something(person: Person) -> bool:
    """Whether anything is remembered of the person but the language they chose, and a question that waits."""
    return any(kind not in (LANGUAGE, PENDING) for kind in person.marks.kinds)


@lru_cache(maxsize=256)
def own_name(code: str) -> str:
    """What a language calls itself, by CLDR (``Español``); the code itself where nobody knows."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code

"""Words without formatting: what may stand in them, and those that values are put into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema

from bot.content.grammar import isolated
from bot.content.markup import by_category, chosen, language_of, text_or_forms

SLOT = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|[{}]")
_MARKUP = re.compile(r"\*\*|__|`|</?[a-z]+>|\]\(")


def plain_words(text: str) -> str:
    """Check that words shown without formatting hold none: a button shows ``**`` as it stands."""
    if found := _MARKUP.search(text):
        raise ValueError(f"{found[0]!r} would be shown as it stands: no formatting is possible here")
    return text


def _whole_braces(text: str) -> str:
    for found in SLOT.finditer(text):
        if len(found[0]) == 1:
            raise ValueError(
                f"a single {found[0]} stands here; a slot is {{name}} in small letters, "
                f"the sign itself is {found[0] * 2}"
            )
    return text


def no_slots(text: str) -> str:
    """Check that there is nothing in it that looks as if something were put in."""
    for found in SLOT.finditer(text):
        raise ValueError(f"nobody fills {found[0]} here; take the braces out")
    return text


@dataclass(frozen=True, slots=True)
class LabelTemplate:
    """Words without formatting, with slots: a button's label or a short notice. As :class:`Template`, it may have forms."""

    text: str
    language: str = ""
    forms: tuple[tuple[str, str], ...] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def make(text: str | dict[str, str], info: ValidationInfo) -> LabelTemplate:
            other, forms = by_category(text, lambda form: _whole_braces(plain_words(form)))
            return cls(other, language_of(info), forms)

        return text_or_forms(make)

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(found[1] for text in self.plains for found in SLOT.finditer(text) if found[1])

    @property
    def plain(self) -> str:
        return self.text

    @property
    def plains(self) -> tuple[str, ...]:
        """The words of all forms."""
        return (self.text, *(text for _, text in self.forms))

    def fill(self, **values: str | int) -> str:
        """Put values into the slots, as :meth:`Template.fill` does. A slot without a value is a bug: ``KeyError``."""

        def put(found: re.Match[str]) -> str:
            return isolated(self.language, str(values[found[1]])) if found[1] else found[0][0]

        return SLOT.sub(put, chosen(self.language, self.forms, self.text, values))

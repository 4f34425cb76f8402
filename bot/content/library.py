"""All that the bot says, in memory: typed, frozen, one :class:`Pack` a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints

from bot.content.fields import Entry, KindFile, Shelf, Strict
from bot.content.kinds import KINDS

LanguageCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
"""A BCP 47 tag in lower case: ``en``, ``pt-br``."""


class Words(Strict):
    """Base of a section of ``ui.yaml``: every word that one area of the chat says by itself."""


class BotFile(Strict):
    """``bot.yaml``: what the bot is called, its languages (the first is complete), which areas are on."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    areas: Annotated[tuple[str, ...], Field(min_length=1)]
    """In the order of the menu."""
    stale_after_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """After this many days a fact that was not checked again is shown as possibly out of date."""


@dataclass(frozen=True, slots=True)
class AreaSpec:
    """What an area of the chat needs of content: its section of ``ui.yaml`` and the kinds it shows."""

    name: str
    words: type[Words]
    needs: tuple[type[KindFile], ...] = ()
    always: bool = False
    """Whether it is on without being named in ``bot.yaml``."""


K = TypeVar("K", bound=KindFile)
W = TypeVar("W", bound=Words)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Pack:
    """Everything in one language; what a translation lacks is already filled from its fallbacks.

    Two packs are the same only if they are one object, so a pack is a cheap key of caches:
    see :func:`bot.content.per_pack.per_pack`.
    """

    language: str
    kinds: Mapping[type[KindFile], KindFile]
    sections: Mapping[type[Words], Words]

    def __getitem__(self, kind: type[K]) -> K:
        """The content of one kind. ``KeyError`` if the pack has none: ask only for kinds the area needs."""
        found = self.kinds[kind]
        assert isinstance(found, kind)
        return found

    def find(self, collection: str, id_: str) -> Entry | None:
        """An entry of a kind's main collection (``faq``) by present or former id, or ``None``."""
        shelf = self.shelf(collection)
        return shelf.get(id_) if shelf else None

    def shelf(self, collection: str) -> Shelf[Entry] | None:
        """A kind's main collection, or ``None`` if the pack has none of that name."""
        kind = self.kinds.get(KINDS[collection]) if collection in KINDS else None
        shelf = getattr(kind, collection, None)
        return shelf if isinstance(shelf, Shelf) else None

    def has(self, kind: type[KindFile]) -> bool:
        return kind in self.kinds

    def words(self, section: type[W]) -> W:
        """One area's own words."""
        found = self.sections[section]
        assert isinstance(found, section)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All packs. ``version`` changes whenever any content file does."""

    bot: BotFile
    packs: Mapping[str, Pack]
    version: str

    def pack(self, language: str | None) -> Pack:
        """The pack for a BCP 47 tag in any case: ``pt-BR`` -> ``pt-br`` -> ``pt`` -> the base language."""
        tag = (language or "").lower().replace("_", "-")
        while tag:
            if found := self.packs.get(tag):
                return found
            tag = tag.rpartition("-")[0]
        return self.packs[self.bot.languages[0]]

"""The types that content models are built of.

What a translator may change is told by type: a field of :class:`Rich`, :class:`Template`,
:data:`Label`, :data:`Wording` or :class:`LabelTemplate` is words, everything else is structure, the same
in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar, get_args, overload

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from bot.content.grammar import COUNTED
from bot.content.labels import SLOT, LabelTemplate, no_slots, plain_words
from bot.content.markup import Rich, Template

if TYPE_CHECKING:
    from bot.content.library import Pack


class Strict(BaseModel):
    """A model that takes exactly its own keys, exactly their types, and never changes."""

    # What pydantic checks values by is not made here: content is read seldom (see :class:`bot.content.faults.Reader`).
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )


@dataclass(frozen=True, slots=True)
class WordsMark:
    """Marks a plain string as words, so that a translation may change it."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """The most characters people will see, slots not counted. Counted as Telegram does, in UTF-16 units."""

    limit: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Told, not enforced: formatting and slots do not count."""
        return _described(handler(schema), f"At most {self.limit} characters.")

    def _check(self, value: Any) -> Any:
        plains = (value,) if isinstance(value, str) else getattr(value, "plains", (value.plain,))
        for plain in plains:
            shown = plain if isinstance(value, str) else SLOT.sub("", plain)
            length = len(shown.encode("utf-16-le")) // 2
            if length > self.limit:
                raise ValueError(f"{length} characters; at most {self.limit} fit here, so shorten it")
        return value


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots that code fills in a :class:`Template` or :class:`LabelTemplate`."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return _described(handler(schema), f"May hold {', '.join(f'{{{name}}}' for name in self.names)}.")

    def _check(self, value: Any) -> Any:
        for name in sorted(value.slots - set(self.names)):
            known = ", ".join(f"{{{known}}}" for known in self.names)
            raise ValueError(f"nobody fills {{{name}}} here; known: {known}")
        if value.forms and not set(self.names) & set(COUNTED):
            raise ValueError("no number is put in here, so there is only one form; write one text")
        return value


def _described(schema: dict[str, Any], sentence: str) -> dict[str, Any]:
    before = schema.get("description", "")
    return {**schema, "description": f"{before} {sentence}".strip()}


_words = StringConstraints(strict=True, strip_whitespace=True, min_length=1)

Wording = Annotated[str, _words, AfterValidator(plain_words), AfterValidator(no_slots), WordsMark()]
"""Words shown without formatting, of any length (a limit goes beside it)."""
Label = Annotated[Wording, AtMost(48)]
"""A button's label or a title: on a small phone more than about 40 characters are cut off."""
Phrase = Annotated[str, _words, AtMost(200), WordsMark()]
"""Words that people may type; matched against, never shown."""

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# 25 and 20 characters: a button that carries two of them, its tag and its target state stays within the
# 64 bytes that Telegram allows (https://core.telegram.org/bots/api#inlinekeyboardbutton).
Id = Annotated[str, StringConstraints(strict=True, pattern=_ID, max_length=25)]
SubId = Annotated[str, StringConstraints(strict=True, pattern=_ID, max_length=20)]
Url = Annotated[str, StringConstraints(strict=True, pattern=r"^https?://[^\s/]+\.[^\s]+$", max_length=300)]
Domain = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", max_length=100),
]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks an id that must exist in a collection: ``faq`` or, for a second list of a file, ``faq.categories``."""

    collection: str


class Source(Strict):
    """Where an outside fact is from, and the local date it was last checked."""

    url: Url
    checked: date


class Entry(Strict):
    """Anything with an id. Progress is kept by id; ``renamed_from`` carries it over a rename."""

    id: Id
    renamed_from: tuple[Id, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The present id and all former ones."""
        return (self.id, *self.renamed_from)

    @property
    def caption(self) -> str:
        """What a button that opens this entry says."""
        return self.id


E = TypeVar("E", bound=Entry)


class Shelf(Sequence[E], Generic[E]):
    """Entries in the author's order, found by present or former id. Never changes."""

    __slots__ = ("_entries", "_index")

    def __init__(self, entries: Sequence[E] = ()) -> None:
        self._entries = tuple(entries)
        self._index = {old: entry for entry in self._entries for old in entry.renamed_from}
        self._index.update({entry.id: entry for entry in self._entries})

    def get(self, id_: str) -> E | None:
        """The entry with this present or former id, or ``None``."""
        return self._index.get(id_)

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[E, ...]: ...
    def __getitem__(self, index: int | slice) -> E | tuple[E, ...]:
        return self._entries[index]

    def __iter__(self) -> Iterator[E]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and self._entries == other._entries

    def __hash__(self) -> int:
        return hash(self._entries)

    def __repr__(self) -> str:
        return f"Shelf({list(self._entries)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        items = handler.generate_schema(GenericAlias(tuple, (*get_args(source), ...)))
        return core_schema.no_info_after_validator_function(cls, items)


class Links(Strict):
    """Ways on from an entry, by id; each becomes a button."""

    steps: tuple[Annotated[Id, Ref("steps")], ...] = ()
    faq: tuple[Annotated[Id, Ref("faq")], ...] = ()
    equipment: tuple[Annotated[Id, Ref("equipment")], ...] = ()
    platforms: tuple[Annotated[Id, Ref("platforms")], ...] = ()
    task_types: tuple[Annotated[Id, Ref("task_types")], ...] = ()
    glossary: tuple[Annotated[Id, Ref("glossary")], ...] = ()


Concern = tuple[tuple[str | int, ...], str]
"""The way to a value (keys and positions), and what is wrong with it."""


class KindFile(Strict):
    """The whole of one content file. Its :class:`Shelf` fields are the collections that ids refer to."""

    def cross_check(self, pack: Pack) -> Iterable[Concern]:
        """What does not fit other kinds, each as the way to it (keys and positions) and a sentence.

        ``pack`` is the base language; kinds that are absent or faulty are not in it.
        """
        return ()

    def own_check(self) -> Iterable[Concern]:
        """What does not fit within this kind alone, told as :meth:`cross_check` does, of every language."""
        return ()


def entries(least: int = 1, most: int = 99) -> Any:
    """The number of entries that a list needs and may have."""
    return Field(min_length=least, max_length=most)


__all__ = [
    "AtMost", "Concern", "Confidence", "Domain", "Entry", "Id", "KindFile", "Label", "LabelTemplate", "Links",
    "Phrase", "Ref", "Rich", "Shelf", "Slots", "Source", "Strict", "SubId", "Template", "Url",
    "Wording", "WordsMark", "entries",
]  # fmt: skip

"""What a model wants of a file, read off its annotations: which keys, which lists merge by id, which values
are words that a translation may change, which are ids of something else.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from bot.content.fields import LabelTemplate, Ref, Rich, Shelf, Template, WordsMark

Role = Literal["value", "list", "shelf", "model", "map"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One value of a file. ``shelf``: a list of entries with ids; ``map``: keys that the author chooses."""

    role: Role
    words: bool = False
    """Words themselves, or a list of them, which a translation replaces whole."""
    slots: bool = False
    """Words in which slots may stand."""
    type: type | None = None
    """The type of a value."""
    ref: str | None = None
    """The collection whose ids these are."""
    pattern: str | None = None
    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None

    @property
    def has_words(self) -> bool:
        """Whether a translation can change anything in it."""
        if self.words:
            return True
        below = (*self.fields.values(), *((self.item,) if self.item else ()))
        return any(shape.has_words for shape in below)

    def below(self, key: str | int) -> Shape | None:
        """The shape of what stands under a key or at a position."""
        return self.item if isinstance(key, int) or self.role == "map" else self.fields.get(key)


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a whole model."""
    fields = {
        name: shape_of_type(info.annotation, tuple(info.metadata))
        for name, info in model.model_fields.items()
    }
    return Shape("model", fields=fields)


def shape_of_type(annotation: Any, metadata: Sequence[Any] = ()) -> Shape:
    """The shape of anything that may be annotated in a model."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of_type(arguments[0], (*arguments[1:], *metadata))
    if origin in (Union, types.UnionType):
        return _choice(
            [shape_of_type(argument, metadata) for argument in arguments if argument is not type(None)]
        )
    if origin is Shelf:
        return Shape("shelf", item=shape_of_type(arguments[0]))
    if origin in (tuple, list, Sequence):
        item = shape_of_type(arguments[0])
        return Shape("list", item=item, words=item.has_words, slots=item.slots)
    if origin in (dict, Mapping):
        return Shape("map", item=shape_of_type(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return shape_of(annotation)
    return _value(annotation, metadata)


def _choice(shapes: list[Shape]) -> Shape:
    """One of several models, told apart by a key: all of their keys together."""
    first = shapes[0]
    if len(shapes) == 1 or any(shape.role != "model" for shape in shapes):
        return first
    fields = {name: field for shape in reversed(shapes) for name, field in shape.fields.items()}
    return Shape("model", fields=fields)


def _value(annotation: Any, metadata: Sequence[Any]) -> Shape:
    refs = [mark.collection for mark in metadata if isinstance(mark, Ref)]
    patterns = [mark.pattern for mark in metadata if isinstance(mark, StringConstraints) and mark.pattern]
    marked = any(isinstance(mark, WordsMark) for mark in metadata)
    return Shape(
        "value",
        words=marked or annotation in (Rich, Template, LabelTemplate),
        slots=annotation in (Template, LabelTemplate),
        type=annotation if isinstance(annotation, type) else None,
        ref=refs[0] if refs else None,
        pattern=str(patterns[0]) if patterns else None,
    )

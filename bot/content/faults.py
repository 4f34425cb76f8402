"""What pydantic finds wrong -> one sentence for the author, at the line where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.content import wrong_types
from bot.content.fields import Domain, Id, Url
from bot.content.library import LanguageCode
from bot.content.shapes import Shape, shape_of, shape_of_type
from bot.content.suggest import closest, did_you_mean
from bot.content.tree import Broken, Items, Leaf, Pairs, Place, Tree, value_of
from bot.errors import Fault

M = TypeVar("M", bound=BaseModel)

_ID_PATTERN = shape_of_type(Id).pattern
_FORMS = {
    shape_of_type(Url).pattern: "write the whole address, such as https://example.com/page",
    shape_of_type(Domain).pattern: "write the domain alone, such as example.com, in small letters",
    shape_of_type(LanguageCode).pattern: "write a language code in small letters, such as en or pt-br",
}
_FIELD_IN_MESSAGE = re.compile(r"([a-z_]+): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an error is: the innermost value that exists, and the key below it that does not."""

    tree: Tree
    shape: Shape | None
    key: str | int | None = None

    @property
    def text(self) -> str:
        return self.tree.text if isinstance(self.tree, Leaf) else ""

    @property
    def known_keys(self) -> Iterable[str]:
        return self.shape.fields if self.shape else ()


class Reader(Generic[M]):
    """Reads trees as one model.

    What pydantic makes of a model to check values by is let go of with the reader: that of all content takes 5 MB.
    """

    def __init__(self, model: type[M]) -> None:
        self._model = model

    @cached_property
    def _adapter(self) -> TypeAdapter[M]:
        return TypeAdapter(self._model)

    def read(self, tree: Pairs, language: str = "") -> tuple[M | None, list[Fault]]:
        """The tree as a model; or ``None``, and what keeps it from being one.

        ``language`` is that of its words. What is :class:`Broken` in the tree is not mentioned again, so that ``None`` may come with no fault.
        """
        try:
            return self._adapter.validate_python(value_of(tree), context={"language": language}), []
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            return None, list(_faults(errors, tree, shape_of(self._model)))


def place_at(tree: Tree, shape: Shape, loc: Sequence[str | int]) -> Place:
    """The place of a value, which need not be there."""
    spot = _spot(tree, shape, loc)
    return spot.tree.place if spot.key is None else spot.tree.place.below(str(spot.key))


def _faults(errors: Sequence[Any], tree: Tree, shape: Shape) -> Iterator[Fault]:
    found = [(error, _spot_of(error, tree, shape)) for error in errors]
    mistyped = {
        (id(spot.tree), closest(str(error["loc"][-1]), spot.known_keys))
        for error, spot in found
        if error["type"] == "extra_forbidden"
    }
    for error, spot in found:
        follows_from_another = (
            isinstance(spot.tree, Broken)
            or (error["type"] == "missing" and (id(spot.tree), spot.key) in mistyped)
            # Items that are wrong themselves are not counted by pydantic.
            or (error["type"] == "too_short" and _count(spot) >= error["ctx"]["min_length"])
        )
        if not follows_from_another:
            yield _fault(error, spot)


def _spot_of(error: Mapping[str, Any], tree: Tree, shape: Shape) -> _Spot:
    loc = error["loc"]
    if error["type"] != "extra_forbidden":
        return _spot(tree, shape, loc)
    holder = _spot(tree, shape, loc[:-1])
    return _Spot(holder.tree, holder.shape, loc[-1])


def _spot(tree: Tree, shape: Shape | None, loc: Sequence[str | int]) -> _Spot:
    """Follow pydantic's way into the tree. It also names what is no key: a union's member, a validator."""
    for position, step in enumerate(loc):
        if isinstance(tree, Pairs) and (below := tree.pairs.get(str(step))):
            tree, shape = below, shape and shape.below(step)
        elif isinstance(tree, Items) and isinstance(step, int) and step < len(tree.items):
            tree, shape = tree.items[step], shape and shape.item
        elif position == len(loc) - 1:
            return _Spot(tree, shape, step)
    return _Spot(tree, shape)


def _fault(error: Mapping[str, Any], spot: _Spot) -> Fault:
    kind, place, context = error["type"], spot.tree.place, error.get("ctx", {})
    if kind == "missing":
        return _missing(spot)
    if kind == "extra_forbidden" and isinstance(spot.tree, Pairs):
        return _unknown(str(spot.key), spot.tree, spot.known_keys)
    if kind == "value_error":
        return _from_validator(str(context["error"]), spot)
    sentence = _SENTENCES.get(kind)
    return place.fault(sentence(spot, context) if sentence else str(error["msg"]))


def _missing(spot: _Spot) -> Fault:
    if not isinstance(spot.tree, Pairs):
        return spot.tree.place.fault("an item is missing at the end of this list")
    key = str(spot.key)
    below = spot.shape.below(key) if spot.shape else None
    place = spot.tree.place_of_words if below and below.has_words else spot.tree.place
    return place.below(key).fault(f"this key is missing; add '{key}:' to what begins in this line")


def _unknown(key: str, tree: Pairs, known: Iterable[str]) -> Fault:
    others = [name for name in known if name not in tree.pairs]
    place = tree.pairs[key].place if key in tree.pairs else tree.place
    return place.fault(f"the key {key!r} is unknown; {did_you_mean(key, others)}")


def _from_validator(message: str, spot: _Spot) -> Fault:
    """A validator of a whole model may begin with the name of the field that it means."""
    found = _FIELD_IN_MESSAGE.fullmatch(message)
    if found and isinstance(spot.tree, Pairs) and (below := spot.tree.pairs.get(found[1])):
        return below.place.fault(found[2])
    return spot.tree.place.fault(message)


def _pattern(spot: _Spot, context: Mapping[str, Any]) -> str:
    if context["pattern"] == _ID_PATTERN:
        likely = re.sub(r"[^a-z0-9]+", "-", spot.text.lower()).strip("-")
        hint = f"; {likely!r} would be one" if likely else ""
        return f"{spot.text!r} is no id: only small letters a-z, digits and single hyphens in between{hint}"
    return f"{spot.text!r} does not fit; {_FORMS.get(context['pattern'], 'look at the other entries')}"


def _too_many_characters(spot: _Spot, context: Mapping[str, Any]) -> str:
    most = context["max_length"]
    if spot.shape and spot.shape.pattern == _ID_PATTERN:
        return (
            f"an id has at most {most} characters, this has {len(spot.text)}: "
            "a button carries no more than 64 bytes, and the id is a part of them"
        )
    return f"{len(spot.text)} characters; at most {most} fit here, so shorten it"


def _one_of(spot: _Spot, context: Mapping[str, Any]) -> str:
    options = re.findall(r"'([^']*)'", context["expected"])
    likely = closest(spot.text, options)
    hint = f"; did you mean {likely!r}?" if likely else ""
    return f"{spot.text!r} is not possible here; write one of: {', '.join(options)}{hint}"


def _count(spot: _Spot) -> int:
    return len(spot.tree.items) if isinstance(spot.tree, Items) else len(spot.text)


def _too_few(spot: _Spot, context: Mapping[str, Any]) -> str:
    return f"{_count(spot)} in this list; at least {context['min_length']} are wanted"


def _too_many(spot: _Spot, context: Mapping[str, Any]) -> str:
    if isinstance(spot.tree, Leaf):
        return _too_many_characters(spot, context)
    return f"{_count(spot)} in this list; at most {context['max_length']} may be"


_Sentence = Callable[[_Spot, Mapping[str, Any]], str]

_SENTENCES: Mapping[str, _Sentence] = {
    "string_type": lambda spot, _: wrong_types.about_text(spot.tree),
    "bool_type": lambda spot, _: wrong_types.about_bool(spot.tree),
    "int_type": lambda spot, _: wrong_types.about_number(spot.tree, whole=True),
    "float_type": lambda spot, _: wrong_types.about_number(spot.tree, whole=False),
    "date_type": lambda spot, _: wrong_types.about_date(spot.tree),
    "tuple_type": lambda spot, _: wrong_types.about_list(spot.tree),
    "model_type": lambda spot, _: wrong_types.about_mapping(spot.tree),
    "dict_type": lambda spot, _: wrong_types.about_mapping(spot.tree),
    "literal_error": _one_of,
    "string_pattern_mismatch": _pattern,
    "string_too_short": lambda *_: "no text stands here; write it, or take the line out",
    "string_too_long": _too_many_characters,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": lambda spot, context: f"write {context['ge']} or more, not {spot.text}",
    "less_than_equal": lambda spot, context: f"write {context['le']} or less, not {spot.text}",
}

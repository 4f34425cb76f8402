"""Text with a little formatting, free of any platform.

Authors write Markdown (bold, italic, strike, code, links, lists, quotes). It is parsed once, when
content loads, into a :class:`Rich` (finished text) or a :class:`Template` (text with ``{slots}``).
A value put into a slot is always plain text or another ``Rich``: what a person typed can never
become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from bot.content.grammar import COUNTED, category, isolated

Style = Literal["bold", "italic", "strike", "code", "spoiler", "quote", "more"]
"""``more`` is a quote that opens when tapped; the others are what their names say."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A stretch of text in one style."""

    style: Style
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of text that opens ``url``."""

    url: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that code fills with a value."""

    name: str


Node = str | Styled | Link | Slot


@dataclass(frozen=True, slots=True)
class Rich:
    """Finished text: no slot is left in it."""

    nodes: tuple[Node, ...] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _from_markdown(_finished)

    def __add__(self, other: Rich | str) -> Rich:
        return Rich(self.nodes + (other.nodes if isinstance(other, Rich) else (other,)))

    def __bool__(self) -> bool:
        return bool(self.nodes)

    @property
    def plain(self) -> str:
        """The words alone, without formatting."""
        return "".join(_plain(self.nodes))


@dataclass(frozen=True, slots=True)
class Template:
    """Text with slots; :meth:`fill` makes a :class:`Rich` of it.

    ``language`` is the one it is in. With ``forms``, by plural category, the one that goes with the number is taken, and
    ``nodes`` is that for all other numbers.
    """

    nodes: tuple[Node, ...]
    language: str = ""
    forms: tuple[tuple[str, tuple[Node, ...]], ...] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from bot.content.markdown import parse_markdown

        def make(text: str | dict[str, str], info: ValidationInfo) -> Template:
            nodes, forms = by_category(text, parse_markdown)
            return cls(nodes, language_of(info), forms)

        return text_or_forms(make)

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(_slots(self.nodes)).union(*(_slots(nodes) for _, nodes in self.forms))

    @property
    def plain(self) -> str:
        """The words alone; a slot reads ``{name}``."""
        return "".join(_plain(self.nodes))

    @property
    def plains(self) -> tuple[str, ...]:
        """The words of all forms."""
        return (self.plain, *("".join(_plain(nodes)) for _, nodes in self.forms))

    def fill(self, **values: str | int | Rich) -> Rich:
        """Put values into the slots. A slot without a value is a bug: ``KeyError``.

        What is written in the other direction than the text is fenced off (see :func:`~bot.content.grammar.isolated`).
        """
        nodes = chosen(self.language, self.forms, self.nodes, values)
        return Rich(tuple(_filled(nodes, values, self.language)))


def rich(*parts: Rich | str) -> Rich:
    """Join parts into one text, with nothing in between."""
    nodes: list[Node] = []
    for part in parts:
        nodes.extend(part.nodes if isinstance(part, Rich) else (part,))
    return Rich(tuple(nodes))


def joined(separator: str, parts: Iterable[Rich | str]) -> Rich:
    """Join the parts that are not empty, with ``separator`` between them."""
    nodes: list[Node] = []
    for part in parts:
        if not part:
            continue
        if nodes:
            nodes.append(separator)
        nodes.extend(part.nodes if isinstance(part, Rich) else (part,))
    return Rich(tuple(nodes))


def paragraphs(*parts: Rich | str) -> Rich:
    """The parts that are not empty, an empty line between them."""
    return joined("\n\n", parts)


def lines(*parts: Rich | str) -> Rich:
    """The parts that are not empty, a line each."""
    return joined("\n", parts)


def bold(text: Rich | str) -> Rich:
    return _styled("bold", text)


def italic(text: Rich | str) -> Rich:
    return _styled("italic", text)


def more(text: Rich | str) -> Rich:
    """A quote that shows its first lines and opens when tapped."""
    return _styled("more", text) if text else Rich()


def link(url: str, text: Rich | str) -> Rich:
    return Rich((Link(url, rich(text).nodes),))


def _styled(style: Style, text: Rich | str) -> Rich:
    return Rich((Styled(style, rich(text).nodes),))


def _plain(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Slot):
            yield "{" + node.name + "}"
        else:
            yield from _plain(node.children)


def _slots(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.name
        elif not isinstance(node, str):
            yield from _slots(node.children)


def _filled(nodes: Iterable[Node], values: Mapping[str, str | int | Rich], language: str) -> Iterator[Node]:
    for node in nodes:
        match node:
            case str():
                yield node
            case Slot(name):
                value = values[name]
                if isinstance(value, Rich):
                    yield from value.nodes
                else:
                    yield isolated(language, str(value))
            case Styled(style, children):
                yield Styled(style, tuple(_filled(children, values, language)))
            case Link(url, children):
                yield Link(url, tuple(_filled(children, values, language)))


def _finished(nodes: tuple[Node, ...]) -> Rich:
    for name in _slots(nodes):
        raise ValueError(f"nobody fills {{{name}}} here; for a brace itself write {{{{ or }}}}")
    return Rich(nodes)


T = TypeVar("T")

Forms = tuple[tuple[str, T], ...]
"""By plural category."""


def text_or_forms(make: Callable[[Any, ValidationInfo], object]) -> CoreSchema:
    """What a text with slots may be in a file: a text, or a mapping of plural categories to texts."""
    text = core_schema.str_schema(strict=True, min_length=1, strip_whitespace=True)
    either = core_schema.tagged_union_schema(
        {"text": text, "forms": core_schema.dict_schema(core_schema.str_schema(), text, min_length=1)},
        discriminator=lambda value: "forms" if isinstance(value, dict) else "text",
    )
    return core_schema.with_info_after_validator_function(make, either)


def language_of(info: ValidationInfo) -> str:
    """The language that is being read, if anybody said."""
    return str((info.context or {}).get("language", ""))


def by_category(text: str | Mapping[str, str], parse: Callable[[str], T]) -> tuple[T, Forms[T]]:
    """The form for all other numbers, and all forms by category. That they are complete is checked elsewhere."""
    if isinstance(text, str):
        return parse(text), ()
    forms = {name: parse(form) for name, form in text.items()}
    return forms.get("other", next(iter(forms.values()))), tuple(forms.items())


def chosen(language: str, forms: Forms[T], other: T, values: Mapping[str, object]) -> T:
    """The form that goes with the number among the values."""
    counted = next((name for name in COUNTED if name in values), None)
    return dict(forms).get(category(language, values[counted]), other) if forms and counted else other


def _from_markdown(make: Any) -> CoreSchema:
    # Imported here so that code which only builds texts does not load the Markdown parser.
    from bot.content.markdown import parse_markdown

    return core_schema.no_info_after_validator_function(
        lambda text: make(parse_markdown(text)),
        core_schema.str_schema(strict=True, min_length=1, strip_whitespace=True),
    )

"""Text with a little formatting, free of any platform.

Authors write Markdown (bold, italic, strike, code, links, lists, quotes). It is parsed once, when
content loads, into a :class:`Rich` (finished text) or a :class:`Template` (text with ``{slots}``).
A value put into a slot is always plain text or another ``Rich``: what a person typed can never
become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

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
    """Text with slots; :meth:`fill` makes a :class:`Rich` of it."""

    nodes: tuple[Node, ...]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _from_markdown(Template)

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(_slots(self.nodes))

    @property
    def plain(self) -> str:
        """The words alone; a slot reads ``{name}``."""
        return "".join(_plain(self.nodes))

    def fill(self, **values: str | int | Rich) -> Rich:
        """Put values into the slots. A slot without a value is a bug: ``KeyError``."""
        return Rich(tuple(_filled(self.nodes, values)))


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


def _filled(nodes: Iterable[Node], values: dict[str, str | int | Rich]) -> Iterator[Node]:
    for node in nodes:
        match node:
            case str():
                yield node
            case Slot(name):
                value = values[name]
                if isinstance(value, Rich):
                    yield from value.nodes
                else:
                    yield str(value)
            case Styled(style, children):
                yield Styled(style, tuple(_filled(children, values)))
            case Link(url, children):
                yield Link(url, tuple(_filled(children, values)))


def _finished(nodes: tuple[Node, ...]) -> Rich:
    for name in _slots(nodes):
        raise ValueError(f"nobody fills {{{name}}} here; for a brace itself write {{{{ or }}}}")
    return Rich(nodes)


def _from_markdown(make: Any) -> CoreSchema:
    # Imported here so that code which only builds texts does not load the Markdown parser.
    from bot.content.markdown import parse_markdown

    return core_schema.no_info_after_validator_function(
        lambda text: make(parse_markdown(text)),
        core_schema.str_schema(strict=True, min_length=1, strip_whitespace=True),
    )

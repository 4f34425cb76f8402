"""Texts as HTML. Everything that is not our own tag is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.content.markup import Link, Node, Rich, Slot, Styled

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "strike": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "more": ('<blockquote class="more">', "</blockquote>"),
}


def html(text: Rich) -> str:
    """Line breaks stay: show it with ``white-space: pre-wrap``."""
    return "".join(_piece(node) for node in text.nodes)


def _piece(node: Node) -> str:
    match node:
        case str():
            return escape(node)
        case Styled(style, children):
            opening, closing = _TAGS[style]
            return f"{opening}{_pieces(children)}{closing}"
        case Link(url, children):
            # Its address is shown, not followed: the page stands for itself.
            return f'<span class="link" title="{escape(url)}">{_pieces(children)}</span>'
        case Slot(name):
            return escape(f"{{{name}}}")


def _pieces(nodes: Iterable[Node]) -> str:
    return "".join(map(_piece, nodes))

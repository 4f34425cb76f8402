"""A screen as Telegram shows it: HTML of its own kind, and an inline keyboard.

What Telegram's HTML can say: https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from telegram.constants import KeyboardButtonStyle

from bot.content.markup import Link, Node, Rich, Slot, Style, Styled
from bot.guide.screen import Button, Row, TapButton, UrlButton
from bot.guide.taps import encode
from bot.telegram_io.words import clean

_TAGS: Final[dict[Style, tuple[str, str]]] = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "strike": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "more": ("<blockquote expandable>", "</blockquote>"),
}
_LOOKS: Final[dict[str, str]] = {
    "primary": KeyboardButtonStyle.PRIMARY,
    "good": KeyboardButtonStyle.SUCCESS,
    "danger": KeyboardButtonStyle.DANGER,
}
_ALONE: Final[dict[str, frozenset[str]]] = {
    "quote": frozenset({"quote", "code"}),
    "more": frozenset({"quote", "code"}),
    "link": frozenset({"link", "code"}),
}
"""What Telegram cannot nest: outside of these it is shown, inside of them its words alone are."""


def html(text: Rich) -> str:
    """The text in Telegram's HTML. ``ValueError`` if a slot was left unfilled."""
    return "".join(_html(text.nodes, frozenset()))


Keyboard = dict[str, Any]
"""An inline keyboard as the Bot API has it: https://core.telegram.org/bots/api#inlinekeyboardmarkup"""


def keyboard(rows: Iterable[Row]) -> Keyboard | None:
    """The rows of buttons, or ``None`` if there are none."""
    buttons = [[_button(button) for button in row] for row in rows]
    return {"inline_keyboard": buttons} if buttons else None


def _button(button: Button) -> dict[str, str]:
    match button:
        case TapButton(label, tap, look):
            shown = {"text": _label(label), "callback_data": encode(tap)}
            return shown if look == "plain" else {**shown, "style": _LOOKS[look]}
        case UrlButton(label, url):
            return {"text": _label(label), "url": url}


_CONTENT_LENGTH = 400

_label = lru_cache(maxsize=4_096)(clean)
"""Of labels there are as many as the content has, and few more."""


def _html(nodes: Iterable[Node], inside: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        match node:
            case str():
                yield _content_escaped(node) if len(node) <= _CONTENT_LENGTH else _escaped(node)
            case Styled(style, children):
                kind = "quote" if style == "more" else style
                if inside & _ALONE.get(style, frozenset({"code"})):
                    yield from _html(children, inside)
                else:
                    opening, closing = _TAGS[style]
                    yield opening
                    yield from _html(children, inside | {kind})
                    yield closing
            case Link(url, children):
                if inside & _ALONE["link"]:
                    yield from _html(children, inside)
                else:
                    yield f'<a href="{_escaped(url)}">'
                    yield from _html(children, inside | {"link"})
                    yield "</a>"
            case Slot(name):
                raise ValueError(f"nobody filled {{{name}}}")


def _escaped(text: str) -> str:
    text = clean(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_content_escaped = lru_cache(maxsize=4_096)(_escaped)
"""The pieces that texts are made of are the content's own, over and over."""

"""Telegram's HTML: text and entities out of `parse_mode` HTML, and its complaints with byte offsets.

The tags are those of core.telegram.org/bots/api#html-style; the complaints are what the public server answers
after "can't parse entities: ". Offsets and lengths of entities are UTF-16 code units, offsets in complaints
are bytes of UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from .entities import in_order, utf16
from .links import checked_link, mentioned_user

Json = dict[str, Any]

SIMPLE: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
TAGS: Final = frozenset({*SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})
NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPACE: Final = " \t\r\n\0\v"
_PLAIN: Final = re.compile(r"[^<&]+")
_REFERENCE: Final = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")
_SPACES: Final = re.compile(f"[{_SPACE}]*")
_TAG_NAME: Final = re.compile(f"[^{_SPACE}>]*")
_ATTRIBUTE_NAME: Final = re.compile(f"[^{_SPACE}>=]*")
_NAME_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NUMBER: Final = re.compile(r"-?\d{1,19}")


class HtmlError(ValueError):
    """The text is not HTML that Telegram takes; the message is Telegram's."""


@dataclass(frozen=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


def parse(source: str) -> tuple[str, list[Json]]:
    """The text without tags and its entities in order. Raises HtmlError as Telegram words it."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        source = self._source
        while self._at < len(source):
            if plain := _PLAIN.match(source, self._at):
                self._add(plain.group())
                self._at = plain.end()
            elif source[self._at] == "&":
                self._add(self._reference())
            elif source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._pieces)
        if _SURROGATE.search(text):
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
                "surrogate code units"
            )
        return text, in_order(
            [{k: v for k, v in entity.items() if k != "class"} for entity in self._entities]
        )

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += utf16(text)

    def _reference(self) -> str:
        match = _REFERENCE.match(self._source, self._at)
        character = _referred(match) if match else ""
        if not match or not character:
            self._at += 1
            return "&"
        self._at = match.end()
        return character

    def _take(self, pattern: re.Pattern[str]) -> str:
        """Moves past what the pattern matches here, and returns it."""
        begin = self._at
        if match := pattern.match(self._source, begin):
            self._at = match.end()
        return self._source[begin : self._at]

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take(_TAG_NAME).lower()
        where = self._bytes(begin)
        if not self._peek():
            raise HtmlError(f"Unclosed start tag at byte offset {where}")
        if tag not in TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {where}')
        attributes = self._attributes(tag, where)
        self._at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(_Open(tag, attributes, self._offset, len(self._pieces)))

    def _attributes(self, tag: str, where: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._peek() == ">":
                return found
            if not self._peek():
                raise HtmlError(f"Unclosed start tag at byte offset {where}")
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self._take(_SPACES)
            if self._peek() != "=":
                if tag == "blockquote" and name == "expandable" and self._peek():
                    found[name] = ""
                    continue
                raise HtmlError(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {where}'
                )
            self._at += 1
            self._take(_SPACES)
            if not self._peek():
                raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {where}')
            found[name] = self._value()

    def _value(self) -> str:
        quote = self._peek()
        begin = self._at
        if quote not in "'\"":
            token = self._take(_NAME_TOKEN).lower()
            if self._peek() and self._peek() not in _SPACE + ">":
                raise HtmlError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return token
        self._at += 1
        pieces: list[str] = []
        while self._peek() not in ("", quote):
            if self._peek() == "&":
                pieces.append(self._reference())
            else:
                pieces.append(self._peek())
                self._at += 1
        self._at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        where = self._bytes(self._at)
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {where}")
        self._at += 2
        tag = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._peek() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {where}")
        self._at += 1
        opened = self._open[-1]
        if tag and tag != opened.tag:
            raise HtmlError(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._open.pop()
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        span: Json = {"offset": opened.offset, "length": self._offset - opened.offset}
        attributes = opened.attributes
        match opened.tag:
            case "a":
                self._close_link(opened, span)
            case "pre" | "code":
                self._close_code(opened, span)
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
                self._entities.append({**span, "type": kind})
            case "tg-emoji":
                number = attributes.get("emoji-id", "")
                if not _NUMBER.fullmatch(number) or not 0 < abs(int(number)) < 2**63:
                    raise HtmlError("Invalid custom emoji identifier specified")
                self._entities.append({**span, "type": "custom_emoji", "custom_emoji_id": number})
            case "tg-time":
                self._close_time(attributes, span)
            case tag:
                self._entities.append({**span, "type": SIMPLE[tag]})

    def _close_link(self, opened: _Open, span: Json) -> None:
        target = opened.attributes.get("href", "") or "".join(self._pieces[opened.piece :])
        user_id = mentioned_user(target)
        if user_id is not None:
            self._entities.append({**span, "type": "text_mention", "user": {"id": user_id}})
        elif url := checked_link(target):
            self._entities.append({**span, "type": "text_link", "url": url})

    def _close_code(self, opened: _Open, span: Json) -> None:
        # <pre><code class="language-x"> is one entity in whichever order the two tags are nested.
        css = opened.attributes.get("class", "")
        language = css.removeprefix("language-") if css.startswith("language-") else ""
        inner = self._entities[-1] if self._entities else {}
        same = inner.get("offset") == span["offset"] and inner.get("length") == span["length"]
        if same and opened.tag == "pre" and inner["type"] == "code" and inner.get("class"):
            self._entities[-1] = {**span, "type": "pre", "language": inner["class"]}
        elif same and opened.tag == "code" and inner["type"] == "pre" and language:
            self._entities[-1] = {**span, "type": "pre", "language": language}
        elif opened.tag == "code":
            self._entities.append({**span, "type": "code", "class": language})
        else:
            self._entities.append({**span, "type": "pre"})

    def _close_time(self, attributes: dict[str, str], span: Json) -> None:
        moment = attributes.get("unix", "")
        if not _NUMBER.fullmatch(moment):
            raise HtmlError("Invalid Unix time specified")
        entity = {**span, "type": "date_time", "unix_time": int(moment)}
        if attributes.get("format"):
            entity["date_time_format"] = attributes["format"]
        self._entities.append(entity)


def _referred(match: re.Match[str]) -> str:
    """The character that a reference stands for; empty when it is just text."""
    if match["name"] is not None:
        return NAMED.get(match["name"], "")
    digits = match["hex"] if match["hex"] is not None else match["decimal"]
    if not digits or len(match.group().rstrip(";")) >= 10:
        return ""
    code = int(digits, 16 if match["hex"] is not None else 10)
    return chr(code) if 0 < code < 0x10FFFF else ""

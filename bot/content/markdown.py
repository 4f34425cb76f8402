"""Markdown as authors write it -> the nodes of :mod:`bot.content.markup`.

CommonMark with ``~~strike~~``, ``||spoiler||`` and ``{slots}``; only what a chat can show. Anything
else is refused with a sentence for the author, so that nothing is shown other than it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from bot.content.markup import Link, Node, Slot, Style, Styled

_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|[{}]")
_NOT_PLAIN = re.compile(r"[\n!*+\-<>&\[\]\\^_`{}~|]")
_URL = re.compile(r"https?://[^\s/?#]+\S*|tg://\S+|mailto:\S+@\S+", re.IGNORECASE)
_UNUSED = re.compile(
    r"(?P<pair>\*\*|~~|\|\|)|(?P<code>`)|(?P<link>\]\(|\]\s+\((?=https?:|tg:|mailto:))"
    r"|(?<!\w)(?P<single>\*|_+)(?=[^\W_])"
)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)|<!--", re.IGNORECASE)
_DEEPEST_LIST = 3
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;?!'’“”()%$€¿¡…–—])*(?<! )")
"""Letters and digits on one line, a letter first, and signs that mark nothing."""
_STYLES: dict[str, Style] = {"strong": "bold", "em": "italic", "s": "strike", "spoiler": "spoiler"}
_INSTEAD_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "write **bold**"),
    **dict.fromkeys(("i", "em"), "write *italic*"),
    **dict.fromkeys(("s", "del", "strike"), "write ~~strike~~"),
    **dict.fromkeys(("code", "pre", "tt", "kbd"), "write `code` between backticks"),
    **dict.fromkeys(("tg-spoiler", "span"), "write ||spoiler||"),
    **dict.fromkeys(("ul", "ol", "li"), "write each item on a line that begins with '- '"),
    **dict.fromkeys(("p", "div", "br"), "leave an empty line, or end the line with a backslash"),
    **dict.fromkeys(("u", "ins"), "underlining is not possible, write **bold**"),
    "a": "write [words](https://…)",
    "blockquote": "begin the line with '> '",
    "img": "pictures can't stand within a text",
    "<!--": "a remark goes behind # outside of the text",
}
_REFUSED = {
    "heading": "a heading (# at the start of a line, or a line of --- or === below one) can't be shown; "
    "write **bold**",
    "hr": "a ruled line (--- or ***) can't be shown; leave an empty line",
    "table": "a table can't be shown; write a list, a line each",
    "fence": "a block of code (```) can't be shown; write `code` between single backticks",
    "code_block": "a line that begins with four or more spaces would become code; take the spaces out",
    "image": "a picture can't stand within a text; for a link take out the '!'",
}


def parse_markdown(text: str) -> tuple[Node, ...]:
    """The nodes of a text. No two strings stand side by side in them, and none is empty.

    Raises ``ValueError``, with a sentence for the author, for what can't be shown.
    """
    # Most texts are plain, and to find that out by parsing them took a fifth of the bot's start.
    return (text,) if _PLAIN.fullmatch(text) else parse_marked(text)


def parse_marked(text: str) -> tuple[Node, ...]:
    """As :func:`parse_markdown`, of a text that may hold marks."""
    text = re.sub(r"\r\n?", "\n", text)
    lines = text.split("\n")
    tree = SyntaxTreeNode(_parser().parse(text))
    nodes = _merged(_blocks(tree.children, lines, depth=0))
    # Parents and children hold each other. While the bot starts nothing collects such rings (see ``bot/__main__.py``), and
    # those of all content are 5 MB, which would be left half empty for good.
    for node in tree.walk():
        node.parent = None
    return nodes


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Without "text_join" what was escaped (\*) stays apart from what was left over (*). Without
    # "reference" a line such as "[1]: https://…" is shown instead of swallowed.
    parser.disable(["text_join", "reference"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged by _link, with a sentence
    parser.inline.ruler.at("text", _plain_rule)
    parser.inline.ruler.after("text", "braces", _braces_rule)
    parser.inline.ruler.after("text", "spoiler", _spoiler_rule)
    return parser


def _plain_rule(state: StateInline, silent: bool) -> bool:
    """Take everything up to a character that some rule looks for (the built-in rule runs over ``|``)."""
    found = _NOT_PLAIN.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _braces_rule(state: StateInline, silent: bool) -> bool:
    found = _BRACES.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("braces", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _spoiler_rule(state: StateInline, silent: bool) -> bool:
    start, end = state.pos + 2, state.posMax
    if not state.src.startswith("||", state.pos, end) or state.src[start : start + 1] in ("", " ", "\n", "|"):
        return False
    close = state.src.find("||", start, end)
    if close < 0 or state.src[close - 1] in " \n\\":
        return False
    if not silent:
        state.push("spoiler_open", "", 1)
        state.pos, state.posMax = start, close
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "", -1)
    state.pos, state.posMax = close + 2, end
    return True


def _blocks(blocks: Sequence[SyntaxTreeNode], lines: Sequence[str], depth: int) -> Iterator[Node]:
    """Blocks one below the other, an empty line between two if the author left one."""
    for position, block in enumerate(blocks):
        if position and block.map:
            above = lines[block.map[0] - 1]
            yield "\n" if above.strip(" \t>") else "\n\n"
        yield from _block(block, lines, depth)


def _block(block: SyntaxTreeNode, lines: Sequence[str], depth: int) -> Iterator[Node]:
    match block.type:
        case "paragraph":
            yield from _inline(block.children[0].children)
        case "blockquote":
            yield _quote(block, lines, depth)
        case "bullet_list" | "ordered_list":
            yield from _list(block, lines, depth)
        case "html_block":
            raise ValueError(_about_tag(block.content))
        case other:
            raise ValueError(_REFUSED[other])


def _quote(block: SyntaxTreeNode, lines: Sequence[str], depth: int) -> Styled:
    if depth:
        raise ValueError("a quote (>) within a list can't be shown; put it above or below the list")
    if any(node.type == "blockquote" for node in block.walk(include_self=False)):
        raise ValueError("a quote within a quote (> >) can't be shown; take one > out")
    children = _merged(_blocks(block.children, lines, depth=0))
    if not children:
        raise ValueError("there is nothing behind the '>'; write \\> for the sign itself")
    return Styled("quote", children)


def _list(block: SyntaxTreeNode, lines: Sequence[str], depth: int) -> Iterator[Node]:
    if depth == _DEEPEST_LIST:
        raise ValueError(f"a list more than {_DEEPEST_LIST} levels deep can't be read on a phone")
    first = int(block.attrs.get("start", 1))
    for position, item in enumerate(block.children):
        if not item.children:
            raise ValueError("a list item is empty; write \\- for the sign itself")
        if position and item.map:
            yield "\n" if lines[item.map[0] - 1].strip(" \t>") else "\n\n"
        marker = "•" if block.type == "bullet_list" else f"{first + position}."
        yield f"{'   ' * depth}{marker} "
        yield from _blocks(item.children, lines, depth + 1)


def _inline(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Node]:
    _refuse_unused_signs(nodes)
    for node in nodes:
        match node.type:
            case "text" | "text_special":
                yield node.content
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "braces":
                yield from _with_slots(node.content)
            case "code_inline":
                yield Styled("code", _merged(_with_slots(node.content)))
            case "link":
                yield _link(node)
            case "html_inline":
                raise ValueError(_about_tag(node.content))
            case "image":
                raise ValueError(_REFUSED["image"])
            case style:
                yield Styled(_STYLES[style], _merged(_inline(node.children)))


def _link(node: SyntaxTreeNode) -> Link:
    url = str(node.attrs.get("href", ""))
    if "%7B" in url or "%7D" in url:
        raise ValueError("a link's address can't hold { or }: an address is the same for everybody")
    if not _URL.fullmatch(url):
        raise ValueError(f"{url!r} is no address; write it in full: [words](https://…)")
    if node.attrs.get("title"):
        raise ValueError("a link's title is never shown; write [words](https://…) alone")
    children = _merged(_inline(node.children))
    if not children:
        raise ValueError(f"the link to {url} has no words; write [words]({url})")
    return Link(url, children)


def _with_slots(text: str) -> Iterator[Node]:
    """Text without any other markup, its braces read."""
    end = 0
    for found in _BRACES.finditer(text):
        yield text[end : found.start()]
        if found[1]:
            yield Slot(found[1])
        elif len(found[0]) == 1:
            raise ValueError(
                f"a single {found[0]} stands here; a slot is {{name}} in small letters, "
                f"the sign itself is {found[0] * 2}"
            )
        else:
            yield found[0][0]
        end = found.end()
    yield text[end:]


def _refuse_unused_signs(nodes: Sequence[SyntaxTreeNode]) -> None:
    """Formatting signs that formatted nothing would be shown as they stand: surely not what was meant."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    # What is no plain text counts as a letter here: something that a sign may stand before or behind.
    probe = "".join(node.content if node.type == "text" else breaks.get(node.type, "x") for node in nodes)
    if not (found := _UNUSED.search(probe)):
        return
    if found["link"]:
        raise ValueError("a link is not finished; write [words](https://…), without spaces in the address")
    sign = found[0]
    escaped = "".join(f"\\{character}" for character in sign)
    raise ValueError(
        f"{sign} is opened or closed but not both; no space may follow the opening {sign} or precede "
        f"the closing one. For the sign itself write {escaped}"
    )


def _about_tag(html: str) -> str:
    found = _TAG.search(html)
    name = (found[1] or found[0]).lower() if found else ""
    tag = html[: html.find(">") + 1] or html.split("\n", 1)[0]
    instead = _INSTEAD_OF_TAG.get(name, "write **bold**, *italic*, `code` or [words](https://…)")
    return f"{tag.strip()[:40]} is not shown; {instead}. For the sign itself write \\<"


def _merged(nodes: Iterable[Node]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and result and isinstance(result[-1], str):
            result[-1] += node
        elif node != "":
            result.append(node)
    return tuple(result)

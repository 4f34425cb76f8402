"""What YAML makes of innocent writing, said by name: what went wrong and how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

BRACE = "{ at the start of a value begins a mapping; to show it, put the whole value in quotes"

_QUOTE_IT = "put the whole value in quotes"
_MISSING_SPACE = re.compile(r"\s*[\w-]+:[^\s/]")
_SWALLOWED = re.compile(r"\s+#[\w@&*!-]")
_VALUE = re.compile(r"^\s*(?:-\s+)*(?:[^\s'\"#\[{][^:'\"]*:\s+)?(?:-\s+)*(?P<value>\S.*?)\s*$")
_SIGNS = {
    "@": "no value can begin with @",
    "`": "no value can begin with a backtick",
    "%": "no value can begin with %",
    "*": "a value that begins with * repeats something by name",
    "&": "a value that begins with & gives it a name",
    "!": "a value that begins with ! gives it a type",
    "|": "text goes on the lines below |, not beside it",
    ">": "text goes on the lines below >, not beside it",
    "{": "a value that begins with { is a mapping",
    "[": "a value that begins with [ is a list",
    ",": "no value can begin with a comma",
    "]": "no value can begin with ]",
    "}": "no value can begin with }",
}


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
    """The line and the cause of a syntax error, judged by what stands there rather than by what YAML missed."""
    last = len(lines) - 1
    context = error.context or ""
    start = min(error.context_mark.line, last) if error.context_mark else last
    found = min(error.problem_mark.line, last) if error.problem_mark else start
    if "quoted scalar" in context and error.context_mark:
        if "escape" in (error.problem or ""):
            return found + 1, (
                "within \"double quotes\" a backslash is special; write 'single quotes', or two backslashes"
            )
        return (
            start + 1,
            f"the quote {lines[start][error.context_mark.column]} is opened here and never closed",
        )
    if "flow" in context:
        found = start
    if cause := _cause(lines[found]):
        return found + 1, cause
    above = _line_above(lines, found)
    if cause := _cause_above(lines[above], lines[found]):
        return above + 1, cause
    if "simple key" in context:
        return start + 1, (
            "this line is no 'key: value' and no '- item'; indent it more if it belongs to the text above"
        )
    return found + 1, (
        "this line does not fit those above it; begin it in the same column as its neighbours, "
        "with spaces, and put text with special signs in quotes"
    )


def _line_above(lines: Sequence[str], line: int) -> int:
    above = [number for number in range(line) if lines[number].strip()]
    return above[-1] if above else line


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _cause(line: str) -> str | None:
    if "\t" in _indentation(line):
        return "a tab stands at the start of the line; indent with spaces"
    found = _VALUE.match(line)
    value = found["value"] if found else ""
    if value[:1] in ("'", '"'):
        return _cause_in_quotes(value)
    if sign := _SIGNS.get(value[:1]):
        harmless = re.fullmatch(r"[|>][+-]?|\[.*\],?|\{.*\},?", value)
        return None if harmless else f"{sign}; to show the sign itself, {_QUOTE_IT}"
    if re.search(r":\s+[-?]\s", line):
        return f"a list begins on the line below its key; to show the sign itself, {_QUOTE_IT}"
    if re.search(r":(\s|$)", value):
        return f"a colon and a space within a value begin another value; {_QUOTE_IT}"
    return None


def _cause_above(line: str, below: str) -> str | None:
    """Two mistakes are noticed only at the next line."""
    if _MISSING_SPACE.match(line) and _indentation(line) == _indentation(below):
        return "a space is missing behind the colon"
    if " #" in line and len(_indentation(line)) < len(_indentation(below)):
        return f"everything behind ' #' is a remark; {_QUOTE_IT}"
    return None


def about_start(line: str) -> str:
    """What is wrong with a file that does not begin with a key."""
    if _MISSING_SPACE.match(line):
        return "a space is missing behind the colon"
    return "the file must begin with a key and a colon, such as 'title:'"


def _cause_in_quotes(value: str) -> str | None:
    inside = r"(?:[^']|'')*" if value[0] == "'" else r'(?:[^"\\]|\\.)*'
    whole = re.match(f"{value[0]}{inside}{value[0]}(?P<behind>.*)", value)
    behind = whole["behind"].strip() if whole else ""
    if not behind or behind.startswith(("#", ",", "]", "}", ":")):
        return None
    if value[0] == "'":
        return "text goes on behind the closing '; for an apostrophe in it write '' or use \"double quotes\""
    return "text goes on behind the closing \"; for quotes in it use 'single quotes' around the whole"


def about_node(event: Any) -> str | None:
    """What is not allowed in any value: anchors, aliases, tags."""
    if isinstance(event, yaml.AliasEvent):
        return (
            f"*{event.anchor} repeats something by name, which is not possible; write it out, or {_QUOTE_IT}"
        )
    if event.anchor:
        return f"&{event.anchor} gives a value a name, which is not possible; take it out, or {_QUOTE_IT}"
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f"{tag} gives a value a type, which is not possible; take it out, or {_QUOTE_IT}"
    return None


def about_plain(text: str, behind: str, line: str) -> str | None:
    """What is wrong with a value without quotes: nothing there, or cut off by a remark."""
    if not text:
        if re.search(r"[:-]\s+#", line):
            return f"everything behind # is a remark, so that nothing is left; {_QUOTE_IT}"
        return "nothing stands here; write a value, or take the line out"
    if text in ("~", "null"):
        return f"{text} means nothing at all; write a value, take the line out, or put {text} in quotes"
    if _SWALLOWED.match(behind):
        return f"everything behind ' #' is a remark, so that only {text[-30:]!r} is left; {_QUOTE_IT}, or write '# '"
    return None


def about_key(name: str) -> str | None:
    """What is wrong with a key that looks right."""
    if "\xa0" in name:
        return "a no-break space stands at the start of the line; delete the indentation and type it anew"
    return None

"""A value of the wrong type, told by what the author wrote: most are a matter of quotes."""

from __future__ import annotations

import re
from datetime import date

from bot.content.tree import Items, Leaf, Pairs, Tree

_BOOLEANS = {
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
}
_NUMBER_TRAPS = (
    (re.compile(r"0o?[0-7]+"), "a number that begins with 0 may be read as octal"),
    (re.compile(r"0[xb].*", re.IGNORECASE), "only the decimal system is read here"),
    (re.compile(r"[+-]?[\d.]+[eE][+-]?\d+"), "powers of ten are not read here"),
    (re.compile(r"\d+(:\d+)+"), "times of day are no numbers"),
    (re.compile(r"\d{1,3}([_, ]\d{3})+"), "digits stand without anything between them"),
)


def about_text(tree: Tree) -> str:
    """Text is wanted."""
    match tree:
        case Leaf(text=text):
            kinds: dict[type, str] = {bool: "true or false", date: "a date"}
            kind = kinds.get(type(tree.value), "a number")
            return f"{text} is read as {kind}, and text is wanted; put it in quotes: '{text}'"
        case Items(flow=True):
            return "[ begins a list, and text is wanted; put the whole value in quotes"
        case Items():
            return "a list stands here, and one text is wanted; take the '- ' out"
        case Pairs(flow=True):
            return "{ begins a mapping, and text is wanted; put the whole value in quotes"
        case _:
            return "a colon and a space made a mapping of this, and text is wanted; put the whole value in quotes"


def about_bool(tree: Tree) -> str:
    """``true`` or ``false`` is wanted."""
    if not isinstance(tree, Leaf):
        return "write true or false"
    meant = _BOOLEANS.get(tree.text.lower())
    if not tree.plain and meant:
        return f"take the quotes away: {meant}"
    return f"write {meant}, not {tree.text}" if meant else f"write true or false, not {tree.text!r}"


def about_number(tree: Tree, *, whole: bool) -> str:
    """A number is wanted."""
    wanted = "a whole number such as 15" if whole else "a number such as 1.5"
    if not isinstance(tree, Leaf):
        return f"write {wanted}"
    if not tree.plain and re.fullmatch(r"-?\d+(\.\d+)?", tree.text):
        return f"take the quotes away: {tree.text}"
    for pattern, why in _NUMBER_TRAPS:
        if pattern.fullmatch(tree.text):
            return f"write {wanted}, not {tree.text}: {why}"
    return f"write {wanted}, not {tree.text!r}"


def about_date(tree: Tree) -> str:
    """A date is wanted."""
    wanted = "write a date as year-month-day, such as 2026-01-31"
    if not isinstance(tree, Leaf):
        return wanted
    if re.fullmatch(r"\d{4}-\d\d-\d\d", tree.text):
        try:
            date.fromisoformat(tree.text)
        except ValueError:
            return f"{tree.text} is no day of the calendar; {wanted}"
        return f"take the quotes away: {tree.text}"
    return f"{wanted}, not {tree.text!r}"


def about_list(tree: Tree) -> str:
    """A list is wanted."""
    if isinstance(tree, Pairs):
        return "a list is wanted: begin each entry with '- '"
    return "a list is wanted: write each item on a line of its own that begins with '- '"


def about_mapping(tree: Tree) -> str:
    """Keys with values are wanted."""
    if isinstance(tree, Items):
        return "keys with values ('key: value') are wanted here; take the '- ' out"
    return "keys with values ('key: value') are wanted here, each on a line of its own below"

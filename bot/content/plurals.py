"""Texts in several forms, one for each kind of number: whether all forms that the language has are there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.grammar import categories
from bot.content.shapes import Shape
from bot.content.suggest import did_you_mean
from bot.content.tree import Items, Pairs, Tree
from bot.errors import Fault


def check_plurals(shape: Shape, tree: Tree, language: str) -> Iterator[Fault]:
    """Forms that are missing or that the language does not have."""
    if shape.words and shape.role == "value":
        if isinstance(tree, Pairs) and shape.slots:
            yield from _check(tree, language)
        return
    if isinstance(tree, Pairs):
        for key, value in tree.pairs.items():
            if below := shape.below(key):
                yield from check_plurals(below, value, language)
    elif isinstance(tree, Items) and shape.item:
        for item in tree.items:
            yield from check_plurals(shape.item, item, language)


def _check(tree: Pairs, language: str) -> Iterator[Fault]:
    needed = categories(language)
    for key, value in tree.pairs.items():
        if key not in needed:
            yield value.place.fault(f"there is no form {key!r} in {language}; {did_you_mean(key, needed)}")
    for key in needed:
        if key not in tree.pairs:
            yield tree.place.fault(f"the form {key!r} is missing; {language} has {', '.join(needed)}")

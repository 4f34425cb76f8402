"""Places of a translation in which nothing is written yet: ``""``, as the files to be filled in have them."""

from __future__ import annotations

from bot.content.shapes import Shape
from bot.content.tree import Items, Leaf, Pairs, Tree


def drop_unfilled(shape: Shape, tree: Tree | None) -> None:
    """Take them out, so that they count as not translated. A list or a text in several forms that is filled in part stays."""
    if isinstance(tree, Pairs):
        for key, value in tuple(tree.pairs.items()):
            below = shape.below(key)
            if below and below.words and _empty(value):
                del tree.pairs[key]
            elif below and not below.words:
                drop_unfilled(below, value)
    elif isinstance(tree, Items) and shape.item:
        for item in tree.items:
            drop_unfilled(shape.item, item)


def _empty(tree: Tree) -> bool:
    match tree:
        case Leaf(text=text, plain=plain):
            return not plain and not text.strip()
        case Items(items=items):
            return bool(items) and all(map(_empty, items))
        case Pairs(pairs=pairs):
            return bool(pairs) and all(map(_empty, pairs.values()))
        case _:
            return False

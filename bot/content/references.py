"""Ids: each once, none clashing with a former one, every link leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.shapes import Shape
from bot.content.suggest import did_you_mean
from bot.content.tree import Items, Leaf, Pairs, Place, Tree, entries_of, former_ids, id_of
from bot.errors import Fault


@dataclass(frozen=True, slots=True)
class Collection:
    """What may be linked to. ``None`` as ids: not all of them are known, for something is wrong there."""

    ids: frozenset[str] | None = frozenset()
    former: Mapping[str, str] = field(default_factory=dict)
    """Former id -> present id."""


def collections_of(kind: str, shape: Shape, tree: Pairs | None) -> Iterator[tuple[str, Collection]]:
    """The collections of one kind by name: ``faq.categories``; the one called like its kind also as ``faq``."""
    for name, below in shape.fields.items():
        if below.role != "shelf":
            continue
        collection = Collection(None) if tree is None else _collection(tree.pairs.get(name))
        yield f"{kind}.{name}", collection
        if name == kind:
            yield kind, collection


def _collection(tree: Tree | None) -> Collection:
    if not isinstance(tree, Items):
        return Collection() if tree is None else Collection(None)
    ids = [id_of(item) for item in tree.items]
    if None in ids:
        return Collection(None)
    former = {old: new for new, entry in entries_of(tree).items() for old in former_ids(entry)}
    return Collection(frozenset(id_ for id_ in ids if id_), former)


def check_ids(shape: Shape, tree: Tree) -> Iterator[Fault]:
    """Ids that stand twice in a list, and clashes with what entries were called before."""
    if shape.role == "shelf" and isinstance(tree, Items):
        yield from _check_shelf(tree)
    for below, value in _children(shape, tree):
        yield from check_ids(below, value)


def _check_shelf(tree: Items) -> Iterator[Fault]:
    entries = entries_of(tree)
    seen: dict[str, Place] = {}
    renamed: dict[str, Place] = {}
    for item in tree.items:
        if not isinstance(item, Pairs) or (id_ := id_of(item)) is None:
            continue
        place = item.pairs["id"].place
        if first := seen.get(id_):
            yield place.fault(f"the id {id_!r} stands here a second time (first in line {first.line})")
            continue
        seen[id_] = place
        for old, where in former_ids(item).items():
            if old == id_:
                yield where.fault(f"{old!r} is the present id; name only former ones, or take this out")
            elif old in entries:
                line = entries[old].pairs["id"].place.line
                yield where.fault(
                    f"{old!r} is the present id of another entry (line {line}); nothing can be both"
                )
            elif other := renamed.get(old):
                yield where.fault(
                    f"{old!r} was already the id of another entry (line {other.line}); keep one"
                )
            renamed.setdefault(old, where)


@dataclass(slots=True)
class LinkCheck:
    """Follows the links of trees to their ends."""

    collections: Mapping[str, Collection]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def check(self, shape: Shape, tree: Pairs, *, kind: str = "") -> None:
        """Check all links in the tree of a kind, or of something that is none."""
        for name, value in tree.pairs.items():
            below = shape.below(name)
            if not below:
                continue
            if below.role == "shelf" and below.item and isinstance(value, Items):
                own = {f"{kind}.{name}", *((kind,) if name == kind else ())}
                for item in value.items:
                    self._walk(below.item, item, own, id_of(item))
            else:
                self._walk(below, value, set(), None)

    def _walk(self, shape: Shape, tree: Tree, own: set[str], id_: str | None) -> None:
        if shape.ref and isinstance(tree, Leaf):
            self._link(shape.ref, tree, own, id_)
        if shape.item and shape.item.ref and isinstance(tree, Items):
            self._twice(tree)
        for below, value in _children(shape, tree):
            self._walk(below, value, own, id_)

    def _link(self, name: str, leaf: Leaf, own: set[str], id_: str | None) -> None:
        collection, target = self.collections.get(name), leaf.text
        if collection is None:
            kind = name.split(".", 1)[0]
            self.faults.append(
                leaf.place.fault(f"there is no {kind}.yaml to link to; write it, or take the link out")
            )
        elif collection.ids is None:
            return
        elif name in own and target == id_:
            self.faults.append(leaf.place.fault(f"{target!r} links to itself; take it out"))
        elif new := collection.former.get(target):
            self.warnings.append(leaf.place.fault(f"{target!r} is now called {new!r}; write that"))
        elif target not in collection.ids:
            hint = did_you_mean(target, sorted(collection.ids))
            self.faults.append(leaf.place.fault(f"there is no {target!r} in {name}; {hint}"))

    def _twice(self, tree: Items) -> None:
        seen: set[str] = set()
        for item in tree.items:
            if isinstance(item, Leaf) and item.text in seen:
                self.faults.append(
                    item.place.fault(f"{item.text!r} stands in this list already; take one of them out")
                )
            elif isinstance(item, Leaf):
                seen.add(item.text)


def leaves(shape: Shape, tree: Tree) -> Iterator[tuple[Shape, Leaf]]:
    """All single values of a tree that its shape knows."""
    if isinstance(tree, Leaf):
        yield shape, tree
    for below, value in _children(shape, tree):
        yield from leaves(below, value)


def _children(shape: Shape, tree: Tree) -> Iterator[tuple[Shape, Tree]]:
    if isinstance(tree, Pairs):
        for key, value in tree.pairs.items():
            if below := shape.below(key):
                yield below, value
    elif isinstance(tree, Items) and shape.item:
        for value in tree.items:
            yield shape.item, value

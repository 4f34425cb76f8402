"""A translation: the words of one language laid over a complete tree, whose structure stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.content.shapes import Shape
from bot.content.suggest import did_you_mean
from bot.content.tree import Broken, Items, Leaf, Pairs, Tree, entries_of, former_ids, id_of
from bot.errors import Fault

_SLOT = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}")


@dataclass(slots=True)
class Overlay:
    """Lays words over trees, and gathers what is wrong, lacking or suspicious in them."""

    faults: list[Fault] = field(default_factory=list)
    untranslated: list[Fault] = field(default_factory=list)
    lost_slots: list[Fault] = field(default_factory=list)
    """Translations that leave out a slot which the original has."""

    def over(self, shape: Shape, base: Pairs, words: Pairs) -> Pairs:
        """The base with these words instead of its own. What they lack stays as it is."""
        return self._pairs(shape, base, words, entry=False)

    def _pairs(self, shape: Shape, base: Pairs, words: Pairs, *, entry: bool) -> Pairs:
        merged = Pairs(base.place, dict(base.pairs), words_place=words.place)
        for key, value in words.pairs.items():
            if entry and key == "id":
                continue
            known, below = base.pairs.get(key), shape.below(key)
            if known and below and below.has_words:
                merged.pairs[key] = self._value(below, known, value)
            elif below and _own_list(below):
                merged.pairs[key] = value
            else:
                self._unknown(shape, base, key, value)
        for key, known in base.pairs.items():
            below = shape.below(key)
            if below and below.has_words and key not in words.pairs:
                self.untranslated.append(words.place.below(key).fault(_instead(known)))
        return merged

    def _value(self, shape: Shape, base: Tree, words: Tree) -> Tree:
        if isinstance(base, Broken) or isinstance(words, Broken):
            return words
        if shape.words:
            if shape.slots:
                self._compare_slots(base, words)
            return words
        if shape.role == "shelf" and isinstance(base, Items) and isinstance(words, Items):
            assert shape.item
            return self._shelf(shape.item, base, words)
        if isinstance(base, Pairs) and isinstance(words, Pairs):
            return self._pairs(shape, base, words, entry=False)
        return words

    def _shelf(self, entry: Shape, base: Items, words: Items) -> Items:
        known, translated = entries_of(base), entries_of(words)
        merged = Items(base.place)
        for item in base.items:
            id_ = id_of(item)
            if isinstance(item, Pairs) and id_ in translated:
                merged.items.append(self._pairs(entry, item, translated[id_], entry=True))
                continue
            merged.items.append(item)
            if isinstance(item, Pairs) and entry.has_words:
                self.untranslated.append(words.place.fault(f"{id_!r} is {_instead(item)}"))
        for item in words.items:
            self._check_entry(item, known)
        return merged

    def _check_entry(self, item: Tree, known: dict[str, Pairs]) -> None:
        id_ = id_of(item)
        if isinstance(item, Broken) or id_ in known:
            return
        if id_ is None or not isinstance(item, Pairs):
            self.faults.append(item.place.fault("an entry of a translation begins with '- id:' and its id"))
            return
        present = [new for new, entry in known.items() if id_ in former_ids(entry)]
        hint = f"it is now called {present[0]!r}" if present else did_you_mean(id_, known)
        self.faults.append(item.pairs["id"].place.fault(f"there is no {id_!r} to translate; {hint}"))

    def _unknown(self, shape: Shape, base: Pairs, key: str, value: Tree) -> None:
        below = shape.below(key)
        if below and below.has_words:
            place = base.place_of_words
            self.faults.append(value.place.fault(f"{place.path}:{place.line} has no {key!r} to translate"))
        elif not below:
            names = [name for name, field in shape.fields.items() if field.has_words and name in base.pairs]
            self.faults.append(value.place.fault(f"the key {key!r} is unknown; {did_you_mean(key, names)}"))
        else:
            self.faults.append(value.place.fault("this is the same in every language; take it out here"))

    def _compare_slots(self, base: Tree, words: Tree) -> None:
        for lost in sorted(_slots(base) - _slots(words)):
            where = f"{base.place.path}:{base.place.line}"
            self.lost_slots.append(words.place.fault(f"{{{lost}}} of {where} is not in the translation"))


def _own_list(shape: Shape) -> bool:
    """Whether it is a list of words, such as other names: a language may need one where the original has none."""
    return shape.role == "list" and shape.words and shape.item is not None and shape.item.role == "value"


def _instead(base: Tree) -> str:
    place = base.place_of_words if isinstance(base, Pairs) else base.place
    return f"not translated yet; {place.path}:{place.line} is shown instead"


def _slots(tree: Tree) -> frozenset[str]:
    if isinstance(tree, Items | Pairs):
        below = tree.items if isinstance(tree, Items) else tree.pairs.values()
        return frozenset().union(*map(_slots, below))
    text = tree.text if isinstance(tree, Leaf) else ""
    return frozenset(found[1] for found in _SLOT.finditer(text) if found[1])

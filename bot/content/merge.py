"""The facts of a kind, which no language changes, and its words in the base language -> one tree."""

from __future__ import annotations

from bot.content.shapes import Shape
from bot.content.suggest import closest
from bot.content.tree import Broken, Items, Pairs, Tree, entries_of, id_of
from bot.errors import Fault


def merge(shape: Shape, facts: Pairs, words: Pairs) -> tuple[Pairs, list[Fault]]:
    """Both as one: what stands in one of the two as it is, lists of entries by id, in the order of the facts."""
    merger = _Merger()
    return merger.pairs(shape, facts, words, entry=False), merger.faults


class _Merger:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def pairs(self, shape: Shape, facts: Pairs, words: Pairs, *, entry: bool) -> Pairs:
        merged = Pairs(facts.place, dict(facts.pairs), words_place=words.place)
        for key, value in words.pairs.items():
            if entry and key == "id":
                continue
            known = facts.pairs.get(key)
            below = shape.below(key)
            merged.pairs[key] = self._both(below, known, value) if known and below else value
        return merged

    def _both(self, shape: Shape, facts: Tree, words: Tree) -> Tree:
        if shape.role == "shelf" and isinstance(facts, Items) and isinstance(words, Items):
            assert shape.item
            return self._shelf(shape.item, facts, words)
        if shape.role == "model" and isinstance(facts, Pairs) and isinstance(words, Pairs):
            return self.pairs(shape, facts, words, entry=False)
        if isinstance(facts, Broken) or isinstance(words, Broken):
            return Broken(words.place)
        place = facts.place
        self.faults.append(
            words.place.fault(f"{place.path}:{place.line} has this as well; keep one of the two")
        )
        return Broken(words.place)

    def _shelf(self, entry: Shape, facts: Items, words: Items) -> Items:
        factual, worded = entries_of(facts), entries_of(words)
        merged = Items(facts.place)
        for item in facts.items:
            id_ = id_of(item)
            if id_ is None or not isinstance(item, Pairs):
                merged.items.append(item)
            elif id_ not in worded:
                merged.items.append(self._alone(item, id_, "words", words, worded))
            else:
                merged.items.append(self.pairs(entry, item, worded[id_], entry=True))
        for id_, item in worded.items():
            if id_ not in factual:
                merged.items.append(self._alone(item, id_, "facts", facts, factual))
        merged.items.extend(item for item in words.items if id_of(item) is None)
        return merged

    def _alone(self, item: Pairs, id_: str, lacking: str, other: Items, known: dict[str, Pairs]) -> Broken:
        place = item.pairs["id"].place
        likely = closest(id_, known)
        hint = f"did you mean {likely!r}?" if likely else "add them there"
        self.faults.append(place.fault(f"{id_!r} has no {lacking} in {other.place.path}; {hint}"))
        return Broken(item.place, id_)

"""The files of a folder -> one complete tree for each kind and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.content.fields import KindFile
from bot.content.files import ContentFile, Folder
from bot.content.library import AreaSpec
from bot.content.merge import merge
from bot.content.overlays import Overlay
from bot.content.plurals import check_plurals
from bot.content.references import check_ids
from bot.content.shapes import Shape, shape_of
from bot.content.tree import Pairs
from bot.content.unfilled import drop_unfilled
from bot.errors import Fault

UI = "ui"


@dataclass(slots=True)
class Trees:
    """Everything in one language; what it lacks is already filled from its fallbacks."""

    kinds: dict[str, Pairs] = field(default_factory=dict)
    """By kind; ``ui`` among them."""
    unreadable: set[str] = field(default_factory=set)
    """Kinds that there are, but nothing is known of them."""


def ui_shape(areas: Sequence[AreaSpec]) -> Shape:
    """``ui.yaml``: a section for each area."""
    return Shape("model", fields={area.name: shape_of(area.words) for area in areas})


class Assembly:
    """Puts trees together, and gathers what does not fit."""

    def __init__(
        self, folder: Folder, kinds: Mapping[str, type[KindFile]], areas: Sequence[AreaSpec]
    ) -> None:
        self.folder = folder
        self.shapes = {**{kind: shape_of(model) for kind, model in kinds.items()}, UI: ui_shape(areas)}
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.untranslated: dict[str, int] = {}

    def languages(self, codes: Sequence[str]) -> dict[str, Trees]:
        """The trees of all languages, in this order. The first is the base of all others."""
        base = codes[0]
        trees = {base: self._base(base)}
        for code in sorted(codes[1:], key=len):
            fallback = code
            while fallback not in trees:
                fallback = fallback.rpartition("-")[0] or base
            trees[code] = self._translation(code, trees[fallback], regional=fallback != base)
        return {code: trees[code] for code in codes}

    def _base(self, code: str) -> Trees:
        trees = Trees()
        for kind, shape in self.shapes.items():
            files = [file for file in (self.folder.get("", kind), self.folder.get(code, kind)) if file]
            read = [tree for file in files if (tree := self._checked(shape, file, code))]
            if len(read) < len(files):
                trees.unreadable.add(kind)
            elif len(read) == 2:
                trees.kinds[kind], faults = merge(shape, *read)
                self.faults += faults
            elif read:
                trees.kinds[kind] = read[0]
        return trees

    def _translation(self, code: str, fallback: Trees, *, regional: bool) -> Trees:
        """``regional``: it only says what differs from another language, so that nothing is missing in it."""
        overlay = Overlay()
        trees = Trees(dict(fallback.kinds), fallback.unreadable)
        for kind, shape in self.shapes.items():
            file, base = self.folder.get(code, kind), fallback.kinds.get(kind)
            drop_unfilled(shape, file.tree if file else None)
            if file and (words := self._checked(shape, file, code)) and base:
                trees.kinds[kind] = overlay.over(shape, base, words)
            elif file and not base and kind not in fallback.unreadable:
                self.faults.append(
                    Fault(file.path, 0, "", "there is nothing to translate: the base language lacks it")
                )
            elif base and not file and shape.has_words:
                path = self.folder.path(code, f"{kind}.yaml")
                message = f"not translated yet; {base.place_of_words.path} is shown instead"
                overlay.untranslated.append(Fault(path, 0, "", message))
        self.faults += overlay.faults
        self.warnings += overlay.lost_slots
        if not regional:
            self.warnings += overlay.untranslated
        self.untranslated[code] = 0 if regional else len(overlay.untranslated)
        return trees

    def _checked(self, shape: Shape, file: ContentFile, code: str) -> Pairs | None:
        if file.tree:
            self.faults += check_ids(shape, file.tree)
            self.faults += check_plurals(shape, file.tree, code)
        return file.tree

"""A folder of content -> a :class:`~bot.content.library.Library`, or every fault of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from bot.content import wrong_types
from bot.content.assembly import UI, Assembly, Trees
from bot.content.bot_file import BotPlan, read_bot_file
from bot.content.faults import Reader, place_at
from bot.content.fields import Concern, KindFile
from bot.content.files import Folder, read_folder
from bot.content.kinds import KINDS
from bot.content.library import AreaSpec, BotFile, Library, Pack, Words
from bot.content.references import Collection, LinkCheck, collections_of, leaves
from bot.content.shapes import Shape
from bot.content.suggest import did_you_mean
from bot.content.tree import Broken, Pairs
from bot.errors import ContentError, Fault


@dataclass(frozen=True, slots=True)
class Loaded:
    """Content without faults, and what an author should look at nevertheless."""

    library: Library
    warnings: tuple[Fault, ...]
    untranslated: Mapping[str, int]
    """How many texts, entries or whole files each language lacks; the base is not in it."""


def load(
    directory: Path,
    areas: Sequence[AreaSpec],
    *,
    today: date,
    kinds: Mapping[str, type[KindFile]] = KINDS,
) -> Loaded:
    """Read and check all content in a folder. ``areas``: all that there are, on or not.

    ``today``, the local date, is what the age of facts is measured by. Raises
    :class:`~bot.errors.ContentError` with all faults of all files.
    """
    folder = read_folder(directory, kinds)
    plan = read_bot_file(folder, areas)
    faults = [*folder.faults, *plan.faults]
    if plan.languages:
        check = _Check(folder, plan, areas, kinds)
        faults += check.faults
        if plan.bot and not faults:
            warnings = [*check.warnings, *check.ages(today, plan.bot)]
            library = Library(plan.bot, MappingProxyType(check.packs), folder.version)
            return Loaded(library, tuple(sorted(warnings)), MappingProxyType(check.assembly.untranslated))
    raise ContentError(list(dict.fromkeys(faults)))


class _Check:
    """Everything that can be told of content whose base language is known."""

    def __init__(
        self, folder: Folder, plan: BotPlan, areas: Sequence[AreaSpec], kinds: Mapping[str, type[KindFile]]
    ) -> None:
        self.folder, self.plan, self.areas, self.models = folder, plan, areas, kinds
        self.assembly = Assembly(folder, kinds, areas)
        trees = self.assembly.languages(plan.languages)
        # From here on a tree is there as long as ``trees`` has it: see :meth:`_packs`.
        folder.files.clear()
        self.base = trees[plan.languages[0]]
        self.faults = self.assembly.faults
        self.warnings = self.assembly.warnings
        self.packs = self._packs(trees)
        self.faults += self._needs()
        self._links()
        self.faults += self._cross_checks()

    def ages(self, today: date, bot: BotFile) -> Iterator[Fault]:
        """Facts that were not checked for long."""
        oldest = today - timedelta(days=bot.stale_after_days)
        for kind in self.models:
            if not (tree := self.base.kinds.get(kind)):
                continue
            for shape, leaf in leaves(self.assembly.shapes[kind], tree):
                if shape.type is not date or not isinstance(checked := leaf.value, date):
                    continue
                if checked < oldest:
                    age = (today - checked).days
                    yield leaf.place.fault(
                        f"last checked {age} days ago; look it up again and change the date"
                    )
                elif checked > today:
                    yield leaf.place.fault(
                        f"{checked} is still to come; write the day on which it was checked"
                    )

    def _packs(self, trees: Mapping[str, Trees]) -> dict[str, Pack]:
        kinds: dict[str, dict[type[KindFile], KindFile]] = {code: {} for code in trees}
        # Memory that was needed at most stays with the process. So it is one kind after the other: only what one is checked
        # by is there at a time, and of a translation what was read goes before more is made.
        for kind, model in self.models.items():
            reader = Reader(model)
            for code, of_language in trees.items():
                of_base = of_language is self.base
                if tree := of_language.kinds.get(kind) if of_base else of_language.kinds.pop(kind, None):
                    content, faults = reader.read(tree, code)
                    self.faults += faults
                    if content:
                        kinds[code][model] = content
                        self.faults += _told(content.own_check(), tree, self.assembly.shapes[kind])
        sections = self._sections(trees)
        return {
            code: Pack(code, MappingProxyType(kinds[code]), MappingProxyType(sections[code]))
            for code in trees
        }

    def _sections(self, trees: Mapping[str, Trees]) -> dict[str, dict[type[Words], Words]]:
        sections: dict[str, dict[type[Words], Words]] = {code: {} for code in trees}
        ui = {code: tree for code, each in trees.items() if (tree := each.kinds.get(UI))}
        for code in trees.keys() - ui.keys():
            if UI not in trees[code].unreadable:
                path = self.folder.path(code, f"{UI}.yaml")
                self.faults.append(
                    Fault(path, 0, "", "this file is missing; it holds the words of the areas")
                )
        on = {area.name for area, _ in self.plan.areas}
        for area in self.areas:
            reader = Reader(area.words)
            for code, tree in ui.items():
                section = tree.pairs.get(area.name)
                if section and area.name not in on:
                    self.warnings.append(
                        section.place.fault("this area is not on in bot.yaml; its words are not used")
                    )
                words, faults = (
                    _section(area.name, reader, tree, code) if section or area.name in on else (None, [])
                )
                self.faults += faults
                if words and area.name in on:
                    sections[code][area.words] = words
        known = [area.name for area in self.areas]
        for tree in ui.values():
            for name, section in tree.pairs.items():
                if name not in known:
                    self.faults.append(
                        section.place.fault(f"there is no area {name!r}; {did_you_mean(name, known)}")
                    )
        return sections

    def _needs(self) -> Iterator[Fault]:
        names = {model: kind for kind, model in self.models.items()}
        there = {*self.base.kinds, *self.base.unreadable}
        for area, place in self.plan.areas:
            for kind in (names[model] for model in area.needs if names[model] not in there):
                path = self.folder.path(self.plan.languages[0], f"{kind}.yaml")
                yield place.fault(f"the area {area.name} needs {path}, which is missing; write it")

    def _links(self) -> None:
        collections: dict[str, Collection] = {}
        for kind, shape in self.assembly.shapes.items():
            if kind in self.base.kinds or kind in self.base.unreadable:
                collections.update(collections_of(kind, shape, self.base.kinds.get(kind)))
        links = LinkCheck(collections)
        for kind, tree in self.base.kinds.items():
            links.check(self.assembly.shapes[kind], tree, kind=kind)
        self.faults += links.faults
        self.warnings += links.warnings

    def _cross_checks(self) -> Iterator[Fault]:
        pack = self.packs[self.plan.languages[0]]
        for kind, model in self.models.items():
            if pack.has(model):
                tree, shape = self.base.kinds[kind], self.assembly.shapes[kind]
                yield from _told(pack[model].cross_check(pack), tree, shape)


def _told(concerns: Iterable[Concern], tree: Pairs, shape: Shape) -> Iterator[Fault]:
    for loc, message in concerns:
        yield place_at(tree, shape, loc).fault(message)


def _section(name: str, reader: Reader[Words], tree: Pairs, code: str) -> tuple[Words | None, list[Fault]]:
    section = tree.pairs.get(name)
    if isinstance(section, Pairs):
        return reader.read(section, code)
    if isinstance(section, Broken):
        return None, []
    if section:
        return None, [section.place.fault(wrong_types.about_mapping(section))]
    words, faults = reader.read(Pairs(tree.place))
    if not faults:
        return words, []
    message = f"the area {name} is on, and its words are missing; add '{name}:' with them"
    return None, [tree.place.below(name).fault(message)]
